package dev.namaskar.train.batch;

import dev.namaskar.losses.Targets;
import dev.namaskar.net.Sequences;
import org.jspecify.annotations.Nullable;

/**
 * A batch of inputs and targets, time-major, in arrays that are filled again and again. Also one shard of a batch: some
 * of its rows.
 *
 * <p>The arrays have room for the shape's steps; where {@linkplain #resize a batch has fewer}, they are filled from the
 * start, with T being what it has.
 */
public final class Batch {
    private final BatchShape shape;
    private final int rows;
    private int steps;
    private int targetSteps;
    private int firstRow;

    /** Token ids {@code [T,B]}; empty where inputs are values. */
    public final int[] tokens;

    /** Values {@code [T,B,F]}; empty where inputs are token ids. */
    public final float[] values;

    /** Class ids {@code [targetSteps,B]}; empty where targets are values. */
    public final int[] classes;

    /** Target values {@code [targetSteps,B,targetWidth]}; empty where targets are class ids. */
    public final float[] targets;

    /** A weight for each target {@code [targetSteps,B]}, 0 or more; empty where all count alike. */
    public final float[] weights;

    /** What else the objective wants to know, {@code [B,contextWidth]}. */
    public final float[] context;

    /** Real steps of each row; empty where all have T. */
    public final int[] lengths;

    /** Targets of each row, where their number is their own; else empty. */
    public final int[] targetLengths;

    private final @Nullable Batch source;
    private final Targets asTargets;
    private @Nullable Sequences sequences;

    /** Room for so many rows. */
    public Batch(BatchShape shape, int rows) {
        this.shape = shape;
        this.rows = rows;
        steps = shape.input().steps();
        targetSteps = shape.target().steps();
        tokens = new int[shape.input().tokens() ? steps * rows : 0];
        values = new float
                [shape.input().tokens() ? 0 : steps * rows * shape.input().width()];
        lengths = new int[shape.input().ragged() ? rows : 0];
        int width = shape.target().width();
        classes = new int[width == 0 ? targetSteps * rows : 0];
        targets = new float[targetSteps * rows * width];
        weights = new float[shape.target().weighted() ? targetSteps * rows : 0];
        targetLengths = new int[shape.target().extent() == BatchShape.Extent.OWN ? rows : 0];
        context = new float[rows * shape.contextWidth()];
        BatchShape.Sequence beside = shape.source();
        BatchShape.Target nothing = new BatchShape.Target(0, 0, BatchShape.Extent.ALL, false);
        source = beside == null ? null : new Batch(BatchShape.of(beside, nothing), rows);
        asTargets = new Targets(
                width == 0 ? classes : null,
                width == 0 ? null : targets,
                shape.target().weighted() ? weights : null);
    }

    /** The shape. */
    public BatchShape shape() {
        return shape;
    }

    /** B. */
    public int rows() {
        return rows;
    }

    /** Where this shard's first row stands in the batch that it was cut from; 0 for a whole batch. */
    public int firstRow() {
        return firstRow;
    }

    /** T, the same for all rows of this batch. */
    public int steps() {
        return steps;
    }

    /** Targets a row, the same for all rows of this batch. */
    public int targetSteps() {
        return targetSteps;
    }

    /**
     * Says how many steps and targets a row this batch has, from the start of the arrays on.
     *
     * @throws IllegalArgumentException if there is no room for so many
     */
    public Batch resize(int newSteps, int newTargetSteps) {
        if (newSteps < 0 || newSteps > shape.input().steps()) {
            throw new IllegalArgumentException("expected 0 to " + shape.input().steps() + " steps, found " + newSteps);
        }
        if (newTargetSteps < 0 || newTargetSteps > shape.target().steps()) {
            throw new IllegalArgumentException(
                    "expected 0 to " + shape.target().steps() + " targets a row, found " + newTargetSteps);
        }
        targetSteps = newTargetSteps;
        if (newSteps != steps) {
            steps = newSteps;
            sequences = null; // made when lengths have been written too
        }
        return this;
    }

    /**
     * The other input, of models with two: a batch without targets.
     *
     * @throws IllegalStateException if the shape has none
     */
    public Batch source() {
        if (source == null) {
            throw new IllegalStateException("expected batches with a source beside the input, found none");
        }
        return source;
    }

    /** The inputs, over this batch's arrays. */
    public Sequences sequences() {
        if (sequences == null) {
            Sequences inputs = shape.input().tokens()
                    ? Sequences.ofTokens(steps, rows, tokens)
                    : Sequences.ofValues(steps, rows, values);
            sequences = shape.input().ragged() ? inputs.withLengths(lengths) : inputs;
        }
        return sequences;
    }

    /** The targets, over this batch's arrays. */
    public Targets asTargets() {
        return asTargets;
    }

    /** How many targets there are, padding left out. */
    public long targetCount() {
        return switch (shape.target().extent()) {
            case ALL -> (long) targetSteps * rows;
            case INPUT -> sum(lengths);
            case OWN -> sum(targetLengths);
        };
    }

    private static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /** The sum of the weights of all targets that there are; their number where they have none: what a mean is divided by. */
    public double targetWeight() {
        if (!shape.target().weighted()) {
            return targetCount();
        }
        double sum = 0;
        for (int b = 0; b < rows; b++) {
            int there = switch (shape.target().extent()) {
                case ALL -> targetSteps;
                case INPUT -> lengths[b];
                case OWN -> targetLengths[b];
            };
            for (int t = 0; t < there; t++) {
                sum += weights[t * rows + b];
            }
        }
        return sum;
    }

    /** Copies as many rows as the shard has, from row {@code first} on; modifies the shard. */
    public void copyRows(int first, Batch shard) {
        shard.resize(steps, targetSteps);
        shard.firstRow = first;
        int count = shard.rows;
        for (int t = 0; t < steps; t++) {
            copy(tokens, shard.tokens, t, first, count, 1);
            copy(values, shard.values, t, first, count, shape.input().width());
        }
        for (int t = 0; t < targetSteps; t++) {
            copy(classes, shard.classes, t, first, count, 1);
            copy(targets, shard.targets, t, first, count, shape.target().width());
            copy(weights, shard.weights, t, first, count, 1);
        }
        copy(context, shard.context, 0, first, count, shape.contextWidth());
        copy(lengths, shard.lengths, 0, first, count, 1);
        copy(targetLengths, shard.targetLengths, 0, first, count, 1);
        if (source != null) {
            source.copyRows(first, shard.source());
        }
    }

    private void copy(Object from, Object to, int step, int first, int count, int width) {
        if (width > 0 && java.lang.reflect.Array.getLength(from) > 0) {
            System.arraycopy(from, (step * rows + first) * width, to, step * count * width, count * width);
        }
    }
}
