package dev.namaskar.series;

import dev.namaskar.series.baseline.SeasonalNaive;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.network.WindowSource;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.transform.Transforms;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Settings for those who gave none, chosen from histories alone: never from what comes after them.
 *
 * <p>Where repeating the last value forecasts the horizon better than repeating the last season, a series walks at
 * random more than it repeats itself: the network then starts from the last value and sees (log) returns. Not so where
 * the ups and downs themselves come back each season, as they do in a series that grows fast.
 */
public final class UsualSpec {
    private static final int LEAST_CONTEXT = 24;
    private static final int LEAST_BESIDE_METHODS = 8;
    private static final int ORIGINS = 200;
    private static final double CLEARLY = 0.95;
    private static final double LEAST_SHARE = 0.25;
    private static final int MOST_COMPARED = 200;
    private static final int MOST_MULTIPLE = 60;

    /** Of a longer season there have to be so many. */
    private static final int LEAST_LONGER = 4;

    private static final int SEASONS = 3;
    private static final int MOST_SEASONS = 16;
    private static final int MOST_LINEAR = 400;
    private static final int MOST_STARTS = 4;
    private static final int LEAST_PATCH = 7;
    private static final int MOST_PATCH = 200;
    private static final double SHORT_PART = 0.3;
    private static final int MANY_SEASONS = 8;

    /** Local methods that forecasts start from where the evidence is for it. */
    static List<String> methods(int season) {
        // Without a season the seasonal one repeats the last value already.
        return season == 1
                ? List.of("theta", "dotm", "damped", "ets", "seasonal_naive", ForecastSpec.COMBINED)
                : List.of("theta", "dotm", "damped", "ets", "seasonal_naive", "naive2", ForecastSpec.COMBINED);
    }

    private static final int MOST_SINGLE_STEPS = 200;
    private static final int MOST_PATCHES = 100;

    private UsualSpec() {}

    /** The methods that these histories may start from: counts that are mostly zero have one more. */
    static List<String> methods(List<Series> histories, int season) {
        List<String> methods = new ArrayList<>(methods(season));
        long sparse = histories.stream().filter(UsualSpec::isMostlyZero).count();
        if (2 * sparse >= histories.size()) {
            methods.add(methods.size() - 1, "tsb");
        }
        return methods;
    }

    /** Counts that are mostly zero, and come when they come: a season back is no sign of another. */
    static boolean isRare(List<Series> histories, int season) {
        return methods(histories, season).contains("tsb") && !SeasonDetector.isStrong(histories, season);
    }

    private static boolean isMostlyZero(Series series) {
        int zeros = 0;
        int others = 0;
        for (double value : series.raw()) {
            if (value < 0) {
                return false;
            }
            zeros += value == 0 ? 1 : 0;
            others += value > 0 ? 1 : 0;
        }
        return others > 0 && zeros >= others;
    }

    /**
     * The season: that of the clock or, where times are only counted or too close for a usual one, that which the values
     * themselves show.
     */
    public static int season(List<Series> histories) {
        Frequency frequency = histories.get(0).frequency();
        int usual = frequency.usualSeason();
        boolean counted = frequency.unit() == Frequency.Unit.ROW || frequency.unit() == Frequency.Unit.MILLISECOND;
        return usual == 1 && counted ? SeasonDetector.season(histories) : usual;
    }

    /** Whether the last value is the better starting point than the last season. */
    public static boolean walks(List<Series> histories, int season, int horizon) {
        if (season == 1) {
            return true;
        }
        if (SeasonDetector.isStrong(histories, season)) {
            return false;
        }
        return error(histories, season, horizon, season, 1) < error(histories, season, horizon, season, season);
    }

    /**
     * The past values to start from: one season back, or one to three where their mean forecasts the horizon clearly
     * better, as it does where seasons are alike but for noise.
     */
    public static int[] seasons(List<Series> histories, int season, int horizon) {
        int[] three = {season, 2 * season, 3 * season};
        int reach = 3 * season;
        boolean better = histories.stream().allMatch(series -> series.length() >= 2 * reach + horizon)
                && error(histories, season, horizon, reach, three)
                        < CLEARLY * error(histories, season, horizon, reach, season);
        return better ? three : new int[] {season};
    }

