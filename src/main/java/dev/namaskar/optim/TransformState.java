package dev.namaskar.optim;

/**
 * What one {@link GradientTransform} keeps: arrays beside the parameters (moments), single numbers (a running
 * product), and the factors of the update under way, which are computed afresh by every
 * {@link GradientTransform#begin} and are not part of a checkpoint.
 */
public final class TransformState {
    /** Room for factors. */
    public static final int FACTORS = 8;

    private final float[][] arrays;
    private final double[] scalars;
    private final float[] factors = new float[FACTORS];
    private final Ranges ranges;

    TransformState(GradientTransform transform, int size, Ranges ranges) {
        this.arrays = new float[transform.arrays()][size];
        this.scalars = new double[transform.scalars()];
        this.ranges = ranges;
    }

    /** The k-th array, one number for each parameter: the live one, not a copy. */
    public float[] array(int k) {
        return arrays[k];
    }

    /** The numbers kept from step to step: the live ones, not a copy. */
    public double[] scalars() {
        return scalars;
    }

    /** {@value #FACTORS} numbers for this update: written in {@code begin}, read in {@code apply}. */
    public float[] factors() {
        return factors;
    }

    int arrayCount() {
        return arrays.length;
    }

    Ranges ranges() {
        return ranges;
    }
}
