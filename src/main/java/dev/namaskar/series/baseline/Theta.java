package dev.namaskar.series.baseline;

import dev.namaskar.series.transform.Moments;

/**
 * The Theta method with lines 0 and 2 (Assimakopoulos and Nikolopoulos 2000): the mean of the trend line and of simple
 * exponential smoothing of the doubled curvature, on seasonally adjusted values. The smoothing weight minimises the
 * squared one-step errors.
 *
 * @param season the season to adjust for; 1 for none
 * @param weight of the smoothing; 0 to fit it to each history
 */
record Theta(int season, double weight) implements LocalMethod {
    private static final double LEAST_WEIGHT = 1e-4;
    private static final double MOST_WEIGHT = 0.9999;
    private static final double FIRST_WEIGHT = 0.3;

    Theta(int season) {
        this(season, 0);
    }

    @Override
    public String name() {
        return "theta";
    }

    @Override
    public LocalMethod of(int steps) {
        return new Theta(steps);
    }

    @Override
    public int shortest() {
        return 3;
    }

    @Override
    public Theta settled(double[] values, int length) {
        SeasonalAdjustment adjustment = SeasonalAdjustment.of(values, length, season);
        double[] curved = Line.through(adjustment.adjusted()).doubledCurvature();
        double[] best = PatternSearch.least(
                new double[] {FIRST_WEIGHT},
                new double[] {LEAST_WEIGHT},
                new double[] {MOST_WEIGHT},
                w -> squaredError(curved, w[0]));
        return new Theta(adjustment.season(), best[0]);
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        if (weight == 0) {
            return settled(values, length).forecast(values, length, horizon);
        }
        SeasonalAdjustment adjustment = SeasonalAdjustment.by(values, length, season);
        Line line = Line.through(adjustment.adjusted());
        double[] curved = line.doubledCurvature();
        double level = curved[0];
        for (double v : curved) {
            level += weight * (v - level);
        }
        double[] forecast = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            forecast[h] = (level + line.at(length + h)) / 2;
        }
        return adjustment.seasonal(forecast);
    }

    /** The line of least squares through values at 0, 1, .... */
    private record Line(double[] values, double middle, double mean, double slope) {
        static Line through(double[] values) {
            double mean = Moments.mean(values, 0, values.length);
            double middle = (values.length - 1) / 2.0;
            double lean = 0;
            double squares = 0;
            for (int t = 0; t < values.length; t++) {
                lean += (t - middle) * (values[t] - mean);
                squares += (t - middle) * (t - middle);
            }
            return new Line(values, middle, mean, squares > 0 ? lean / squares : 0);
        }

        double at(double t) {
            return mean + slope * (t - middle);
        }

        double[] doubledCurvature() {
            double[] curved = new double[values.length];
            for (int t = 0; t < curved.length; t++) {
                curved[t] = 2 * values[t] - at(t);
            }
            return curved;
        }
    }

    private static double squaredError(double[] y, double weight) {
        double level = y[0];
        double sum = 0;
        for (double v : y) {
            double error = v - level;
            sum += error * error;
            level += weight * error;
        }
        return sum;
    }
}
