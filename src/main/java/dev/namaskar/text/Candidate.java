package dev.namaskar.text;

import dev.namaskar.decoding.Descending;
import dev.namaskar.decoding.Softmax;
import dev.namaskar.symbols.SymbolDisplay;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A symbol that may come next.
 *
 * @param index its index in the vocabulary
 * @param symbol the symbol as people read it
 * @param probability of it coming next
 */
public record Candidate(int index, String symbol, double probability) {
    /** The likeliest symbols by these logits, of equals the smaller index first. */
    static List<Candidate> likeliest(float[] logits, Vocabulary vocabulary, int top) {
        double[] probabilities = new double[logits.length];
        double sum = Softmax.weights(logits, probabilities);
        Descending order = new Descending();
        order.over(logits);
        List<Candidate> candidates = new ArrayList<>();
        while (candidates.size() < top && order.hasNext()) {
            int index = order.next();
            candidates.add(new Candidate(index, vocabulary.text(index), probabilities[index] / sum));
        }
        return candidates;
    }

    /** The probability with digits enough for the smallest: {@code 0.9912}, {@code 1.667e-05}. */
    public String digits() {
        return probability == 0 ? "0" : String.format(Locale.ROOT, probability < 1e-3 ? "%.3e" : "%.4f", probability);
    }

    /** {@code r 0.9912}. */
    @Override
    public String toString() {
        return SymbolDisplay.of(symbol) + " " + digits();
    }
}
