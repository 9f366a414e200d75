package dev.namaskar.labelling;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Batch;
import dev.namaskar.train.BatchShape;
import dev.namaskar.train.BatchSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Batches of token sequences that are about as long as each other, so that little is padded. Every epoch has an order of
 * its own, drawn from the seed: all examples are shuffled, sorted by length within a pool of several batches, cut, and
 * the batches shuffled again. The last one is filled up with rows that weigh nothing.
 */
final class SequenceBatches implements BatchSource {
    /** Batches sorted together: the more, the less padding and the less chance. */
    private static final int POOL = 32;

    private final List<int[]> sequences;
    private final int[] classes;
    private final double[] weightOf;
    private final int rows;
    private final long seed;
    private final int longest;
    private long epoch = -1;
    private Integer[] order = new Integer[0];
    private int[] batchOrder = new int[0];

    /**
     * Batches of these examples.
     *
     * @param weightOf what an example of each class counts
     */
    SequenceBatches(List<int[]> sequences, int[] classes, double[] weightOf, int rows, long seed) {
        this.sequences = sequences;
        this.classes = classes;
        this.weightOf = weightOf;
        this.rows = rows;
        this.seed = seed;
        longest = sequences.stream().mapToInt(s -> s.length).max().orElse(1);
    }

    @Override
    public BatchShape shape() {
        return BatchShape.oneClass(BatchShape.Sequence.tokens(longest).withLengths())
                .withWeights();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public long perEpoch() {
        return ((long) sequences.size() + rows - 1) / rows;
    }

    @Override
    public boolean startsFresh(long number) {
        return true;
    }

    @Override
    public void read(long number, Batch into) {
        arrange(number / perEpoch());
        int first = batchOrder[(int) (number % perEpoch())] * rows;
        int count = Math.min(rows, sequences.size() - first);
        int steps = 1;
        for (int b = 0; b < count; b++) {
            steps = Math.max(steps, sequences.get(order[first + b]).length);
        }
        into.resize(steps, 1);
        Arrays.fill(into.tokens, 0, steps * rows, 0);
        for (int b = 0; b < rows; b++) {
            int[] sequence = b < count ? sequences.get(order[first + b]) : new int[0];
            for (int t = 0; t < sequence.length; t++) {
                into.tokens[t * rows + b] = sequence[t];
            }
            into.lengths[b] = sequence.length;
            into.classes[b] = b < count ? classes[order[first + b]] : 0;
            into.weights[b] = b < count ? (float) weightOf[into.classes[b]] : 0;
        }
    }

    private void arrange(long wanted) {
        if (wanted == epoch) {
            return;
        }
        epoch = wanted;
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed + (wanted + 1) * SplitMix64.GOLDEN_GAMMA));
        order = new Integer[sequences.size()];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Integer moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        int pool = POOL * rows;
        for (int from = 0; from < order.length; from += pool) {
            Arrays.sort(
                    order,
                    from,
                    Math.min(from + pool, order.length),
                    Comparator.comparingInt(i -> sequences.get(i).length));
        }
        batchOrder = new int[(int) perEpoch()];
        Arrays.setAll(batchOrder, i -> i);
        for (int i = batchOrder.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = batchOrder[i];
            batchOrder[i] = batchOrder[other];
            batchOrder[other] = moved;
        }
    }
}
