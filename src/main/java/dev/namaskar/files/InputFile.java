package dev.namaskar.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What all readers of files ask before they open one. */
public final class InputFile {
    private InputFile() {}

    /**
     * Checks that there is a file whose parts can be read in any order: opening a pipe would wait for whoever writes to
     * it, perhaps for ever.
     */
    public static void require(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new MalformedFileException(
                    path + ": expected a file, found " + (Files.isDirectory(path) ? "a folder" : "a pipe or a device"));
        }
    }
}
