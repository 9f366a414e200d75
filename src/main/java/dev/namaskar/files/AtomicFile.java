package dev.namaskar.files;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that is only ever replaced as a whole: new content is written beside it, forced to disk and moved into place
 * in one step, so that whoever reads the file, after whatever crash, finds the old content or the new.
 *
 * <p>While one is open no other process can open one on the same file: the lock is a hidden {@code .NAME.lock} beside
 * it, released by the operating system when a process dies, so that a killed run never blocks the next. A process that
 * ends in an orderly way, by Ctrl-C too, leaves nothing beside the file; what one that was killed left is taken over by
 * the next that writes the same file.
 */
public final class AtomicFile implements Closeable {
    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the stream; need not flush or close it. */
        void writeTo(OutputStream out) throws IOException;
    }

    // A closed channel drops every lock its process has on that file, so this process must never open one twice.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final Set<AtomicFile> OPEN = ConcurrentHashMap.newKeySet();
    private static final int ATTEMPTS = 10;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(AtomicFile::abandon), "unlock files"));
    }

    private final Path target;
    private final Path partial;
    private final Path lockPath;
    private final FileChannel lockChannel;

    private AtomicFile(Path target, Path lockPath, FileChannel lockChannel) {
        this.target = target;
        this.partial = target.resolveSibling("." + target.getFileName() + ".partial");
        this.lockPath = lockPath;
        this.lockChannel = lockChannel;
    }

    /** Replaces a file once: {@link #open}, {@link #replace}, {@link #close}. */
    public static void write(Path target, Content content) throws IOException {
        try (AtomicFile file = open(target)) {
            file.replace(content);
        }
    }

    /**
     * Takes the lock of a file that need not exist yet.
     *
     * @throws IOException if the folder is missing or cannot be written to, or another process has the lock
     */
    public static AtomicFile open(Path target) throws IOException {
        Path real = Files.exists(target)
                ? target.toRealPath()
                : target.toAbsolutePath().normalize();
        if (Files.isDirectory(real) || real.getFileName() == null) {
            throw new IOException(target + ": expected a file to write, found a folder; name a file in it");
        }
        Path folder = Objects.requireNonNull(real.getParent());
        if (!Files.isDirectory(folder)) {
            throw new IOException(target + ": the folder " + folder + " does not exist; create it first");
        }
        if (!HELD.add(real)) {
            throw new IOException(target + ": already open for writing in this process");
        }
        try {
            Path lockPath = real.resolveSibling("." + real.getFileName() + ".lock");
            AtomicFile file = new AtomicFile(real, lockPath, lock(target, lockPath));
            OPEN.add(file);
            return file;
        } catch (IOException e) {
            HELD.remove(real);
            throw explained(target, e);
        } catch (RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    /** Where the file is. */
    public Path target() {
        return target;
    }

    /**
     * Writes new content and moves it into place.
     *
     * @throws IOException if anything fails (disk full, say); the file is then what it was and nothing is left beside it
     */
    public void replace(Content content) throws IOException {
        try {
            try (FileChannel channel = FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
        } catch (IOException e) {
            dropPartial(e);
            throw explained(target, e);
        } catch (RuntimeException | Error e) {
            dropPartial(e);
            throw e;
        }
    }

    /** At the end of the process: what is being written never comes into place. */
    private void abandon() {
        try {
            close();
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            return; // the next process takes over what is left
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        OPEN.remove(this);
        if (lockChannel.isOpen()) {
            // Deleted while still locked: whoever opened it meanwhile sees that the name now means another file.
            try (lockChannel) {
                Files.deleteIfExists(lockPath);
            } finally {
                HELD.remove(target);
            }
        }
    }

    private void dropPartial(Throwable cause) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The move itself must survive a power cut too; some systems cannot open folders, and then it has to do. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(Objects.requireNonNull(target.getParent()))) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private static FileChannel lock(Path target, Path lockPath) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object before = fileKey(lockPath);
            FileChannel channel = FileChannel.open(
                    lockPath, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
                if (before != null && before.equals(fileKey(lockPath))) {
                    ours = true;
                    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
                    channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
                    good = true;
                    return channel;
                }
            } finally {
                if (!good) {
                    // A full disk takes the empty file and not the number in it.
                    try (channel) {
                        if (ours) {
                            Files.deleteIfExists(lockPath);
                        }
                    }
                }
            }
        }
        throw new IOException(target + ": could not lock the file in " + ATTEMPTS + " attempts; try again");
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    /** Java's own messages are often only the file's name. */
    private static IOException explained(Path target, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith(target + ": ")) {
            return e;
        }
        if (e instanceof AccessDeniedException || message.contains("Read-only")) {
            return new IOException(target + ": no permission to write in its folder; choose another folder", e);
        }
        String reason =
                e instanceof FileSystemException system && system.getReason() != null ? system.getReason() : message;
        return new IOException(
                target + ": could not be written (" + reason + "); what was there before is unchanged", e);
    }
}
