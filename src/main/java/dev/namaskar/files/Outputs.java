package dev.namaskar.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that one piece of work may write, asked before it begins: none that it reads, under whatever name; none
 * twice; and over an existing file only where that is empty or of the kind that is written, so that a model takes a
 * model's place and never that of somebody's notes.
 *
 * <pre>{@code
 * Outputs outputs = Outputs.reading(List.of(table, model), false);
 * try (AtomicFile csv = outputs.open(target, ForecastTable.KIND)) {
 *     ...
 *     csv.replace(to -> ForecastTable.write(to, table, forecasts));
 * }
 * }</pre>
 */
public final class Outputs {
    private final List<Path> inputs;
    private final boolean force;
    private final Set<Path> claimed = new HashSet<>();

    private Outputs(Collection<Path> inputs, boolean force) {
        this.inputs = new ArrayList<>(inputs);
        this.force = force;
    }

    /**
     * Outputs of work that reads these files.
     *
     * @param force whether existing files of another kind, or that are write-protected, are replaced too
     */
    public static Outputs reading(Collection<Path> inputs, boolean force) {
        return new Outputs(inputs, force);
    }

    /** Protects one more file, if there is one, from what is claimed from now on. */
    public Outputs alsoReading(@Nullable Path input) {
        if (input != null) {
            inputs.add(input);
        }
        return this;
    }

    /**
     * Takes hold of a file that is to be written.
     *
     * @param kind what it will be
     * @throws IOException as {@link #claim} and {@link AtomicFile#open}
     */
    public AtomicFile open(Path target, FileKind kind) throws IOException {
        claim(target, kind);
        return AtomicFile.open(target);
    }

    /**
     * Checks that a file may be written, and that nothing else of this work is written there.
     *
     * @param kind what it will be
     * @throws IOException if it may not, with the reason; nothing was touched
     */
    public void claim(Path target, FileKind kind) throws IOException {
        Place place = Place.of(target);
        Path path = place.path();
        if (place.stream()) {
            return;
        }
        requireNotRead(target, path, WriteLock.beside(path), AtomicFile.partial(path));
        if (Files.exists(path) && !force) {
            if (Files.size(path) > 0 && !kind.matches(path)) {
                throw new IOException(target + " exists and is not " + kind.name()
                        + "; it was left as it is, name another file or replace it with `force`");
            }
            if (!Files.isWritable(path)) {
                throw new IOException(target
                        + " is write-protected; it was left as it is, name another file or replace it with `force`");
            }
        }
        if (!claimed.add(path)) {
            throw new IOException(target + ": expected a file of its own for each result, found the same one twice");
        }
    }

    private void requireNotRead(Path target, Path... written) throws IOException {
        for (Path input : inputs) {
            for (Path file : written) {
                if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                    throw new IOException(target + " is what is read (" + input + "); name another file to write");
                }
            }
        }
    }
}
