package dev.namaskar.text.corpus;

import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Objects;

/**
 * Batches that each start at B word starts from a zero state and run on for T steps, so that the network learns words
 * from their first letter on. Every pass takes each word start once, in an order drawn anew for the pass (Fisher-Yates
 * from the seed and the pass's number); a last batch that is not full goes round to the first words of its pass. After
 * the end of its line a stream goes on with a line drawn at random: what comes next in a list is no knowledge to learn.
 */
public final class WordBatches implements TextBatches {
    private final WordStarts words;
    private final int streams;
    private final int steps;
    private final long seed;
    private final int[] order;
    private long orderedPass = -1;
    private final int[] span;

    WordBatches(WordStarts words, int streams, int steps, long seed) {
        BatchSize.of(streams, steps);
        this.words = words;
        this.streams = streams;
        this.steps = steps;
        this.seed = seed;
        order = new int[words.count()];
        span = new int[steps + 1];
    }

    /** Number of word starts. */
    public int words() {
        return words.count();
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
        return ((long) words.count() + streams - 1) / streams;
    }

    @Override
    public boolean startsFresh(long number) {
        return true;
    }

    @Override
    public void read(long number, int[] inputs, int[] targets) {
        Objects.checkFromIndexSize(0, streams * steps, Math.min(inputs.length, targets.length));
        orderFor(number / perEpoch());
        long first = number % perEpoch() * streams;
        SplitMix64 lines = new SplitMix64(SplitMix64.mix(~seed) + SplitMix64.mix(number));
        for (int b = 0; b < streams; b++) {
            words.read(order[(int) ((first + b) % order.length)], span, steps + 1, lines);
            for (int t = 0; t < steps; t++) {
                inputs[t * streams + b] = span[t];
                targets[t * streams + b] = span[t + 1];
            }
        }
    }

    private void orderFor(long pass) {
        if (pass == orderedPass) {
            return;
        }
        Arrays.setAll(order, i -> i);
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed) + pass);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        orderedPass = pass;
    }
}
