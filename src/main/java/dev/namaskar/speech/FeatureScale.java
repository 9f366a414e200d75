package dev.namaskar.speech;

import java.util.List;

/**
 * Mean and deviation of each value of a frame over the frames of the training part, by which features become values of
 * mean 0 and deviation 1: {@code z = (x - mean) / deviation}.
 *
 * @param mean of each value
 * @param deviation of each value; above 0
 */
public record FeatureScale(List<Double> mean, List<Double> deviation) {
    /** A value that hardly moves is noise, which is not to be made loud. */
    private static final double LEAST_DEVIATION = 1e-3;

    /** Checks the deviations. */
    public FeatureScale {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty()
                || mean.size() != deviation.size()
                || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("expected a mean and a deviation above 0 for each value, found "
                    + mean.size() + " and " + deviation);
        }
    }

    /**
     * Learns from the features of a training part.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static FeatureScale of(List<Features> training) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("expected features to learn their mean from, found none");
        }
        int width = training.get(0).width();
        double[] sum = new double[width];
        double[] squares = new double[width];
        long frames = 0;
        for (Features features : training) {
            frames += features.frames();
            for (int i = 0; i < features.values().length; i++) {
                double value = features.values()[i];
                sum[i % width] += value;
                squares[i % width] += value * value;
            }
        }
        Double[] mean = new Double[width];
        Double[] deviation = new Double[width];
        for (int j = 0; j < width; j++) {
            mean[j] = sum[j] / frames;
            double variance = Math.max(0, squares[j] / frames - mean[j] * mean[j]);
            deviation[j] = Math.max(LEAST_DEVIATION, Math.sqrt(variance));
        }
        return new FeatureScale(List.of(mean), List.of(deviation));
    }

    /** The features on this scale, modified in place. */
    public Features apply(Features features) {
        if (features.width() != mean.size()) {
            throw new IllegalArgumentException(
                    "expected frames of " + mean.size() + " values, found " + features.width());
        }
        float[] values = features.values();
        for (int i = 0; i < values.length; i++) {
            int j = i % features.width();
            values[i] = (float) ((values[i] - mean.get(j)) / deviation.get(j));
        }
        return features;
    }
}
