package dev.namaskar.net;

import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.energy.Boltzmann;
import dev.namaskar.net.layers.Beside;
import dev.namaskar.net.layers.CausalConvolution;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Ensemble;
import dev.namaskar.net.layers.GatedFeedForward;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.Normalization;
import dev.namaskar.net.layers.Residual;
import dev.namaskar.net.readouts.BothEnds;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.readouts.MaximumOverSteps;
import dev.namaskar.net.readouts.MeanOverSteps;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Catalog;
import dev.namaskar.params.RecordCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers by kind: one that comes with the library is one file and one line here; one's own is a service. */
final class Layers {
    private static final Catalog<Layer> CATALOG = new Catalog<>(
            "layer",
            Layer.class,
            Layer::kind,
            List.of(
                    new Embedding(),
                    new Recurrent(),
                    new Dropout(),
                    new LastStep(),
                    new BothEnds(),
                    new MeanOverSteps(),
                    new MaximumOverSteps(),
                    new Dense(),
                    new Residual(),
                    new Normalization(),
                    new GatedFeedForward(),
                    new CausalConvolution(),
                    new Attention(),
                    new Beside(),
                    new Ensemble(),
                    new Boltzmann()));

    /** Settings that layers are among. */
    static final RecordCodec CODEC = Layer.SETTINGS.with(Layer.class, Layer::entry, Layers::read);

    private Layers() {}

    /** One of each that comes with the library. */
    static List<Layer> all() {
        return CATALOG.builtIn();
    }

    /**
     * The layer as a stored specification keeps it.
     *
     * @throws IllegalArgumentException if nobody could read it back, as it is no service
     */
    static Map<String, Object> write(Layer layer) {
        Class<?> known = CATALOG.get(layer.kind()).getClass();
        if (known != layer.getClass()) {
            throw new IllegalArgumentException("expected the layer \"" + layer.kind() + "\" to be a " + known.getName()
                    + ", found a " + layer.getClass().getName());
        }
        return layer.entry();
    }

    /** The layer that {@link #write} wrote. */
    static Layer read(Object entry) {
        if (!(entry instanceof Map<?, ?> layer)) {
            throw new IllegalArgumentException("expected a layer, found " + entry);
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        layer.forEach((key, value) -> settings.put(String.valueOf(key), value));
        Object kind = settings.remove("kind");
        if (!(kind instanceof String text)) {
            throw new IllegalArgumentException("expected a text for \"kind\", found " + kind);
        }
        return CATALOG.get(text).fromMap(settings, CODEC);
    }
}
