package dev.namaskar.files;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that is only ever replaced as a whole: new content is written beside it, forced to disk and moved into place
 * in one step, so that whoever reads the file, after whatever crash, finds the old content or the new. What is replaced
 * passes its permissions and, where this process may give it, its owner on; of a symbolic link it is the file that the
 * link points to, there yet or not.
 *
 * <p>While one is open no other process can open one on the same file: the lock is a hidden {@code .NAME.lock} beside
 * it, released by the operating system when a process dies, so that a killed run never blocks the next. A process that
 * ends in an orderly way, by Ctrl-C too, leaves nothing beside the file; what one that was killed left is taken over by
 * the next that writes the same file.
 *
 * <p>A pipe, a terminal or another device is no file that could be replaced: it is written to, from the moment it is
 * opened. Which files may be written at all is {@link Outputs}' to say.
 */
public final class AtomicFile implements Closeable {
    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the stream; need not flush or close it. */
        void writeTo(OutputStream out) throws IOException;
    }

    private static final Set<AtomicFile> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(AtomicFile::abandon), "unlock files"));
    }

    private final Path target;
    private final Path partial;
    /** The lock of a file, or what is written to. */
    private final Closeable held;

    private AtomicFile(Path target, Closeable held) {
        this.target = target;
        this.partial = partial(target);
        this.held = held;
    }

    /** Replaces a file once: {@link #open}, {@link #replace}, {@link #close}. */
    public static void write(Path target, Content content) throws IOException {
        try (AtomicFile file = open(target)) {
            file.replace(content);
        }
    }

    /**
     * Takes the lock of a file that need not exist yet, or opens what is no file for writing.
     *
     * @throws IOException if the folder is missing or cannot be written to, another process has the lock, or nobody
     *     reads from a pipe
     */
    public static AtomicFile open(Path target) throws IOException {
        Place place = Place.of(target);
        try {
            AtomicFile file = new AtomicFile(
                    place.path(),
                    place.stream() ? OutputPipe.open(place.path()) : WriteLock.take(target, place.path()));
            OPEN.add(file);
            return file;
        } catch (IOException e) {
            throw explained(target, e, "");
        }
    }

    /**
     * Opens for writing what is not to be replaced as a whole but grows, a log, or a pipe or device.
     *
     * @param append whether to go on behind what a file holds, else in its place
     */
    public static OutputStream stream(Path target, boolean append) throws IOException {
        Place place = Place.of(target);
        try {
            return place.stream()
                    ? OutputPipe.open(place.path())
                    : Files.newOutputStream(
                            place.path(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw explained(target, e, "");
        }
    }

    /** Where content stands before it is moved into place. */
    static Path partial(Path real) {
        return real.resolveSibling("." + real.getFileName() + ".partial");
    }

    /** Where the file is. */
    public Path target() {
        return target;
    }

    /** Whether this is no file but a pipe or a device, which takes one content after the other. */
    public boolean stream() {
        return held instanceof OutputStream;
    }

    /**
     * Writes new content and moves it into place.
     *
     * @throws IOException if anything fails (disk full, say); the file is then what it was and nothing is left beside it
     */
    public void replace(Content content) throws IOException {
        if (held instanceof OutputStream out) {
            try {
                content.writeTo(out);
                out.flush();
            } catch (IOException e) {
                throw explained(target, e, "");
            }
            return;
        }
        try {
            KeptAttributes kept = KeptAttributes.of(target);
            try (FileChannel channel = created(kept);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            kept.passTo(partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
        } catch (IOException e) {
            dropPartial(e);
            throw explained(target, e, "; what was there before is unchanged");
        } catch (RuntimeException | Error e) {
            dropPartial(e);
            throw e;
        }
    }

    /** A new file under a name that a killed process may have left another under; a link there is not followed. */
    private FileChannel created(KeptAttributes kept) throws IOException {
        Files.deleteIfExists(partial);
        return FileChannel.open(
                partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), kept.whileWriting());
    }

    /** At the end of the process: what is being written never comes into place. */
    private void abandon() {
        try {
            close();
            if (!stream()) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            return; // the next process takes over what is left
        }
    }

    /** Gives the lock back, or closes the pipe. */
    @Override
    public void close() throws IOException {
        OPEN.remove(this);
        held.close();
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

    /** Java's own messages are often only the file's name. */
    private static IOException explained(Path target, IOException e, String comfort) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith(target + ": ") && !(e instanceof FileSystemException)) {
            return e;
        }
        if (e instanceof AccessDeniedException || message.contains("Read-only")) {
            return new IOException(target + ": no permission to write in its folder; choose another folder", e);
        }
        @Nullable String reason = e instanceof FileSystemException system ? system.getReason() : null;
        return new IOException(
                target + ": could not be written (" + (reason == null ? message : reason) + ")" + comfort, e);
    }
}
