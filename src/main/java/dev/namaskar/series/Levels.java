package dev.namaskar.series;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Probabilities of central prediction intervals: 0.95 lies between the quantiles 0.025 and 0.975. */
public final class Levels {
    private static final double SAME = 1e-9;

    private Levels() {}

    /** Reads percentages ({@code 80,95}) into ascending probabilities. */
    public static double[] parse(String percentages) {
        try {
            double[] levels = Arrays.stream(percentages.split(",", -1))
                    .mapToDouble(p -> Double.parseDouble(p.trim()) / 100)
                    .sorted()
                    .toArray();
            check(levels);
            return levels;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected levels as percentages such as 80,95, found '" + percentages + "'", e);
        }
    }

    /** The level as a percentage for column names: {@code 95}, {@code 99.5}. */
    public static String percent(double level) {
        double rounded = Math.rint(level * 1e8) / 1e6;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%s", rounded);
    }

    /** Checks that levels are probabilities, ascending. */
    public static void check(double[] levels) {
        for (int i = 0; i < levels.length; i++) {
            if (!(levels[i] > 0 && levels[i] < 1) || (i > 0 && levels[i] <= levels[i - 1])) {
                throw new IllegalArgumentException(
                        "expected ascending levels between 0 and 100 %, found " + percents(levels));
            }
        }
    }

    static int place(double[] levels, double level) {
        for (int i = 0; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < SAME) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "no interval of " + percent(level) + " % here; there are " + percents(levels));
    }

    static String percents(double[] levels) {
        return Arrays.stream(levels).mapToObj(Levels::percent).collect(Collectors.joining(", "));
    }
}
