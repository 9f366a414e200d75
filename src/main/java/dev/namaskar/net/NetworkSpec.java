package dev.namaskar.net;

import dev.namaskar.cells.Cell;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.readouts.BothEnds;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.readouts.MaximumOverSteps;
import dev.namaskar.net.readouts.MeanOverSteps;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a network is: its input and its layers in order. A value that is built fluently, compared, and stored.
 *
 * <pre>{@code
 * NetworkSpec spec = NetworkSpec.tokens(65).recurrent("lstm", 256).dropout(0.2).recurrent("lstm", 256).dense(65);
 * }</pre>
 *
 * @param tokens whether the input is token ids, else values
 * @param inputWidth number of different tokens, or of values per step
 * @param layers the layers, input first
 */
public record NetworkSpec(boolean tokens, int inputWidth, List<Layer> layers) {
    /** Checks the input. */
    public NetworkSpec {
        if (inputWidth < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 " + (tokens ? "token" : "value per step") + ", found " + inputWidth);
        }
        layers = List.copyOf(layers);
    }

    /** A network that reads token ids 0 .. vocabulary-1, one-hot unless an embedding follows. */
    public static NetworkSpec tokens(int vocabulary) {
        return new NetworkSpec(true, vocabulary, List.of());
    }

    /** A network that reads this many values per step. */
    public static NetworkSpec values(int width) {
        return new NetworkSpec(false, width, List.of());
    }

    /** This network and one more layer. */
    public NetworkSpec then(Layer layer) {
        List<Layer> longer = new ArrayList<>(layers);
        longer.add(layer);
        return new NetworkSpec(tokens, inputWidth, longer);
    }

    /** Adds a learned vector for each token. */
    public NetworkSpec embedding(int width) {
        return then(new Embedding(width));
    }

    /** Adds a forward recurrent layer with the usual settings. */
    public NetworkSpec recurrent(String cell, int hidden) {
        return then(new Recurrent(cell, hidden));
    }

    /** Adds a forward recurrent layer of this cell with the usual settings. */
    public NetworkSpec recurrent(Cell cell, int hidden) {
        return then(new Recurrent(cell, hidden));
    }

    /** Adds a bidirectional recurrent layer with the usual settings. */
    public NetworkSpec bidirectional(String cell, int hidden, Merge merge) {
        return then(new Recurrent(cell, hidden).withMerge(merge));
    }

    /** Adds dropout with a mask drawn for each step. */
    public NetworkSpec dropout(double rate) {
        return rate == 0 ? this : then(new Dropout(rate, false));
    }

    /** Reads out each row's last real step alone. */
    public NetworkSpec lastStep() {
        return then(new LastStep());
    }

    /** Reads out the two ends of a layer that reads both ways side by side: see {@link BothEnds}. */
    public NetworkSpec bothEnds() {
        return then(new BothEnds());
    }

    /** Reads out the mean over each row's real steps. */
    public NetworkSpec meanOverSteps() {
        return then(new MeanOverSteps());
    }

    /** Reads out the maximum over each row's real steps, value by value. */
    public NetworkSpec maximumOverSteps() {
        return then(new MaximumOverSteps());
    }

    /** Adds a dense layer without activation. */
    public NetworkSpec dense(int width) {
        return then(new Dense(width, Activation.IDENTITY));
    }

    /** Adds a dense layer. */
    public NetworkSpec dense(int width, Activation activation) {
        return then(new Dense(width, activation));
    }

    /** The network itself: the layout of its parameters and state. */
    public Network build() {
        return new Network(this);
    }

    /** All layers, behind one that is made of others those. */
    public Stream<Layer> everyLayer() {
        return layers.stream().flatMap(NetworkSpec::withInner);
    }

    private static Stream<Layer> withInner(Layer layer) {
        return Stream.concat(Stream.of(layer), layer.layers().stream().flatMap(NetworkSpec::withInner));
    }

    /** Width of the output. */
    public int outputWidth() {
        return Layer.outputWidth(layers, inputWidth);
    }

    /** All settings as maps, lists, texts and numbers, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("input", tokens ? "tokens" : "values");
        map.put("input_width", inputWidth);
        List<Object> list = new ArrayList<>();
        for (Layer layer : layers) {
            list.add(Layers.write(layer));
        }
        map.put("layers", list);
        return map;
    }

    /**
     * Reads a specification back from what {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    public static NetworkSpec fromMap(Map<String, ?> map) {
        Head head = Layers.CODEC.read("network", Head.class, map);
        return new NetworkSpec(head.input == Input.TOKENS, head.inputWidth, head.layers);
    }

    private enum Input {
        TOKENS,
        VALUES
    }

    private record Head(Input input, int inputWidth, List<Layer> layers) {}
}
