package dev.namaskar.files;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.run.Standing;
import dev.namaskar.train.run.Training;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    /** What the keys end in under which a run remembers its data. */
    private static final String FINGERPRINT = "_fingerprint";

    private final Path target;
    private final @Nullable AtomicFile file;
    private final Map<String, Network> networks;
    private final ParamLayout layout;
    private final Map<String, String> texts;
    private final List<Params> finished = new ArrayList<>();

    /** With the file that is held, or null to take hold of it only where a checkpoint is stored. */
    CheckpointFile(Path target, @Nullable AtomicFile file, Map<String, Network> networks, Map<String, String> texts) {
        this.target = target;
        this.file = file;
        this.networks = networks;
        layout = Model.layout(networks);
        this.texts = Map.copyOf(texts);
    }

    /**
     * Takes hold of a file that need not exist yet.
     *
     * @param texts what the model has beside its parameters; the same for every checkpoint of the run
     * @throws IOException if another process has the file, or its folder cannot be written to
     */
    public static CheckpointFile open(Path target, Network network, Map<String, String> texts) throws IOException {
        return open(target, Map.of("", network), texts);
    }

    /** The same for several networks over the same parameters, by their prefixes. */
    public static CheckpointFile open(Path target, Map<String, Network> networks, Map<String, String> texts)
            throws IOException {
        AtomicFile file = AtomicFile.open(target);
        return new CheckpointFile(file.target(), file, networks, texts);
    }

    /**
     * The last checkpoint in the file, or null where there is none yet.
     *
     * @throws MalformedFileException if the file is no checkpoint of this network with these texts
     */
    public @Nullable Checkpoint last() throws IOException {
        if (!Files.exists(target)) {
            return null;
        }
        Checkpoint last = Checkpoint.read(target);
        Map<String, NetworkSpec> found = last.model().specs();
        for (Map.Entry<String, Network> network : networks.entrySet()) {
            NetworkSpec stored = found.get(network.getKey());
            String different = stored == null
                    ? "a network \"" + network.getKey() + "\", the checkpoint has " + found.keySet()
                    : difference(settings(network.getValue().spec()), settings(stored));
            if (different != null) {
                throw other(different, "the settings");
            }
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String stored = last.model().texts().get(text.getKey());
            if (!text.getValue().equals(stored)) {
                throw other(difference(text.getKey(), text.getValue(), stored), "the data and the settings");
            }
        }
        for (Map.Entry<String, Network> network : networks.entrySet()) {
            NetworkSpec wanted = network.getValue().spec();
            NetworkSpec stored = found.get(network.getKey());
            if (!wanted.equals(stored)) {
                throw other("a network of " + wanted + ", the checkpoint has " + stored, "the settings");
            }
        }
        return last;
    }

    private MalformedFileException other(String different, String what) {
        return new MalformedFileException(target + ": " + different + "; resume with " + what + " the run began with");
    }

    /** The first setting in which two runs differ or, where a text is no list of settings, that the text does. */
    private static String difference(String name, String expected, @Nullable String found) {
        try {
            Map<String, @Nullable Object> wanted = Json.readObject(name, expected);
            Map<String, @Nullable Object> stored = found == null ? Map.of() : Json.readObject(name, found);
            String different = difference(wanted, stored);
            if (different != null) {
                return different;
            }
        } catch (MalformedFileException noSettings) {
            // A vocabulary, say.
        }
        return "the checkpoint has another \"" + name + "\" than this run";
    }

    /**
     * What was asked of a network by the names of its settings, each with its value or, if layers differ, its values; not
     * how many symbols it reads and predicts, which is the data's.
     */
    private static Map<String, @Nullable Object> settings(NetworkSpec spec) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Layer layer : spec.layers().subList(0, spec.layers().size() - 1)) {
            layer.toMap()
                    .forEach((key, value) -> values.computeIfAbsent(
                                    layer instanceof Recurrent ? key : layer.kind() + " " + key,
                                    name -> new LinkedHashSet<>())
                            .add(String.valueOf(value)));
        }
        long recurrent =
                spec.layers().stream().filter(Recurrent.class::isInstance).count();
        values.put("layers", Set.of(Long.toString(recurrent)));
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        values.forEach((key, all) -> settings.put(key, String.join(" and ", all)));
        return settings;
    }

    private static @Nullable String difference(
            Map<String, @Nullable Object> wanted, Map<String, @Nullable Object> stored) {
        Set<String> keys = new LinkedHashSet<>(wanted.keySet());
        keys.addAll(stored.keySet());
        for (String key : keys) {
            if (!Objects.equals(wanted.get(key), stored.get(key))) {
                return key.endsWith(FINGERPRINT)
                        ? "this run reads another " + key.substring(0, key.length() - FINGERPRINT.length())
                                + " than the checkpoint's"
                        : key.replace('_', '-') + " " + said(wanted.get(key)) + ", the checkpoint has "
                                + said(stored.get(key));
            }
        }
        return null;
    }

    private static Object said(@Nullable Object setting) {
        return setting == null ? "none" : setting;
    }

    /** The file. */
    Path path() {
        return target;
    }

    /** Keeps a finished network's parameters in the checkpoints of those after it. */
    void finish(float[] parameters) {
        finished.add(new Params(layout, parameters));
    }

    /** Replaces the file. */
    @Override
    public void save(Snapshot snapshot, Standing standing) {
        Model model = new Model(networks, new Params(layout, snapshot.params()), texts);
        try {
            SafetensorsWriter checkpoint = new Checkpoint(model, snapshot, standing, finished).writer();
            if (file == null) {
                AtomicFile.write(target, checkpoint::writeTo);
            } else {
                file.replace(checkpoint::writeTo);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the file free; it stays. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
