package dev.namaskar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the reference vectors are: {@code -Dgolden.dir=DIR}, else the ones beside the tests. */
public final class Golden {
    private Golden() {}

    /** The folder of reference vectors. */
    public static Path folder() {
        String given = System.getProperty("golden.dir", "");
        return given.isEmpty() ? Path.of("src", "test", "resources", "golden") : Path.of(given);
    }

    /** The files whose names match, sorted. */
    public static List<Path> files(String regex) {
        try (Stream<Path> all = Files.list(folder())) {
            List<Path> found = all.filter(file -> file.getFileName().toString().matches(regex))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("no file matches " + regex + " in " + folder());
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
