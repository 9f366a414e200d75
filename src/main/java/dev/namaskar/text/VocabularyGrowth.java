package dev.namaskar.text;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained network made wider for more symbols. What it knew stays where it was; a new symbol is read like the mean
 * of the old ones and predicted like their mean: each new row or column is the mean of those that were there
 * (Hewitt 2021, "Initializing New Word Embeddings for Pretrained Language Models").
 *
 * <p>A mean logit m has {@code e^m <= mean e^z} (Jensen), so k new symbols beside V old ones take at most
 * {@code k / (V + k)} of the probability, and no old symbol loses more than {@code ln(1 + k / V)} nats.
 */
final class VocabularyGrowth {
    private VocabularyGrowth() {}

    /** The network with so many symbols at both ends. */
    static Network network(NetworkSpec spec, int symbols) {
        List<Layer> layers = new ArrayList<>(spec.layers());
        int last = layers.size() - 1;
        if (!(layers.get(last) instanceof Dense head)) {
            throw new IllegalArgumentException("expected a network that ends in a dense layer to add symbols to, found "
                    + layers.get(last).kind());
        }
        layers.set(last, new Dense(symbols, head.activation(), head.initializer()));
        return new NetworkSpec(spec.tokens(), symbols, layers).build();
    }

    /** The parameters of a network for those of the same network with more symbols. */
    static Params params(Params old, Network wider) {
        Params grown = Params.zeros(wider.params());
        for (Slot to : wider.params().slots()) {
            Slot from = old.layout().slot(to.name());
            for (int block = 0; block < to.blocks(); block++) {
                double[] rowSum = new double[to.columns()];
                for (int row = 0; row < to.rows(); row++) {
                    int at = to.block(block) + row * to.columns();
                    if (row < from.rows()) {
                        widen(old.values(), from.block(block) + row * from.columns(), from.columns(), grown, at, to);
                        for (int j = 0; j < rowSum.length; j++) {
                            rowSum[j] += grown.values()[at + j];
                        }
                    } else {
                        for (int j = 0; j < rowSum.length; j++) {
                            grown.values()[at + j] = (float) (rowSum[j] / from.rows());
                        }
                    }
                }
            }
        }
        return grown;
    }

    /** One row, and behind it its mean as often as there are new columns. */
    private static void widen(float[] old, int from, int count, Params grown, int at, Slot to) {
        System.arraycopy(old, from, grown.values(), at, count);
        double sum = 0;
        for (int j = 0; j < count; j++) {
            sum += old[from + j];
        }
        for (int j = count; j < to.columns(); j++) {
            grown.values()[at + j] = (float) (sum / count);
        }
    }
}
