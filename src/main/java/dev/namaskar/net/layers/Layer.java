package dev.namaskar.net.layers;

import dev.namaskar.params.Initializer;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.RecordCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One layer of a network: a value that says what the layer is and puts it at its place in a network. Its weights live in
 * {@link dev.namaskar.params.Params}, its activations in the {@link Stage} of each pass.
 *
 * <p>A layer of one's own is a record of its settings, with a public constructor without arguments too, that implements
 * this. To be read back from model files it has to be a service: a line in {@code META-INF/services/} of this type on
 * the class path. A forward and a backward over arrays are all that has to be written where the layer extends {@link
 * HeapStage}; a layer of matrix products extends {@link Stage}.
 */
public interface Layer {
    /** How settings stand in a stored specification. */
    RecordCodec SETTINGS = RecordCodec.PLAIN
            .with(Layer.class, Layer::entry, found -> {
                throw new IllegalStateException("layers are read by the network");
            })
            .with(Initializer.class, Initializers::stored, found -> Initializers.named(String.valueOf(found)))
            .with(Activation.class, Activation::key, found -> Activation.named(String.valueOf(found)));

    /** The name of this kind of layer in a stored specification. */
    String kind();

    /** The layers that this one is made of; most are made of none. */
    default List<Layer> layers() {
        return List.of();
    }

    /** Width of what the layer puts out for inputs of this width. */
    int outputWidth(int inputWidth);

    /** Width of what layers one after the other put out, the first of which reads inputs of this width. */
    static int outputWidth(List<Layer> layers, int inputWidth) {
        int width = inputWidth;
        for (Layer layer : layers) {
            width = layer.outputWidth(width);
        }
        return width;
    }

    /**
     * Declares the layer's parameters and state.
     *
     * @param at the place, with what is known of the input there
     * @throws IllegalArgumentException if the layer cannot stand there
     */
    PlacedLayer place(Placement at);

    /** The layer's settings as numbers, texts, lists and maps, for a stored specification; a record's are its components. */
    default Map<String, Object> toMap() {
        return SETTINGS.write(record());
    }

    /**
     * The layer of this kind with these settings, as {@link #toMap} wrote them.
     *
     * @param codec reads records of settings, layers among them
     * @throws IllegalArgumentException if a setting is missing, unknown or refused
     */
    default Layer fromMap(Map<String, ?> settings, RecordCodec codec) {
        return (Layer) codec.read("layer \"" + kind() + "\"", record().getClass(), settings);
    }

    /** The kind and the settings in one map, as a stored specification keeps a layer. */
    default Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", kind());
        entry.putAll(toMap());
        return entry;
    }

    private Record record() {
        if (this instanceof Record record) {
            return record;
        }
        throw new IllegalStateException(
                getClass().getName() + " is no record: it has to write and read its settings itself");
    }
}
