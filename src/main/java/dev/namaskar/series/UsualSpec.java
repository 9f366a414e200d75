package dev.namaskar.series;

import java.util.List;

/**
 * Settings for those who gave none, chosen from histories alone: never from what comes after them.
 *
 * <p>Where repeating the last value foresees the horizon better than repeating the last season, a series walks at
 * random more than it repeats itself: the network then starts from the last value and sees (log) returns.
 */
public final class UsualSpec {
    private static final int LEAST_CONTEXT = 24;
    private static final int ORIGINS = 200;
    private static final long PASSES = 100;
    private static final long LEAST_STEPS = 100;
    private static final long MOST_STEPS = 1000;

    private UsualSpec() {}

    /** Whether the last value is the better starting point than the last season. */
    public static boolean walks(List<Series> histories, int season, int horizon) {
        if (season == 1) {
            return true;
        }
        double last = 0;
        double seasonal = 0;
        for (Series series : histories) {
            double scale = Outcome.scale(series, season);
            int first = Math.max(season, series.length() - horizon - ORIGINS);
            for (int origin = first; scale > 0 && origin + horizon <= series.length(); origin++) {
                for (int h = 0; h < horizon; h++) {
                    double y = series.value(origin + h);
                    last += Math.abs(y - series.value(origin - 1)) / scale;
                    seasonal += Math.abs(y - series.value(SeasonalNaive.lag(origin, h, season))) / scale;
                }
            }
        }
        return last < seasonal;
    }

    /** The transform: log returns or differences for series that walk, the level or the standard scale for the others. */
    public static String transform(List<Series> histories, boolean walks) {
        boolean positive = histories.stream().allMatch(UsualSpec::isPositive);
        if (walks) {
            return positive ? "logreturn" : "difference";
        }
        return positive ? "level" : "standard";
    }

    private static boolean isPositive(Series series) {
        for (double value : series.raw()) {
            if (!(value > 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A context of two seasons or two horizons, but no more than a third of the median history, in whole patches.
     *
     * @param longestSkip the history must reach this far anyway
     */
    public static int context(List<Series> histories, int season, int horizon, int longestSkip, int patch) {
        int[] lengths = histories.stream().mapToInt(Series::length).sorted().toArray();
        int median = lengths.length == 0 ? 0 : lengths[lengths.length / 2];
        int wanted = Math.max(Math.max(2 * season, 2 * horizon), Math.max(LEAST_CONTEXT, longestSkip));
        int context = Math.min(wanted, Math.max(1, median / 3));
        return Math.max(patch, context - context % patch);
    }

    /**
     * Steps between the origins of a back-test: the horizon, or less where the longest series would otherwise leave
     * less than half of itself before the first.
     */
    public static int stride(List<Series> series, int horizon, int folds) {
        int longest = series.stream().mapToInt(Series::length).max().orElse(0);
        return folds < 2 ? horizon : Math.max(1, Math.min(horizon, (longest - longest / 2 - horizon) / (folds - 1)));
    }

    /** Different windows that histories hold. */
    public static long windows(List<Series> histories, ForecastSpec spec) {
        return histories.stream()
                .mapToLong(s -> Math.max(0, s.length() - spec.horizon() - spec.shortest() + 1))
                .sum();
    }

    /**
     * Training steps: a hundred passes over the windows, for a small history is soon learnt by heart, within bounds.
     *
     * @param batch windows in a step
     */
    public static long steps(long windows, int batch) {
        return Math.max(LEAST_STEPS, Math.min(MOST_STEPS, PASSES * ((windows + batch - 1) / batch)));
    }
}