    /**
     * How many whole seasons a network may read that takes one of them a step: as many as leave half of most histories to
     * learn from.
     *
     * @return 0 where seasons are too short for it, too long or too few
     */
    static int readableSeasons(List<Series> histories, int season, int horizon) {
        int seasons = Math.min(MOST_SEASONS, (quantile(histories, SHORT_PART) - 2 * horizon) / (2 * season));
        return season >= LEAST_PATCH && season <= MOST_PATCH && seasons >= SEASONS ? seasons : 0;
    }

    /**
     * How many values a linear map of all that is read may read: whole seasons, two thirds of what most histories have beside
     * a horizon.
     *
     * @return 0 where seasons are too short for it, too long or too few
     */
    static int linearContext(List<Series> histories, int season, int horizon) {
        int there = 2 * (quantile(histories, SHORT_PART) - horizon) / (3 * season);
        int seasons = Math.min(there, Math.min(MOST_SEASONS, MOST_LINEAR / season));
        return season >= LEAST_PATCH && seasons > 1 ? seasons * season : 0;
    }

    /** The seasons back that forecasts of such a network start from. */
    static List<String> seasonsBack(int seasons, int season) {
        return IntStream.rangeClosed(1, Math.min(seasons, MOST_STARTS))
                .mapToObj(k -> Integer.toString(k * season))
                .toList();
    }

    /**
     * A season of seasons, such as the week in hours whose season is the day: the multiple of the season whose repetition
     * forecasts the horizon clearly better than the season's own in most series, if in no fewer than a quarter of them.
     *
     * @return its steps; 0 where there is none, or histories hold too few of it
     */
    static int longerSeason(List<Series> histories, int season, int horizon) {
        int apart = (histories.size() + MOST_COMPARED - 1) / MOST_COMPARED;
        int most = Math.min(MOST_MULTIPLE, (median(histories) - horizon) / (LEAST_LONGER * season));
        int best = 0;
        double largest = LEAST_SHARE;
        for (int k = 2; season > 1 && k <= most; k++) {
            int compared = 0;
            int better = 0;
            for (int i = 0; i < histories.size(); i += apart) {
                List<Series> one = List.of(histories.get(i));
                int longer = k * season;
                boolean clearly = error(one, season, horizon, longer, longer)
                        < CLEARLY * error(one, season, horizon, longer, season);
                better += clearly ? 1 : 0;
                compared++;
            }
            if (better > largest * compared) {
                largest = better / (double) compared;
                best = k * season;
            }
        }
        return best;
    }

    private static int median(List<Series> histories) {
        return quantile(histories, 0.5);
    }

    /** A length that so large a part of the histories does not reach. */
    private static int quantile(List<Series> histories, double part) {
        int[] lengths = histories.stream().mapToInt(Series::length).sorted().toArray();
        return lengths.length == 0 ? 0 : lengths[(int) (part * lengths.length)];
    }

    /**
     * How far off the mean of past values is, at the last origins of each series, in units of its seasonal differences.
     *
     * @param reach the first origin there may be: the same for whatever is compared
     */
    private static double error(List<Series> histories, int season, int horizon, int reach, int... lags) {
        double sum = 0;
        for (Series series : histories) {
            double scale = Outcome.scale(series, season);
            double[] values = series.filled(season);
            int first = Math.max(reach, series.length() - horizon - ORIGINS);
            for (int origin = first; scale > 0 && origin + horizon <= series.length(); origin++) {
                for (int h = 0; h < horizon; h++) {
                    double start = 0;
                    for (int lag : lags) {
                        start += values[SeasonalNaive.lag(origin, h, lag)] / lags.length;
                    }
                    sum += Math.abs(values[origin + h] - start) / scale;
                }
            }
        }
        return sum;
    }

