package dev.namaskar.labelling.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was said, as far as a transcriber heard.
 *
 * @param text the labels, with blanks between them where they are words
 * @param labels each with its place
 * @param logProbability of the labels, over all ways to spread them, in nats
 */
public record Transcript(String text, List<LabelSpan> labels, double logProbability) {
    /** Copies the list. */
    public Transcript {
        labels = List.copyOf(labels);
    }

    /** {@code seven 0.36-0.71 s, two 0.90-1.12 s}. */
    @Override
    public String toString() {
        return labels.stream().map(LabelSpan::toString).collect(Collectors.joining(", "));
    }
}
