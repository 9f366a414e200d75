package dev.namaskar.text.corpus;

import java.util.Objects;

/**
 * B contiguous streams side by side, T steps at a time, for truncated back-propagation through time: with
 * {@code n = floor((length - 1) / B)} stream b is the symbols {@code b n .. (b+1) n}, and a batch is its steps
 * {@code at .. at + T - 1}. When fewer than T steps are left the streams start again from a zero state.
 */
public final class CorpusBatches implements TextBatches {
    private final Tokens tokens;
    private final int streams;
    private final int steps;
    private final long perStream;
    private final int[] span;

    /**
     * Batches over a text.
     *
     * @param tokens the training part, as indices
     * @param streams B
     * @param steps T
     * @throws IllegalArgumentException if the text is shorter than one batch
     */
    public CorpusBatches(Tokens tokens, int streams, int steps) {
        BatchSize.of(streams, steps).requireFits(tokens.length());
        this.tokens = tokens;
        this.streams = streams;
        this.steps = steps;
        perStream = (tokens.length() - 1) / streams;
        span = new int[steps + 1];
    }

    @Override
    public int rows() {
        return streams;
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public long perEpoch() {
        return perStream / steps;
    }

    @Override
    public boolean startsFresh(long number) {
        return number % perEpoch() == 0;
    }

    @Override
    public void read(long number, int[] inputs, int[] targets) {
        Objects.checkFromIndexSize(0, streams * steps, Math.min(inputs.length, targets.length));
        long at = number % perEpoch() * steps;
        for (int b = 0; b < streams; b++) {
            tokens.read(b * perStream + at, span, 0, steps + 1);
            for (int t = 0; t < steps; t++) {
                inputs[t * streams + b] = span[t];
                targets[t * streams + b] = span[t + 1];
            }
        }
    }
}
