package dev.namaskar.series;

import java.util.Arrays;

/**
 * What is said about the steps after an origin.
 *
 * @param series the series' name
 * @param times the time of each step, {@code [H]}
 * @param point the forecast, {@code [H]}
 * @param levels probabilities of the intervals, ascending, such as 0.8 and 0.95
 * @param lower lower ends, {@code [levels][H]}
 * @param upper upper ends, {@code [levels][H]}
 */
public record Forecast(
        String series, long[] times, double[] point, double[] levels, double[][] lower, double[][] upper) {
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

    /** The first steps alone. */
    Forecast first(int steps) {
        double[][] lows = new double[levels.length][];
        double[][] highs = new double[levels.length][];
        Arrays.setAll(lows, l -> Arrays.copyOf(lower[l], steps));
        Arrays.setAll(highs, l -> Arrays.copyOf(upper[l], steps));
        return new Forecast(series, Arrays.copyOf(times, steps), Arrays.copyOf(point, steps), levels, lows, highs);
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
}
