package dev.namaskar.exchange.keras;

import dev.namaskar.files.Archive;
import dev.namaskar.files.HeapRoom;
import dev.namaskar.files.InputFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models of Keras, {@code .keras} (Keras 3), whole-model {@code .h5}, or {@code .weights.h5} (Keras 3) with what {@code
 * model.to_json()} says: a chain of Embedding, SimpleRNN, LSTM, GRU (reset after), Bidirectional, Dropout, Dense and
 * TimeDistributed(Dense), as a Sequential or a functional model.
 *
 * <p>A softmax at the end is left out: the network ends in logits, and loss and sampling take it.
 */
public final class Keras {
    private static final String KIND = "a Keras model";
    private static final int MAX_CONFIGURATION = 64 << 20;
    private static final long MAX_FILE = 1L << 30;
    /** What every HDF5 file begins with. */
    private static final String HDF5_SIGNATURE = "\u0089HDF\r\n\u001a\n";

    private Keras() {}

    /**
     * Reads a whole model.
     *
     * @param tokens whether a model that reads vectors read one-hot vectors of tokens; with an Embedding always so
     * @throws MalformedFileException if the file is not such a model or has a layer that is not known here, with the
     *     reason
     */
    public static Model read(Path path, boolean tokens) throws IOException {
        return read(path, null, tokens);
    }

    /**
     * Reads a whole model, or weights alone and what {@code model.to_json()} says of them.
     *
     * @param configuration a file of that; null if the file has it
     */
    public static Model read(Path path, @Nullable Path configuration, boolean tokens) throws IOException {
        if (isHdf5(path)) {
            requireSize(path, MAX_FILE);
            HeapRoom.require(path.toString(), 2 * Files.size(path));
            try (Hdf5 weights = Hdf5.of(path.toString(), Files.readAllBytes(path))) {
                String own = weights.text("model_config");
                if (own != null) {
                    requireNone(configuration, path);
                    return read(path.toString(), own, weights, true, tokens);
                }
                return read(path.toString(), configuration(path, configuration), weights, false, tokens);
            }
        }
        requireNone(configuration, path);
        try (Archive zip = Archive.open(path, KIND)) {
            String json = new String(zip.read("config.json", MAX_CONFIGURATION), StandardCharsets.UTF_8);
            String name = "model.weights.h5";
            try (Hdf5 weights = Hdf5.of(path + ": " + name, zip.read(name, Math.min(MAX_FILE, zip.mostWeights())))) {
                return read(path.toString(), json, weights, false, tokens);
            }
        }
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
                    + " found weights alone; save the whole model, or give --config a file with model.to_json()");
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

    static Model read(String file, String json, Hdf5 weights, boolean whole, boolean tokens) throws IOException {
        List<KerasLayer> layers = KerasLayer.chain(file, Json.readObject(file + ": configuration", json));
        try {
            NetworkSpec spec = layers.get(0).start(tokens);
            for (int i = 1; i < layers.size(); i++) {
                spec = layers.get(i).add(spec, i == layers.size() - 1);
            }
            Network network = new Network(spec);
            weights.requireRoomFor(network.params().size());
            HeapRoom.require(file, 4L * network.params().size());
            Params params = Params.zeros(network.params());
            KerasWeights source = new KerasWeights(weights, whole);
            Map<String, Integer> seen = new HashMap<>();
            for (KerasLayer layer : layers.subList(1, layers.size())) {
                source.fill(layer, location(layer, seen, whole), network, params);
            }
            return new Model(network, params);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFileException(file + ": " + e.getMessage(), e);
        }
    }

    /** {@code .h5} files group weights by the layers' names, {@code .keras} by class and count: lstm, lstm_1, ... */
    private static String location(KerasLayer layer, Map<String, Integer> seen, boolean whole) {
        if (whole) {
            return "model_weights/" + layer.name();
        }
        String kind = layer.className()
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
        int count = seen.merge(kind, 1, Integer::sum) - 1;
        return "layers/" + kind + (count == 0 ? "" : "_" + count);
    }
}
