package dev.namaskar.series.baseline;

import java.util.Arrays;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * The Theta method with lines 0 and 2 (Assimakopoulos and Nikolopoulos 2000): the mean of the trend line and of simple
 * exponential smoothing of the doubled curvature, on seasonally adjusted values. The smoothing weight minimises the
 * squared one-step errors.
 */
record Theta(int season) implements LocalMethod {
    private static final double LEAST_WEIGHT = 1e-4;
    private static final double MOST_WEIGHT = 0.9999;
    private static final double WEIGHT_TOLERANCE = 1e-4;
    private static final int MOST_EVALUATIONS = 200;

    @Override
    public String name() {
        return "theta";
    }

    @Override
    public int shortest() {
        return 3;
    }

    @Override
    public double[] forecast(double[] values, int length, int horizon) {
        SeasonalAdjustment adjustment = SeasonalAdjustment.of(values, length, season);
        double[] y = adjustment.adjusted();
        SimpleRegression trend = new SimpleRegression();
        for (int t = 0; t < length; t++) {
            trend.addData(t, y[t]);
        }
        double[] curved = new double[length];
        Arrays.setAll(curved, t -> 2 * y[t] - trend.predict(t));
        double level = smoothed(curved);
        double[] forecast = new double[horizon];
        Arrays.setAll(forecast, h -> (level + trend.predict(length + h)) / 2);
        return adjustment.seasonal(forecast);
    }

    /** The last level {@code l(t) = a y(t) + (1 - a) l(t-1)} under the weight with the least squared one-step error. */
    private static double smoothed(double[] y) {
        double weight = new BrentOptimizer(WEIGHT_TOLERANCE, WEIGHT_TOLERANCE)
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        GoalType.MINIMIZE,
                        new SearchInterval(LEAST_WEIGHT, MOST_WEIGHT),
                        new UnivariateObjectiveFunction(a -> squaredError(y, a)))
                .getPoint();
        double level = y[0];
        for (double v : y) {
            level += weight * (v - level);
        }
        return level;
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
