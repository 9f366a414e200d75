package dev.namaskar.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write one file, held by one process at a time: a hidden {@code .NAME.lock} beside it with the number of
 * the process, locked by the operating system, which gives it back when the process dies.
 */
final class WriteLock implements Closeable {
    // A closed channel drops every lock its process has on that file, so this process must never open one twice.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final int ATTEMPTS = 10;
    private static final int LONGEST_NUMBER = 20;

    private final Path real;
    private final Path path;
    private final FileChannel channel;

    private WriteLock(Path real, Path path, FileChannel channel) {
        this.real = real;
        this.path = path;
        this.channel = channel;
    }

    /** Where the lock of a file stands. */
    static Path beside(Path real) {
        return real.resolveSibling("." + real.getFileName() + ".lock");
    }

    /**
     * Takes the lock of a file that need not exist yet.
     *
     * @param target the file as it was named, for errors
     * @param real where it is, without links
     */
    static WriteLock take(Path target, Path real) throws IOException {
        if (!HELD.add(real)) {
            throw new IOException(target + ": already open for writing in this process");
        }
        boolean taken = false;
        try {
            WriteLock lock = locked(target, real);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    private static WriteLock locked(Path target, Path real) throws IOException {
        Path path = beside(real);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object before = fileKey(path);
            FileChannel channel = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            boolean good = false;
            boolean ours = false;
            try {
                // Far past the content, which stays readable where locks are mandatory.
                FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
                if (lock == null) {
                    throw new IOException(target + ": another process" + holder(channel)
                            + " is writing this file; wait until it ends or name another file");
                }
                // Not the same file as before: the holder before us deleted it between our opening and our locking.
                if (before != null && before.equals(fileKey(path))) {
                    requireLock(target, path, channel);
                    ours = true;
                    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
                    channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
                    good = true;
                    return new WriteLock(real, path, channel);
                }
            } finally {
                if (!good) {
                    // A full disk takes the empty file and not the number in it.
                    try (channel) {
                        if (ours) {
                            Files.deleteIfExists(path);
                        }
                    }
                }
            }
        }
        throw new IOException(target + ": could not lock the file in " + ATTEMPTS + " attempts; try again");
    }

    /** A file of somebody's that happens to have the lock's name is not to be lost. */
    private static void requireLock(Path target, Path path, FileChannel channel) throws IOException {
        if (channel.size() > LONGEST_NUMBER || !number(channel).chars().allMatch(Character::isDigit)) {
            throw new IOException(target + ": expected " + path + " to be a lock with the number of a process, found"
                    + " another file; move it away");
        }
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }

    private static String holder(FileChannel channel) throws IOException {
        String number = number(channel);
        return number.isEmpty() ? "" : " (" + number + ")";
    }

    private static String number(FileChannel channel) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(LONGEST_NUMBER);
        channel.read(number, 0);
        return new String(number.array(), 0, number.position(), StandardCharsets.US_ASCII);
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            // Deleted while still locked: whoever opened it meanwhile sees that the name now means another file.
            try (channel) {
                Files.deleteIfExists(path);
            } finally {
                HELD.remove(real);
            }
        }
    }
}
