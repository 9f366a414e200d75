package dev.namaskar.train;

import dev.namaskar.losses.Targets;
import dev.namaskar.net.Sequences;

/**
 * A batch of inputs and targets, time-major, in arrays that are filled again and again. Also one shard of a batch: some
 * of its rows.
 */
public final class Batch {
    private final BatchShape shape;
    private final int rows;
    /** Token ids {@code [T,B]}; empty where inputs are values. */
    public final int[] tokens;
    /** Values {@code [T,B,F]}; empty where inputs are token ids. */
    public final float[] values;
    /** Class ids {@code [targetSteps,B]}; empty where targets are values. */
    public final int[] classes;
    /** Target values {@code [targetSteps,B,targetWidth]}; empty where targets are class ids. */
    public final float[] targets;
    /** What else the objective wants to know, {@code [B,contextWidth]}. */
    public final float[] context;
    /** Real steps of each row; empty where all have T. */
    public final int[] lengths;

    private final Sequences sequences;
    private final Targets asTargets;

    /** Room for so many rows. */
    public Batch(BatchShape shape, int rows) {
        this.shape = shape;
        this.rows = rows;
        int steps = shape.steps() * rows;
        int targetSteps = shape.targetSteps() * rows;
        tokens = new int[shape.tokens() ? steps : 0];
        values = new float[shape.tokens() ? 0 : steps * shape.inputWidth()];
        classes = new int[shape.targetWidth() == 0 ? targetSteps : 0];
        targets = new float[targetSteps * shape.targetWidth()];
        context = new float[rows * shape.contextWidth()];
        lengths = new int[shape.ragged() ? rows : 0];
        Sequences inputs = shape.tokens()
                ? Sequences.ofTokens(shape.steps(), rows, tokens)
                : Sequences.ofValues(shape.steps(), rows, values);
        sequences = shape.ragged() ? inputs.withLengths(lengths) : inputs;
        asTargets = shape.targetWidth() == 0 ? Targets.classes(classes) : Targets.values(targets);
    }

    /** The shape. */
    public BatchShape shape() {
        return shape;
    }

    /** B. */
    public int rows() {
        return rows;
    }

    /** The inputs, over this batch's arrays. */
    public Sequences sequences() {
        return sequences;
    }

    /** The targets, over this batch's arrays. */
    public Targets asTargets() {
        return asTargets;
    }

    /** How many targets count, padding left out: what a mean loss is divided by. */
    public long targetCount() {
        if (!shape.ragged() || shape.targetSteps() != shape.steps()) {
            return (long) shape.targetSteps() * rows;
        }
        long real = 0;
        for (int length : lengths) {
            real += length;
        }
        return real;
    }

    /** Copies as many rows as the shard has, from row {@code first} on; modifies the shard. */
    public void copyRows(int first, Batch shard) {
        int count = shard.rows;
        for (int t = 0; t < shape.steps(); t++) {
            copy(tokens, shard.tokens, t, first, count, 1);
            copy(values, shard.values, t, first, count, shape.inputWidth());
        }
        for (int t = 0; t < shape.targetSteps(); t++) {
            copy(classes, shard.classes, t, first, count, 1);
            copy(targets, shard.targets, t, first, count, shape.targetWidth());
        }
        copy(context, shard.context, 0, first, count, shape.contextWidth());
        copy(lengths, shard.lengths, 0, first, count, 1);
    }

    private void copy(Object from, Object to, int step, int first, int count, int width) {
        if (width > 0 && java.lang.reflect.Array.getLength(from) > 0) {
            System.arraycopy(from, (step * rows + first) * width, to, step * count * width, count * width);
        }
    }
}
