package dev.namaskar.labelling.internal;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.train.batch.Batch;

/**
 * An input as a network reads it, and what it is held to.
 *
 * @param tokens symbols, or nothing where values are read
 * @param values {@code [T,F]}, or nothing where symbols are read
 * @param steps T
 * @param classes one, or one for each step
 * @param weights of the classes; 0 for those that do not count
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle on its way into a batch, never compared
public record Item(int[] tokens, float[] values, int steps, int[] classes, float[] weights) {
    private static final int[] NO_TOKENS = {};
    private static final float[] NO_VALUES = {};

    public static Item ofTokens(int[] tokens, int[] classes, float[] weights) {
        return new Item(tokens, NO_VALUES, tokens.length, classes, weights);
    }

    /** Of a whole sequence of values, of a class that is not known yet. */
    public static Item ofValues(float[] values, int steps) {
        return new Item(NO_TOKENS, values, steps, new int[1], new float[] {1});
    }

    /** Of a whole text, of a class that is not known yet. */
    public static Item ofTokens(int... tokens) {
        return ofTokens(tokens, new int[1], new float[] {1});
    }

    /** The same with so many steps for each symbol. */
    public Item repeated(int times) {
        int[] all = new int[tokens.length * times];
        for (int t = 0; t < all.length; t++) {
            all[t] = tokens[t / times];
        }
        return ofTokens(all);
    }

    /** Writes what is read into a row of a batch. */
    public void writeInput(Batch into, int row, NetworkSpec input) {
        int rows = into.rows();
        int width = input.inputWidth();
        for (int t = 0; t < steps; t++) {
            if (input.tokens()) {
                into.tokens[t * rows + row] = tokens[t];
            } else {
                System.arraycopy(values, t * width, into.values, (t * rows + row) * width, width);
            }
        }
    }

    /** The same with one class for the whole. */
    public Item of(int newClass, double weight) {
        return new Item(tokens, values, steps, new int[] {newClass}, new float[] {(float) weight});
    }
}