    /** The transform: log returns or differences for series that walk, the level or the standard scale for the others. */
    public static String transform(List<Series> histories, boolean walks) {
        boolean positive = histories.stream().allMatch(UsualSpec::isPositive);
        if (walks) {
            return positive ? "logreturn" : "difference";
        }
        return positive ? "level" : "standard";
    }

    /**
     * The scale for forecasts that start from what local methods say: the level where the last season of every history, at
     * every time, has a positive mean and no value is negative; else the standard scale.
     */
    static String scaleBesideMethods(List<Series> histories, int season) {
        for (Series series : histories) {
            for (double value : series.raw()) {
                if (value < 0) {
                    return "standard";
                }
            }
            try {
                Transforms.named("level").check(series.filled(season), 0, series.length(), season);
            } catch (IllegalArgumentException e) {
                return "standard";
            }
        }
        return "level";
    }

    /** The transform for series that leave the domain of the one that was chosen: the nearest that takes any value. */
    public static String otherwise(ForecastSpec spec) {
        return spec.transform().equals("logreturn") ? "difference" : "standard";
    }

    private static boolean isPositive(Series series) {
        for (double value : series.raw()) {
            if (value <= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * How much history to read, in whole patches: of series that start from the last value two seasons, but no more than
     * a third of the median history; of those that start from a season three, for the ups and downs between two seasons
     * are told by one such step alone, or two of a longer season, but no more than half. Two horizons at least, within those
     * bounds.
     *
     * @param longestSkip how far back the start lies; the history must reach this far anyway
     */
    public static int context(List<Series> histories, int season, int horizon, int longestSkip, int patch) {
        boolean seasonal = longestSkip > 1;
        boolean longer = season > 1 && longestSkip > SEASONS * season && longestSkip % season == 0;
        int start = longer ? 2 * longestSkip : longestSkip;
        int wanted = Math.max(Math.max((seasonal ? SEASONS : 2) * season, 2 * horizon), Math.max(LEAST_CONTEXT, start));
        int context = Math.min(wanted, Math.max(1, median(histories) / (seasonal ? 2 : 3)));
        return Math.max(patch, context - context % patch);
    }

    /**
     * The context or, where a series is too short to train on with it, a season: in whole patches, so that windows of
     * all series take part as soon as they show one.
     */
    public static int leastContext(List<Series> histories, ForecastSpec spec) {
        boolean enough = histories.stream().allMatch(series -> WindowSource.origins(series, spec) > 0);
        int patch = spec.patch();
        int season = (Math.max(2, spec.season()) + patch - 1) / patch * patch;
        return enough ? spec.context() : Math.min(spec.context(), season);
    }

    /**
     * How much history to read where methods that saw all of it say what to start from: two seasons or a horizon, in whole
     * patches, if the longest history has as much beside a horizon to learn.
     */
    static int contextBesideMethods(List<Series> histories, int season, int horizon, int patch) {
        int longest = histories.stream().mapToInt(Series::length).max().orElse(0);
        int wanted = Math.max(Math.max(2 * season, horizon), LEAST_BESIDE_METHODS);
        int context = Math.min(wanted, Math.max(1, longest - horizon));
        return Math.max(patch, context - context % patch);
    }

    /**
     * How many values a step of the network reads: one, or where a window would have more than 200 steps the smallest part
     * of a season that leaves no more than 100, so that a step of training stays short whatever the season; a whole season
     * where there are many in the window.
     *
     * @param context values in a window
     */
    static int patch(int context, int season) {
        if (context <= MOST_SINGLE_STEPS) {
            return 1;
        }
        int least = (context + MOST_PATCHES - 1) / MOST_PATCHES;
        if (season > 1 && context >= MANY_SEASONS * season && season >= least) {
            return season;
        }
        for (int patch = least; patch <= season / 2; patch++) {
            if (season % patch == 0) {
                return patch;
            }
        }
        return least;
    }

    /** What to make do with then: a season, or some values where there is none. */
    static int leastContextBesideMethods(int season, int context, int patch) {
        int least = (Math.max(LEAST_BESIDE_METHODS / 2, season) + patch - 1) / patch * patch;
        return Math.min(context, least);
    }
}
