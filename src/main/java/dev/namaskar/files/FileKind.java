package dev.namaskar.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A kind of file that is written here, known again by its content.
 *
 * @param name in a sentence, such as {@code a model}
 * @param sign what a file of this kind has and no other
 */
public record FileKind(String name, Sign sign) {
    private static final int BEGINNING = 4096;

    /** Whether a file is of a kind. */
    @FunctionalInterface
    public interface Sign {
        /** Looks into the file; an exception means no. */
        boolean isIn(Path file) throws IOException;
    }

    /**
     * A kind that shows in a file's first bytes.
     *
     * @param beginning a regular expression for them, a character a byte (ISO 8859-1), of which {@code .} is any
     */
    public static FileKind beginning(String name, String beginning) {
        Pattern pattern = Pattern.compile(beginning, Pattern.DOTALL);
        return new FileKind(name, file -> {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(BEGINNING);
                return pattern.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                        .lookingAt();
            }
        });
    }

    /** Whether a file is of this kind; one that cannot be read is not. */
    public boolean matches(Path file) {
        try {
            return sign.isIn(file);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
