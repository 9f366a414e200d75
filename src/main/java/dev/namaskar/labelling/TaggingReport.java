package dev.namaskar.labelling;

import dev.namaskar.tasks.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well tokens were given their tags.
 *
 * @param tokens scores and confusion, token by token
 * @param sequences how many sentences there were
 * @param whole how many sentences have every tag right
 */
public record TaggingReport(ClassificationReport tokens, int sequences, int whole) implements Evaluation {
    /** The share of tokens that were given their own tag. */
    public double accuracy() {
        return tokens.accuracy();
    }

    /** The mean of F1 over the tags that occur. */
    public double macroF1() {
        return tokens.macroF1();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(tokens.figures());
        Object count = figures.remove("examples");
        figures.put("tokens", count == null ? 0 : count);
        figures.put("sequences", sequences);
        figures.put("whole_sequences", whole / (double) sequences);
        return figures;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d tokens of %d sentences: accuracy %.4f, macro F1 %.4f, %.4f nats; %.4f of the sentences without a"
                        + " mistake",
                tokens.examples(),
                sequences,
                accuracy(),
                macroF1(),
                tokens.nats(),
                whole / (double) sequences);
    }
}
