package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;
import java.util.Arrays;

/**
 * What squeezes a gate between 0 and 1. All that is trained here has {@link #SIGMOID}; the others are for models of
 * Keras, whose cells had a piecewise linear one by default up to 2.2.
 */
public enum Gate {
    /** {@code 1 / (1 + e^-a)}. */
    SIGMOID(0),
    /** {@code min(1, max(0, 0.2 a + 0.5))}: the hard sigmoid of Theano and of Keras 2. */
    HARD_SIGMOID(0.2f),
    /** {@code min(1, max(0, a / 6 + 0.5))}: the hard sigmoid of PyTorch and of Keras 3. */
    HARD_SIGMOID_SIXTH(1 / 6f);

    private static final float[][] NONE = {};

    private final float slope;

    Gate(float slope) {
        this.slope = slope;
    }

    /** The slope of the straight part; 0 where there is none. */
    public float slope() {
        return slope;
    }

    /** Activations in place of pre-activations. */
    void apply(float[] a, int size) {
        if (this == SIGMOID) {
            Elementary.sigmoid(a, size);
            return;
        }
        for (int j = 0; j < size; j++) {
            a[j] = Math.min(1, Math.max(0, slope * a[j] + 0.5f));
        }
    }

    /**
     * What {@link #correct} will need of activations that a cell's derivative is about to overwrite.
     *
     * @param candidate which of them is none of a gate
     */
    float[][] kept(int size, float[][] activations, int candidate) {
        if (this == SIGMOID) {
            return NONE;
        }
        float[][] copies = new float[activations.length][];
        for (int g = 0; g < copies.length; g++) {
            copies[g] = g == candidate ? new float[0] : Arrays.copyOf(activations[g], size);
        }
        return copies;
    }

    /**
     * Gradients of pre-activations as this function has them, in place of those that a sigmoid would have: {@code dy
     * slope} between the corners and 0 beyond, where a sigmoid has {@code dy y (1 - y)}.
     */
    void correct(float[][] kept, float[][] gradients) {
        for (int g = 0; g < kept.length; g++) {
            float[] y = kept[g];
            float[] d = gradients[g];
            for (int j = 0; j < y.length; j++) {
                d[j] = y[j] > 0 && y[j] < 1 ? d[j] * (slope / (y[j] * (1 - y[j]))) : 0;
            }
        }
    }
}
