package dev.namaskar.losses;

import java.util.Arrays;

/**
 * The quantile or pinball loss (Koenker and Bassett, Econometrica 1978): outputs {@code [targets, quantiles]} a row,
 * mean over all of {@code max(q e, (q - 1) e)} with {@code e = target - y}. Its least value is where a fraction q of
 * the targets lies below y. The slope at {@code e = 0} is taken as 0.
 */
public final class Quantile implements Loss {
    private final float[] quantiles;

    /**
     * The loss of these quantiles.
     *
     * @param quantiles at least one, each between 0 and 1
     */
    public Quantile(float... quantiles) {
        if (quantiles.length == 0) {
            throw new IllegalArgumentException("expected at least one quantile");
        }
        for (float q : quantiles) {
            if (!(q > 0 && q < 1)) {
                throw new IllegalArgumentException(
                        "expected quantiles between 0 and 1, found " + Arrays.toString(quantiles));
            }
        }
        this.quantiles = quantiles.clone();
    }

    @Override
    public String name() {
        return "quantile";
    }

    @Override
    public int targetWidth(int outputWidth) {
        if (outputWidth % quantiles.length != 0) {
            throw new IllegalArgumentException(
                    "expected " + quantiles.length + " outputs for each target, found " + outputWidth + " outputs");
        }
        return outputWidth / quantiles.length;
    }

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
        int wanted = targetWidth(width);
        for (int row = 0; row < rows; row++) {
            float weight = weights[firstRow + row] / width;
            double sum = 0;
            for (int j = 0; j < width; j++) {
                int index = at + row * width + j;
                if (weight == 0) {
                    dy[index] = 0;
                    continue;
                }
                float q = quantiles[j % quantiles.length];
                double e = (double) targets.value((firstRow + row) * wanted + j / quantiles.length) - y[index];
                sum += Math.max(q * e, (q - 1.0) * e);
                // at 0 the slope is 0; what is not a number stays so
                dy[index] = weight * (e > 0 ? -q : e < 0 ? 1 - q : (float) e);
            }
            values[firstRow + row] = sum / width;
        }
    }
}
