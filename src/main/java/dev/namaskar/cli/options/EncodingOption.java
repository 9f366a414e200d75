package dev.namaskar.cli.options;

import dev.namaskar.symbols.TextSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the texts that a command reads are encoded, and where they come from: files, or standard input as {@code -}. */
@Heading(Heading.DATA)
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class EncodingOption {
    /** The word for standard input. */
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--encoding",
            defaultValue = "auto",
            paramLabel = "NAME",
            description =
                    "Encoding of the text, such as windows-1252 or GB18030 (auto: UTF-8, or what a byte order mark "
                            + "says).")
    private String encoding;

    /** The encoding, or null to look at the text. */
    @Nullable
    public Charset charset(Range range) {
        // Optional, for a supplier of nothing is none.
        return range.usage("--encoding", () -> Optional.ofNullable(TextSource.encoding(encoding)))
                .orElse(null);
    }

    /** The texts that were named. */
    public static List<TextSource> sources(List<Path> files, Range range) {
        range.require(
                files.stream().filter(EncodingOption::isStandardInput).count() < 2,
                "CORPUS",
                "standard input (-) once",
                "it more than once");
        return files.stream().map(EncodingOption::source).toList();
    }

    /** The files among these. */
    public static List<Path> files(List<Path> files) {
        return files.stream().filter(file -> !isStandardInput(file)).toList();
    }

    /** A text that was given as a word; for {@code -} it is read from standard input, without its last line end. */
    public String text(String word, Range range) throws IOException {
        Charset charset = charset(range);
        if (!word.equals(STANDARD_INPUT)) {
            return word;
        }
        String text = standardInput().readAll(charset);
        int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
        return text.substring(0, text.length() - end);
    }

    /** A file, or standard input. */
    public static TextSource source(Path file) {
        return isStandardInput(file) ? standardInput() : TextSource.of(file);
    }

    private static boolean isStandardInput(Path file) {
        return file.toString().equals(STANDARD_INPUT);
    }

    private static TextSource standardInput() {
        return TextSource.of("standard input", System.in);
    }
}
