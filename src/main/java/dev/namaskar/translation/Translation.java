package dev.namaskar.translation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A target that a model has written.
 *
 * @param text the target
 * @param symbols its symbols
 * @param logProbability of the whole, its end among it, in nats
 * @param symbolLogProbabilities of each symbol, given those before it
 * @param score what targets are ordered by: the log probability under the length rule
 */
public record Translation(
        String text, List<String> symbols, double logProbability, List<Double> symbolLogProbabilities, double score) {
    /** Copies the lists. */
    public Translation {
        symbols = List.copyOf(symbols);
        symbolLogProbabilities = List.copyOf(symbolLogProbabilities);
    }

    static Translation of(TargetSymbols targets, dev.namaskar.decoding.Hypothesis found) {
        List<String> names = targets.names(found.symbols());
        return new Translation(
                targets.text(names),
                names,
                found.logProbability(),
                Arrays.stream(found.symbolLogProbabilities()).boxed().toList(),
                found.score());
    }

    /** {@code exp(logProbability)}. */
    public double probability() {
        return Math.exp(logProbability);
    }

    /** For programs, by the names that JSON has. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", text);
        map.put("probability", probability());
        map.put("log_probability", logProbability);
        map.put("score", score);
        map.put("symbols", symbols);
        map.put("symbol_log_probabilities", symbolLogProbabilities);
        return map;
    }

    /** {@code N AH M AH S K AA R (0.83)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%.3g)", text, probability());
    }
}
