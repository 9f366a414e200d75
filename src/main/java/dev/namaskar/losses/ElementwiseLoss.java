package dev.namaskar.losses;

/** A loss that is a mean over independent outputs; {@code value} and {@code slope} are all that differs. */
abstract class ElementwiseLoss implements Loss {
    /** The loss of one output y against its target. */
    abstract double value(float y, float target);

    /** The derivative of {@link #value} with respect to y. */
    abstract float slope(float y, float target);

    @Override
    public void compute(
            float[] y,
            float[] dy,
            int at,
            int rows,
            int width,
            Targets targets,
            int firstRow,
            float[] weights,
            double[] values) {
        for (int row = 0; row < rows; row++) {
            int from = at + row * width;
            float weight = weights[firstRow + row] / width;
            double sum = 0;
            for (int j = 0; j < width; j++) {
                if (weight == 0) {
                    dy[from + j] = 0;
                    continue;
                }
                float target = targets.value((firstRow + row) * width + j);
                sum += value(y[from + j], target);
                dy[from + j] = weight * slope(y[from + j], target);
            }
            values[firstRow + row] = sum / width;
        }
    }
}
