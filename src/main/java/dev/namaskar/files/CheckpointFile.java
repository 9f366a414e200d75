package dev.namaskar.files;

import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.Training;
import dev.namaskar.train.Training.Standing;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a run keeps its checkpoints: one file, replaced as a whole, that holds the last state and the best parameters.
 * While this is open no other process can write the same file, so two runs never take turns on it.
 *
 * <pre>{@code
 * try (CheckpointFile file = CheckpointFile.open(path, network, texts)) {
 *     Checkpoint earlier = file.last();
 *     if (earlier != null) {
 *         trainer.restore(earlier.snapshot());
 *         training.resume(earlier.standing());
 *     }
 *     training.checkpoint(100, file).run();
 * }
 * }</pre>
 */
public final class CheckpointFile implements Training.Checkpointer, Closeable {
    private final AtomicFile file;
    private final Network network;
    private final Map<String, String> texts;
    private final List<Params> finished = new ArrayList<>();

    private CheckpointFile(AtomicFile file, Network network, Map<String, String> texts) {
        this.file = file;
        this.network = network;
        this.texts = texts;
    }

    /**
     * Takes hold of a file that need not exist yet.
     *
     * @param texts what the model has beside its parameters; the same for every checkpoint of the run
     * @throws IOException if another process has the file, or its folder cannot be written to
     */
    public static CheckpointFile open(Path target, Network network, Map<String, String> texts) throws IOException {
        return new CheckpointFile(AtomicFile.open(target), network, Map.copyOf(texts));
    }

    /**
     * The last checkpoint in the file, or null where there is none yet.
     *
     * @throws MalformedFileException if the file is no checkpoint of this network with these texts
     */
    public @Nullable Checkpoint last() throws IOException {
        if (!Files.exists(file.target())) {
            return null;
        }
        Checkpoint last = Checkpoint.read(file.target());
        if (!last.model().spec().equals(network.spec())) {
            throw new MalformedFileException(file.target() + ": expected a checkpoint of " + network.spec()
                    + ", found one of " + last.model().spec() + "; resume with the settings the run began with");
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String found = last.model().texts().get(text.getKey());
            if (!text.getValue().equals(found)) {
                throw new MalformedFileException(
                        file.target() + ": " + difference(text.getKey(), text.getValue(), found)
                                + "; resume with the data and the settings the run began with");
            }
        }
        return last;
    }

    /** The first setting in which two runs differ or, where a text is no list of settings, that the text does. */
    private static String difference(String name, String expected, @Nullable String found) {
        try {
            Map<String, @Nullable Object> wanted = Json.readObject(name, expected);
            Map<String, @Nullable Object> stored = found == null ? Map.of() : Json.readObject(name, found);
            Set<String> keys = new LinkedHashSet<>(wanted.keySet());
            keys.addAll(stored.keySet());
            for (String key : keys) {
                if (!Objects.equals(wanted.get(key), stored.get(key))) {
                    return "expected a checkpoint of a run with " + key + " " + said(wanted.get(key))
                            + ", found one with " + said(stored.get(key));
                }
            }
        } catch (MalformedFileException noSettings) {
            // A vocabulary, say.
        }
        return "the checkpoint has another \"" + name + "\" than this run";
    }

    private static Object said(@Nullable Object setting) {
        return setting == null ? "none" : setting;
    }

    /** The file. */
    Path path() {
        return file.target();
    }

    /** Keeps a finished network's parameters in the checkpoints of those after it. */
    void finish(float[] parameters) {
        finished.add(new Params(network.params(), parameters));
    }

    /** Replaces the file. */
    @Override
    public void save(Snapshot snapshot, Standing standing) {
        Model model = new Model(network, new Params(network.params(), snapshot.params()), texts);
        try {
            file.replace(new Checkpoint(model, snapshot, standing, finished).writer()::writeTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the file free; it stays. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
