package dev.namaskar.series.transform;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** Statistics of numbers: vectors are arrays, single numbers arrays of one. */
record NumericStatistics(double[] values, double[] steps, int season) implements Statistics<double[]> {
    /**
     * The window {@code values[from, to)} of numbers that went through the curve.
     *
     * @param lead whether there is a value before the first, so that the first has a step
     */
    static NumericStatistics of(double[] values, int lead, int season) {
        double[] window = Arrays.copyOfRange(values, lead, values.length);
        double[] steps = new double[window.length];
        double before = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (i >= lead) {
                steps[i - lead] = values[i] - before;
            }
            before = values[i];
        }
        return new NumericStatistics(window, steps, season);
    }

    @Override
    public double[] lastSeason() {
        return Arrays.copyOfRange(values, Math.max(0, values.length - season), values.length);
    }

    @Override
    public double[] last() {
        double[] there = present(values);
        return constant(there.length == 0 ? Double.NaN : there[there.length - 1]);
    }

    @Override
    public double[] constant(double number) {
        return new double[] {number};
    }

    @Override
    public double[] mean(double[] x) {
        double[] there = present(x);
        return constant(there.length == 0 ? 0 : Moments.mean(there, 0, there.length));
    }

    @Override
    public double[] deviation(double[] x) {
        double[] there = present(x);
        double mean = there.length == 0 ? 0 : Moments.mean(there, 0, there.length);
        return constant(Moments.deviation(there, mean, 0, there.length));
    }

    @Override
    public double[] rootMeanSquare(double[] x) {
        double[] there = present(x);
        double squares = 0;
        for (double v : there) {
            squares += v * v;
        }
        return constant(there.length == 0 ? 0 : Math.sqrt(squares / there.length));
    }

    @Override
    public double[] median(double[] x) {
        double[] sorted = present(x).clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return constant(n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
    }

    @Override
    public double[] least(double[] x) {
        return constant(Arrays.stream(present(x)).min().orElse(0));
    }

    @Override
    public double[] largest(double[] x) {
        return constant(Arrays.stream(present(x)).max().orElse(0));
    }

    @Override
    public double[] absolute(double[] x) {
        return Arrays.stream(x).map(Math::abs).toArray();
    }

    @Override
    public double[] plus(double[] x, double[] y) {
        return each(x, y, Double::sum);
    }

    @Override
    public double[] minus(double[] x, double[] y) {
        return each(x, y, (a, b) -> a - b);
    }

    @Override
    public double[] times(double[] x, double[] y) {
        return each(x, y, (a, b) -> a * b);
    }

    @Override
    public double[] smaller(double[] x, double[] y) {
        return each(x, y, Math::min);
    }

    @Override
    public double[] larger(double[] x, double[] y) {
        return each(x, y, Math::max);
    }

    @Override
    public double[] positiveOr(double[] x, double[] y) {
        return each(x, y, (a, b) -> a > 0 ? a : b);
    }

    private static double[] each(double[] x, double[] y, DoubleBinaryOperator operator) {
        double[] result = new double[Math.max(x.length, y.length)];
        Arrays.setAll(result, i -> operator.applyAsDouble(x[x.length == 1 ? 0 : i], y[y.length == 1 ? 0 : i]));
        return result;
    }

    /** The array itself where nothing is missing. */
    private static double[] present(double[] x) {
        for (double v : x) {
            if (Double.isNaN(v)) {
                return Arrays.stream(x).filter(number -> !Double.isNaN(number)).toArray();
            }
        }
        return x;
    }
}
