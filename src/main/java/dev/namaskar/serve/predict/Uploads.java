package dev.namaskar.serve.predict;

import dev.namaskar.serve.http.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files that came with a request, for models that read files: they stand in a folder of their own until the request is
 * answered. No name of a client's becomes a path.
 */
final class Uploads implements AutoCloseable {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private Uploads(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes files: {@code [{"name":"a.wav","base64":".."}, {"name":"b.csv","text":".."}]}.
     *
     * @throws dev.namaskar.serve.http.Refusal if one is neither
     */
    static Uploads of(List<Fields> given) throws IOException {
        Uploads uploads = new Uploads(Files.createTempDirectory("namaskar-inputs"));
        try {
            for (Fields file : given) {
                uploads.add(file);
            }
            return uploads;
        } catch (IOException | RuntimeException e) {
            uploads.close();
            throw e;
        }
    }

    private void add(Fields given) throws IOException {
        String name = given.text("name", "input " + (files.size() + 1));
        byte[] content = content(given);
        given.noOthers();
        String lower = name.toLowerCase(Locale.ROOT);
        String ending = lower.matches(".*[.][a-z0-9]{1,8}") ? lower.substring(lower.lastIndexOf('.')) : "";
        Path file = folder.resolve(files.size() + ending);
        Files.write(file, content);
        files.add(file);
        names.add(name);
    }

    private static byte[] content(Fields given) {
        if (given.value("text") != null) {
            return given.text("text").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        String base64 = given.text("base64");
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw given.wrong("base64", "base64", base64);
        }
    }

    List<String> paths() {
        return files.stream().map(Path::toString).toList();
    }

    /** What a client calls the file that it sent, where a sentence has its path. */
    String named(String sentence) {
        String plain = sentence;
        for (int i = 0; i < files.size(); i++) {
            plain = plain.replace(files.get(i).toString(), names.get(i));
        }
        return plain.replace(folder.toString(), "");
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
