package dev.namaskar.losses;

/** A loss: its value and its gradient, computed together. */
public interface Loss {
    /** The name by which the registry and the command line know the loss. */
    String name();

    /** Whether targets are class ids, one a row, else values. */
    default boolean wantsClasses() {
        return false;
    }

    /** Number of target values that belong to outputs of this width; 1 for class ids. */
    default int targetWidth(int outputWidth) {
        return outputWidth;
    }

    /**
     * Computes consecutive rows.
     *
     * @param y outputs, {@code rows} rows of {@code width} from index {@code at} on
     * @param dy written: {@code weights[r] * dloss_r/dy}, indexed as y is
     * @param at index of the first row's first value
     * @param targets indexed from {@code firstRow} on
     * @param firstRow index of the first row in targets and weights
     * @param weights what each row's gradient is multiplied with; 0 for padding, which is then not looked at
     * @param values written: each row's loss, unweighted, {@code values[firstRow + i]}; 0 for padding
     */
    void compute(
            float[] y,
            float[] dy,
            int at,
            int rows,
            int width,
            Targets targets,
            int firstRow,
            float[] weights,
            double[] values);
}
