package dev.namaskar.exchange.keras;

import dev.namaskar.exchange.keras.KerasWeights.Layout;
import dev.namaskar.files.Archive;
import dev.namaskar.files.HeapRoom;
import dev.namaskar.files.InputFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.params.Params;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Models of Keras: {@code .keras} (Keras 3), whole-model {@code .h5} (Keras 2 and 3), or weights alone, as {@code
 * .weights.h5} (Keras 3) or {@code save_weights} (Keras 2) wrote them, with what {@code model.to_json()} says. A chain
 * of Embedding, SimpleRNN, LSTM, GRU (reset after), Bidirectional, Dropout, Dense and TimeDistributed(Dense), as a
 * Sequential or a functional model.
 *
 * <p>A softmax at the end is left out: the network ends in logits, and loss and sampling take it. A model of tokens that
 * reads a fixed number of steps and gives its last one says so in its text {@value
 * dev.namaskar.text.TextModelFile#WINDOW}.
 */
public final class Keras {
    private static final String KIND = "a Keras model";
    private static final String VERSION = "keras_version";
    private static final int MAX_CONFIGURATION = 64 << 20;
    private static final int MAX_METADATA = 1 << 16;
    private static final long MAX_FILE = 1L << 30;
    /** What every HDF5 file begins with. */
    private static final String HDF5_SIGNATURE = "\u0089HDF\r\n\u001a\n";

    private Keras() {}

    /** As {@link #read(Path, Path, boolean, Consumer)} of a whole model, with nobody to tell. */
    public static Model read(Path path, boolean tokens) throws IOException {
        return read(path, null, tokens, note -> {});
    }

    /**
     * Reads a whole model, or weights alone and what {@code model.to_json()} says of them.
     *
     * @param configuration a file of that; null if the file has it
     * @param tokens whether a model that reads vectors read one-hot vectors of tokens; with an Embedding always so
     * @param notes told what is otherwise than in Keras
     * @throws MalformedFileException if the file is not such a model or has a layer that is not known here, with the
     *     reason
     */
    public static Model read(Path path, @Nullable Path configuration, boolean tokens, Consumer<String> notes)
            throws IOException {
        if (isHdf5(path)) {
            requireSize(path, MAX_FILE);
            HeapRoom.require(path.toString(), 2 * Files.size(path));
            try (Hdf5 weights = Hdf5.of(path.toString(), Files.readAllBytes(path))) {
                String own = weights.text("model_config");
                String version = weights.text(VERSION);
                if (own != null) {
                    requireNone(configuration, path);
                    return read(path.toString(), own, version, new KerasWeights(weights, Layout.NAMED), tokens, notes);
                }
                Layout layout = weights.has("layer_names") ? Layout.NAMED_AT_ROOT : Layout.COUNTED;
                String json = configuration(path, configuration);
                return read(path.toString(), json, version, new KerasWeights(weights, layout), tokens, notes);
            }
        }
        requireNone(configuration, path);
        try (Archive zip = Archive.open(path, KIND)) {
            String json = new String(zip.read("config.json", MAX_CONFIGURATION), StandardCharsets.UTF_8);
            String name = "model.weights.h5";
            try (Hdf5 file = Hdf5.of(path + ": " + name, zip.read(name, Math.min(MAX_FILE, zip.mostWeights())))) {
                KerasWeights weights = new KerasWeights(file, Layout.COUNTED);
                return read(path.toString(), json, version(path, zip), weights, tokens, notes);
            }
        }
    }

    private static @Nullable String version(Path path, Archive zip) throws IOException {
        String name = "metadata.json";
        if (!zip.contains(name)) {
            return null;
        }
        String metadata = new String(zip.read(name, MAX_METADATA), StandardCharsets.UTF_8);
        return Json.readObject(path + ": " + name, metadata).get(VERSION) instanceof String text ? text : null;
    }

    private static void requireSize(Path path, long most) throws IOException {
        InputFile.require(path);
        if (Files.size(path) > most) {
            throw new MalformedFileException(
                    path + ": expected a file of at most " + most + " bytes, found " + Files.size(path));
        }
    }

    private static void requireNone(@Nullable Path configuration, Path path) {
        if (configuration != null) {
            throw new IllegalArgumentException(path + " says itself what its layers are; leave out " + configuration);
        }
    }

    private static String configuration(Path weights, @Nullable Path configuration) throws IOException {
        if (configuration == null) {
            throw new MalformedFileException(weights + ": expected the architecture in the attribute model_config,"
                    + " found weights alone; save the whole model, or give `config`, a file with model.to_json()");
        }
        requireSize(configuration, MAX_CONFIGURATION);
        return new String(Files.readAllBytes(configuration), StandardCharsets.UTF_8);
    }

    private static boolean isHdf5(Path path) throws IOException {
        InputFile.require(path);
        try (var in = Files.newInputStream(path)) {
            return new String(in.readNBytes(8), StandardCharsets.ISO_8859_1).equals(HDF5_SIGNATURE);
        }
    }

    static Model read(
            String file,
            String json,
            @Nullable String version,
            KerasWeights weights,
            boolean tokens,
            Consumer<String> notes)
            throws IOException {
        Map<String, @Nullable Object> configuration = Json.readObject(file + ": configuration", json);
        try {
            Object stated = version == null ? configuration.get(VERSION) : version;
            List<KerasLayer> layers = KerasChain.of(file, configuration, major(stated));
            int last = layers.size() - 1;
            NetworkSpec spec = layers.get(0).start(tokens);
            for (int i = 1; i <= last; i++) {
                spec = layers.get(i).add(spec, i == last);
            }
            if (layers.get(last).softmax()) {
                notes.accept("the softmax at the end (layer " + layers.get(last).name()
                        + ") is left out: the network ends in logits, and next and generate take their softmax");
            }
            Network network = new Network(spec);
            weights.requireRoomFor(network.params().size());
            HeapRoom.require(file, 4L * network.params().size());
            Params params = Params.zeros(network.params());
            weights.fill(layers, network, params);
            int steps = layers.get(0).steps();
            boolean windowed = spec.tokens() && steps > 0 && spec.layers().contains(new LastStep());
            if (windowed) {
                notes.accept(
                        "of a text it reads the last " + steps + " symbols for the next, from a zero state each time:"
                                + " the window that layer " + layers.get(0).name() + " asks for");
            }
            return new Model(
                    network, params, windowed ? Map.of(TextModelFile.WINDOW, Integer.toString(steps)) : Map.of());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFileException(file + ": " + e.getMessage(), e);
        }
    }

    /** 2 or 3, what changed the meaning of names; 0 if nobody says it. */
    private static int major(@Nullable Object version) {
        return version instanceof String text && text.matches("[23]\\..*") ? text.charAt(0) - '0' : 0;
    }
}
