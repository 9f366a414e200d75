package dev.namaskar.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pipes, terminals and other devices as what is written to. */
final class OutputPipe {
    /** How long a pipe may be without a reader: long enough for one that is started at the same moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int FILE_TYPE = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    private OutputPipe() {}

    /** Refuses a device of blocks: what is written over there is a file system. */
    static void requireNoDisk(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (unix && ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == BLOCK_DEVICE) {
            throw new IOException(path + ": expected a file to write, found a disk; name a file");
        }
    }

    /** Opens what is there for writing. */
    static OutputStream open(Path path) throws IOException {
        return open(path, PATIENCE);
    }

    /** Opens it, and gives up after so long without a reader. */
    static OutputStream open(Path path, Duration patience) throws IOException {
        // The operating system keeps whoever opens a pipe waiting until somebody opens its other end.
        FutureTask<FileChannel> opening = new FutureTask<>(() -> FileChannel.open(path, StandardOpenOption.WRITE));
        Thread opener = new Thread(opening, "open " + path);
        opener.setDaemon(true);
        opener.start();
        try {
            FileChannel channel = opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            giveUp(path, opening);
            throw new IOException(
                    path + ": expected a reader at the other end of this pipe, found none; start it first", e);
        } catch (InterruptedException e) {
            giveUp(path, opening);
            Thread.currentThread().interrupt();
            throw new IOException(path + ": interrupted while opening", e);
        }
    }

    /** Becomes the reader that the opening waits for, so that no thread waits for ever. */
    private static void giveUp(Path path, FutureTask<FileChannel> opening) throws IOException {
        FileChannel reader = FileChannel.open(path, StandardOpenOption.READ);
        try {
            opening.get().close();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reader.close();
        }
    }
}
