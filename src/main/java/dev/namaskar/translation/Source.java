package dev.namaskar.translation;

import dev.namaskar.train.batch.Batch;

/**
 * What an encoder reads: symbols, or one vector.
 *
 * @param tokens symbols; empty where it is a vector
 * @param vector values; empty where it is symbols
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Source(int[] tokens, float[] vector) {
    static Source of(int... tokens) {
        return new Source(tokens, new float[0]);
    }

    static Source ofVector(float... values) {
        return new Source(new int[0], values);
    }

    int steps() {
        return vector.length > 0 ? 1 : tokens.length;
    }

    /** Writes it into a row of a batch. */
    void write(Batch into, int row) {
        for (int t = 0; t < tokens.length; t++) {
            into.tokens[t * into.rows() + row] = tokens[t];
        }
        System.arraycopy(vector, 0, into.values, row * vector.length, vector.length);
    }
}
