package dev.namaskar.tasks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well whole sequences are predicted. An input may have several right answers: a prediction is right if it equals any,
 * and its errors are counted against the nearest.
 *
 * @param sources different inputs
 * @param wrong predictions that equal no right answer
 * @param edits symbols to insert, leave out or replace until each prediction is its nearest right answer
 * @param symbols of the nearest right answers
 * @param nats what all right answers cost
 * @param targets symbols of all right answers
 * @param examples right answers
 */
public record SequenceErrors(int sources, int wrong, long edits, long symbols, double nats, long targets, int examples)
        implements Evaluation {
    /** Nothing counted so far. */
    public static final SequenceErrors NONE = new SequenceErrors(0, 0, 0, 0, 0, 0, 0);

    /** With one prediction more. */
    public SequenceErrors and(List<?> predicted, Collection<? extends List<?>> right) {
        int least = Integer.MAX_VALUE;
        int length = 0;
        for (List<?> answer : right) {
            int distance = distance(predicted, answer);
            if (distance < least) {
                least = distance;
                length = answer.size();
            }
        }
        if (right.isEmpty()) {
            throw new IllegalArgumentException("expected at least one right answer, found none");
        }
        return new SequenceErrors(
                sources + 1, wrong + (least > 0 ? 1 : 0), edits + least, symbols + length, nats, targets, examples);
    }

    /** With the cost of one right answer more. */
    public SequenceErrors andNats(double cost, int length) {
        return new SequenceErrors(sources, wrong, edits, symbols, nats + cost, targets + length, examples + 1);
    }

    /** The share of predictions that equal no right answer. */
    public double sequenceErrorRate() {
        return wrong / (double) Math.max(1, sources);
    }

    /** Edits for each symbol of the right answers; may be above 1. */
    public double symbolErrorRate() {
        return edits / (double) Math.max(1, symbols);
    }

    /** What a symbol of a right answer costs. */
    public double natsPerSymbol() {
        return nats / Math.max(1, targets);
    }

    /** How many symbols have to be inserted, left out or replaced to make one of the other (Levenshtein 1966). */
    public static int distance(List<?> one, List<?> other) {
        int[] row = new int[other.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.get(i - 1).equals(other.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.size()];
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sequence_error_rate", sequenceErrorRate());
        figures.put("symbol_error_rate", symbolErrorRate());
        figures.put("nats_per_symbol", natsPerSymbol());
        figures.put("examples", examples);
        figures.put("sources", sources);
        return figures;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d examples: sequence errors %.4f, symbol errors %.4f, %.4f nats a symbol",
                examples,
                sequenceErrorRate(),
                symbolErrorRate(),
                natsPerSymbol());
    }
}
