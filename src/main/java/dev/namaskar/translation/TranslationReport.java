package dev.namaskar.translation;

import dev.namaskar.tasks.Evaluation;
import dev.namaskar.tasks.SequenceErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well targets are written, over the different sources of some examples.
 *
 * @param sequenceErrorRate the part of the sources whose best target equals none of the right ones
 * @param symbolErrorRate edit distances to the nearest right target, by these targets' symbols
 * @param natsPerSymbol mean loss of the right targets' symbols, their ends among them
 * @param examples how many pairs
 * @param sources how many different sources
 */
public record TranslationReport(
        double sequenceErrorRate, double symbolErrorRate, double natsPerSymbol, int examples, int sources)
        implements Evaluation {
    /** Compares what was written with what is right, source by source. */
    static TranslationReport of(List<List<String>> written, List<List<List<String>>> right, double nats, int examples) {
        SequenceErrors errors = SequenceErrors.NONE;
        for (int i = 0; i < written.size(); i++) {
            errors = errors.and(written.get(i), right.get(i));
        }
        return new TranslationReport(
                errors.sequenceErrorRate(), errors.symbolErrorRate(), nats, examples, errors.sources());
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sequence_error_rate", sequenceErrorRate);
        figures.put("symbol_error_rate", symbolErrorRate);
        figures.put("nats_per_symbol", natsPerSymbol);
        figures.put("examples", examples);
        figures.put("sources", sources);
        return figures;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f %% of %,d sources get a wrong target, %.2f %% of the symbols are wrong, %.4f nats a symbol",
                100 * sequenceErrorRate,
                sources,
                100 * symbolErrorRate,
                natsPerSymbol);
    }
}
