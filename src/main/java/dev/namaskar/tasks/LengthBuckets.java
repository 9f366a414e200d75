package dev.namaskar.tasks;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Batches of examples that are about as long as each other, so that little is padded. Every epoch has an order of
 * its own, drawn from the seed: all examples are shuffled, sorted by length within a pool of several batches, cut, and
 * the batches shuffled again. The last one is filled up with rows of length 0 that weigh nothing.
 */
public final class LengthBuckets implements BatchSource {
    /** Batches sorted together: the more, the less padding and the less chance. */
    private static final int POOL = 32;

    private final Examples examples;
    private final BatchShape shape;
    private final int rows;
    private final long seed;
    private final Comparator<Integer> byLength;
    private long epoch = -1;
    private Integer[] order = new Integer[0];
    private Integer[] batchOrder = new Integer[0];

    /**
     * Batches of these examples.
     *
     * @param rows of every batch
     * @param seed of the order
     * @throws IllegalArgumentException if there are none, or a row without an example would count
     */
    public LengthBuckets(Examples examples, int rows, long seed) {
        shape = examples.shape();
        if (examples.size() == 0) {
            throw new IllegalArgumentException("expected examples to learn from, found none");
        }
        if (!shape.input().ragged()
                || (shape.target().extent() == BatchShape.Extent.ALL
                        && !shape.target().weighted())) {
            throw new IllegalArgumentException(
                    "expected inputs with lengths, and targets with weights or of which there are as many as steps,"
                            + " as a batch may have rows without an example; found " + shape);
        }
        this.examples = examples;
        this.rows = rows;
        this.seed = seed;
        byLength = Comparator.<Integer>comparingInt(examples::sourceLength).thenComparingInt(examples::length);
    }

    @Override
    public BatchShape shape() {
        return shape;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public long perEpoch() {
        return ((long) examples.size() + rows - 1) / rows;
    }

    @Override
    public boolean startsFresh(long number) {
        return true;
    }

    @Override
    public void read(long number, Batch into) {
        arrange(number / perEpoch());
        int first = batchOrder[(int) (number % perEpoch())] * rows;
        examples.write(Arrays.copyOfRange(order, first, Math.min(first + rows, order.length)), into);
    }

    private void arrange(long wanted) {
        if (wanted == epoch) {
            return;
        }
        epoch = wanted;
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed + (wanted + 1) * SplitMix64.GOLDEN_GAMMA));
        order = shuffled(examples.size(), random);
        int pool = POOL * rows;
        for (int from = 0; from < order.length; from += pool) {
            Arrays.sort(order, from, Math.min(from + pool, order.length), byLength);
        }
        batchOrder = shuffled((int) perEpoch(), random);
    }

    private static Integer[] shuffled(int count, SplitMix64 random) {
        Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Integer moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return order;
    }

    /** Which examples these are, in a number: of their contents, in their order. */
    long fingerprint() {
        Batch one = new Batch(shape, 1);
        long hash = examples.size();
        for (int example = 0; example < examples.size(); example++) {
            examples.write(new Integer[] {example}, one);
            hash = mix(hash, one);
            if (one.shape().source() != null) {
                hash = mix(hash, one.source());
            }
        }
        return hash;
    }

    private static long mix(long start, Batch one) {
        BatchShape.Sequence input = one.shape().input();
        int width = one.shape().target().width();
        long hash = SplitMix64.mix(start + one.steps() + 31L * one.targetSteps());
        for (int i = 0; i < one.steps() && input.tokens(); i++) {
            hash = SplitMix64.mix(hash + one.tokens[i]);
        }
        for (int i = 0; i < one.steps() * input.width() && !input.tokens(); i++) {
            hash = SplitMix64.mix(hash + Float.floatToIntBits(one.values[i]));
        }
        for (int i = 0; i < one.targetSteps(); i++) {
            hash = SplitMix64.mix(hash + (width == 0 ? one.classes[i] : 0));
        }
        for (int i = 0; i < one.targetSteps() * width; i++) {
            hash = SplitMix64.mix(hash + Float.floatToIntBits(one.targets[i]));
        }
        for (int i = 0; i < one.targetSteps() && one.weights.length > 0; i++) {
            hash = SplitMix64.mix(hash + Float.floatToIntBits(one.weights[i]));
        }
        for (float context : one.context) {
            hash = SplitMix64.mix(hash + Float.floatToIntBits(context));
        }
        return hash;
    }
}
