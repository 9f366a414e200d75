package dev.namaskar.train.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that data come from. Pipes are welcome, they end; devices need not. */
public final class DataFile {
    private static final int KIND = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;

    private DataFile() {}

    /**
     * Opens a file to be read from its beginning to its end.
     *
     * @param expected what should be in it, for messages
     * @throws UnusableFileException when it is not there, may not be read, or is a folder or a device
     */
    public static InputStream open(Path file, String expected) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnusableFileException(file + ": expected " + expected + ", found a folder; name a file in it");
        }
        if (isDevice(file)) {
            throw new UnusableFileException(file + ": expected " + expected + ", found a device");
        }
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException missing) {
            throw new UnusableFileException(file + " does not exist; expected " + expected, missing);
        } catch (AccessDeniedException denied) {
            throw new UnusableFileException(file + " may not be read: permission denied", denied);
        }
    }

    /**
     * What was found in a file to be wrong, as a failure to read it that names it.
     *
     * @throws UnusableFileException if that is what it is, for it names its file already
     */
    public static IOException named(Path file, IllegalArgumentException wrong) {
        if (wrong instanceof UnusableFileException named) {
            throw named;
        }
        return new IOException(file + ": " + wrong.getMessage(), wrong);
    }

    private static boolean isDevice(Path file) throws IOException {
        if (!Files.exists(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        int kind = (Integer) Files.getAttribute(file, "unix:mode") & KIND;
        return kind == CHARACTER_DEVICE || kind == BLOCK_DEVICE;
    }
}
