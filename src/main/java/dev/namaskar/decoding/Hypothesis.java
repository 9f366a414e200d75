package dev.namaskar.decoding;

import java.util.Arrays;
import java.util.Objects;

/**
 * A sequence that a search found.
 *
 * @param symbols its symbols, the end symbol left out
 * @param logProbability of all symbols and of the end, in nats
 * @param symbolLogProbabilities of each symbol, given those before it
 * @param score what hypotheses are ordered by: the log probability under the search's length rule
 */
public record Hypothesis(int[] symbols, double logProbability, double[] symbolLogProbabilities, double score) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Hypothesis that
                && Arrays.equals(symbols, that.symbols)
                && logProbability == that.logProbability
                && Arrays.equals(symbolLogProbabilities, that.symbolLogProbabilities)
                && score == that.score;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(symbols), logProbability, score);
    }

    @Override
    public String toString() {
        return Arrays.toString(symbols) + " " + logProbability;
    }
}
