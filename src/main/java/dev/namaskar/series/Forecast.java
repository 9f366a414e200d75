package dev.namaskar.series;

import dev.namaskar.series.notation.Frequency;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is said about the steps after an origin.
 *
 * @param series the series' name
 * @param frequency the step, which says what times mean
 * @param times the time of each step, {@code [H]}
 * @param point the forecast, {@code [H]}
 * @param levels probabilities of the intervals, ascending, such as 0.8 and 0.95
 * @param lower lower ends, {@code [levels][H]}
 * @param upper upper ends, {@code [levels][H]}
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of results, never compared
public record Forecast(
        String series,
        Frequency frequency,
        long[] times,
        double[] point,
        double[] levels,
        double[][] lower,
        double[][] upper) {
    /** Checks that everything has the horizon's length. */
    public Forecast {
        Levels.check(levels);
        boolean fits = times.length == point.length && lower.length == levels.length && upper.length == levels.length;
        for (int l = 0; fits && l < levels.length; l++) {
            fits = lower[l].length == point.length && upper[l].length == point.length;
        }
        if (!fits) {
            throw new IllegalArgumentException("series \"" + series + "\": expected " + point.length + " steps and "
                    + levels.length + " levels throughout the forecast");
        }
    }

    /** A forecast of rows that are merely counted. */
    public Forecast(String series, long[] times, double[] point, double[] levels, double[][] lower, double[][] upper) {
        this(series, new Frequency(Frequency.Unit.ROW, 1), times, point, levels, lower, upper);
    }

    /** The same series and times with another point forecast and other intervals. */
    public Forecast with(double[] middle, double[] probabilities, double[][] lows, double[][] highs) {
        return new Forecast(series, frequency, times, middle, probabilities, lows, highs);
    }

    /** The mean of two forecasts of the same steps: of their points, and of the ends of their intervals. */
    Forecast mean(Forecast other) {
        double[][] lows = new double[levels.length][];
        double[][] highs = new double[levels.length][];
        for (int l = 0; l < levels.length; l++) {
            lows[l] = mean(lower[l], other.lower[l]);
            highs[l] = mean(upper[l], other.upper[l]);
        }
        return with(mean(point, other.point), levels, lows, highs);
    }

    /** The mean of two arrays, value by value. */
    static double[] mean(double[] a, double[] b) {
        double[] mean = new double[a.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (a[i] + b[i]) / 2;
        }
        return mean;
    }

    /** The first steps alone. */
    public Forecast first(int steps) {
        double[][] lows = new double[levels.length][];
        double[][] highs = new double[levels.length][];
        for (int l = 0; l < levels.length; l++) {
            lows[l] = Arrays.copyOf(lower[l], steps);
            highs[l] = Arrays.copyOf(upper[l], steps);
        }
        return new Forecast(
                series, frequency, Arrays.copyOf(times, steps), Arrays.copyOf(point, steps), levels, lows, highs);
    }

    /** Number of steps. */
    public int horizon() {
        return point.length;
    }

    /**
     * The place of a level.
     *
     * @throws IllegalArgumentException that names the levels there are
     */
    public int level(double probability) {
        return Levels.place(levels, probability);
    }

    /** A line a step: time, forecast, and every interval. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(series).append(", ").append(horizon()).append(horizon() == 1 ? " step" : " steps");
        for (int h = 0; h < horizon(); h++) {
            text.append(String.format(Locale.ROOT, "%n  %-12s %12s", frequency.text(times[h]), number(point[h])));
            for (int l = 0; l < levels.length; l++) {
                text.append("   ").append(Levels.percent(levels[l])).append(" %: ");
                text.append(number(lower[l][h])).append(" to ").append(number(upper[l][h]));
            }
        }
        return text.toString();
    }

    /** Five digits, as a person would write them. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || (size != 0 && (size < 1e-3 || size >= 1e9))) {
            return String.format(Locale.ROOT, "%.4g", value);
        }
        int whole = size < 1 ? 1 : (int) Math.floor(Math.log10(size)) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, 5 - whole) + "f", value);
    }
}
