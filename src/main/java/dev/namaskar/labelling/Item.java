package dev.namaskar.labelling;

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
record Item(int[] tokens, float[] values, int steps, int[] classes, float[] weights) {
    private static final int[] NO_TOKENS = {};
    private static final float[] NO_VALUES = {};

    static Item ofTokens(int[] tokens, int[] classes, float[] weights) {
        return new Item(tokens, NO_VALUES, tokens.length, classes, weights);
    }

    /** Of a whole sequence of values, of a class that is not known yet. */
    static Item ofValues(float[] values, int steps) {
        return new Item(NO_TOKENS, values, steps, new int[1], new float[] {1});
    }

    /** Of a whole text, of a class that is not known yet. */
    static Item ofTokens(int... tokens) {
        return ofTokens(tokens, new int[1], new float[] {1});
    }

    /** The same with one class for the whole. */
    Item of(int newClass, double weight) {
        return new Item(tokens, values, steps, new int[] {newClass}, new float[] {(float) weight});
    }
}
