package dev.namaskar.text;

import dev.namaskar.decoding.Softmax;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model's units are while it reads a text, symbol by symbol, and what it predicts behind each: the material of
 * pictures in the manner of Karpathy, Johnson and Fei-Fei 2016, "Visualizing and Understanding Recurrent Networks".
 *
 * @param symbols the T symbols that were read, as people read them
 * @param units for each part of the state ({@code h_l0}; of an LSTM also the carry, {@code c_l0}) its values
 *     {@code [T][units]} after each symbol
 * @param surprise {@code -ln p} of each symbol, predicted from those before it; not a number for the first
 * @param next the likeliest symbols behind each
 */
public record Trace(List<String> symbols, Map<String, float[][]> units, double[] surprise, List<List<Candidate>> next) {
    /** Values that a trace holds at most: 64 MB. */
    private static final long MOST_VALUES = 1 << 24;

    /**
     * Reads a text from a zero state.
     *
     * @param top how many next symbols to keep
     * @throws IllegalArgumentException if the text is empty, too long, or holds unknown symbols and the policy is to
     *     refuse them
     */
    public static Trace of(CharacterModel model, String text, int top, UnknownPolicy policy) {
        Vocabulary vocabulary = model.vocabulary();
        int[] indices = vocabulary.encode(text, policy);
        long width = model.network().state().width();
        if (indices.length == 0 || indices.length * width > MOST_VALUES) {
            throw new IllegalArgumentException("expected a text of 1 to " + MOST_VALUES / Math.max(1, width)
                    + " characters to look at, found " + indices.length);
        }
        List<String> symbols = new ArrayList<>();
        Map<String, float[][]> units = new LinkedHashMap<>();
        double[] surprise = new double[indices.length];
        List<List<Candidate>> next = new ArrayList<>();
        OpenText open = model.open();
        for (int t = 0; t < indices.length; t++) {
            surprise[t] = t == 0 ? Double.NaN : surprise(open.logits(), indices[t]);
            open.read(indices[t]);
            symbols.add(vocabulary.text(indices[t]));
            next.add(Candidate.likeliest(open.logits(), vocabulary, top));
            record(open.state(), units, t, indices.length);
        }
        return new Trace(symbols, units, surprise, next);
    }

    private static double surprise(float[] logits, int index) {
        double[] weights = new double[logits.length];
        double sum = Softmax.weights(logits, weights);
        return Math.log(sum) - Math.log(weights[index]);
    }

    private static void record(State state, Map<String, float[][]> units, int t, int length) {
        for (StateLayout.Part part : state.layout().parts()) {
            // A cell of higher order also keeps its older states, which stand in the rows above already.
            if (!part.name().contains("_lag")) {
                units.computeIfAbsent(part.name(), name -> new float[length][])[t] = state.get(part.name());
            }
        }
    }
}
