package dev.namaskar.series.interval;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.notation.Frequency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Futures that could come, step by step and for all series together, each as likely as the others.
 *
 * <p>At every step of every series the values are the quantiles of the calibrated forecast at {@code (i + 1/2) / N}: the
 * intervals stay what they are. What goes with what is learned from windows at the table's end: the model forecasts them
 * from what came before, and the ranks of what came among its quantiles say how steps and series hang together (the
 * Schaake shuffle: Clark et al. 2004). Paths take the windows in turn; within one, ranks are drawn.
 *
 * <pre>{@code
 * SamplePaths paths = SamplePaths.of(model, table.series(), 12, 1000, 1);
 * Forecast all = paths.sum("all", List.of(0, 1, 2), 0.8, 0.95);
 * }</pre>
 *
 * @param forecasts the forecast of each series, whose times the steps have
 * @param values of the paths, {@code [series][path][H]}
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of results, never compared
public record SamplePaths(List<Forecast> forecasts, double[][][] values) {
    /** With fewer windows nothing is known of how steps hang together. */
    public static final int LEAST_WINDOWS = 10;

    private static final int MOST_WINDOWS = 300;
    private static final int LEAST_PATHS = 2;
    private static final int MOST_PATHS = 100_000;
    private static final double[] SCORED = {0.5, 0.8, 0.95};

    /** Copies the list. */
    public SamplePaths {
        forecasts = List.copyOf(forecasts);
    }

    /**
     * Draws paths.
     *
     * @param horizon steps, at most the model's
     * @param paths how many, 2 to 100,000
     * @param seed of everything drawn at random
     * @throws IllegalArgumentException where a series is not what the model reads, or all are too short to learn from
     */
    public static SamplePaths of(SeriesModel model, List<Series> histories, int horizon, int paths, long seed) {
        if (paths < LEAST_PATHS || paths > MOST_PATHS) {
            throw new IllegalArgumentException(
                    "expected " + LEAST_PATHS + " to " + MOST_PATHS + " paths, found " + paths);
        }
        double[] levels = new double[paths / 2];
        Arrays.setAll(levels, i -> 1 - (2 * (levels.length - 1 - i) + 1.0) / paths);
        List<Forecast> forecasts = model.forecast(histories, horizon, levels);
        double[][][] scores = scores(model, histories, horizon);
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
        int[] window = windows(scores[0].length, paths, random);
        double[][][] values = new double[histories.size()][paths][horizon];
        for (int s = 0; s < values.length; s++) {
            for (int h = 0; h < horizon; h++) {
                int[] order = order(scores[s], window, h, random);
                for (int rank = 0; rank < paths; rank++) {
                    values[s][order[rank]][h] = quantile(forecasts.get(s), h, rank, paths);
                }
            }
        }
        return new SamplePaths(forecasts, values);
    }

    /** The quantile of a rank among so many. */
    private static double quantile(Forecast forecast, int h, int rank, int paths) {
        int most = forecast.levels().length - 1;
        if (paths % 2 == 1 && rank == paths / 2) {
            return forecast.point()[h];
        }
        return rank < paths / 2 ? forecast.lower()[most - rank][h] : forecast.upper()[most - (paths - 1 - rank)][h];
    }

    /** What came, by its place on the forecast's line: {@code [series][window][H]}, not a number where it is not known. */
    private static double[][][] scores(SeriesModel model, List<Series> histories, int horizon) {
        int shortest = model.spec().shortest();
        int longest = histories.stream().mapToInt(Series::length).max().orElse(0);
        int there = longest - horizon - shortest + 1;
        if (there < LEAST_WINDOWS) {
            throw new IllegalArgumentException("how steps hang together is learned from at least " + LEAST_WINDOWS
                    + " windows of " + shortest + " values and " + horizon + " after them, and the longest history of "
                    + longest + " values has " + Math.max(0, there) + "; take a shorter `horizon`");
        }
        int count = Math.min(MOST_WINDOWS, there);
        int stride = there / count;
        double[][][] scores = new double[histories.size()][count][horizon];
        List<Series> from = new ArrayList<>();
        List<Integer> origins = new ArrayList<>();
        List<double[]> into = new ArrayList<>();
        long end =
                histories.stream().mapToLong(s -> s.time(s.length() - 1)).max().orElse(0);
        for (int s = 0; s < scores.length; s++) {
            Series one = histories.get(s);
            for (int w = 0; w < count; w++) {
                Arrays.fill(scores[s][w], Double.NaN);
                int origin = origin(one, end, horizon + w * stride);
                if (origin >= shortest && origin < one.length()) {
                    from.add(one);
                    origins.add(origin);
                    into.add(scores[s][w]);
                }
            }
        }
        int[] places = origins.stream().mapToInt(i -> i).toArray();
        List<Forecast> said = model.forecastAt(from, places, horizon, SCORED);
        for (int i = 0; i < places.length; i++) {
            for (int h = 0; h < horizon && places[i] + h < from.get(i).length(); h++) {
                double actual = from.get(i).value(places[i] + h);
                if (!Double.isNaN(actual)) {
                    double out = QuantileLine.of(said.get(i), h).distance(actual);
                    into.get(i)[h] = actual < said.get(i).point()[h] ? -out : out;
                }
            }
        }
        return scores;
    }

    /** The place of the same moment in every series, or as far back from its own end where times are merely counted. */
    private static int origin(Series one, long end, int back) {
        Frequency frequency = one.frequency();
        return frequency.isClock() ? one.lengthBefore(frequency.plus(end, 1 - (long) back)) : one.length() - back;
    }

    /** The window of each path: all in turn, in an order drawn anew each time. */
    private static int[] windows(int count, int paths, SplitMix64 random) {
        int[] all = IntStream.range(0, count).toArray();
        int[] window = new int[paths];
        for (int p = 0; p < paths; p++) {
            int place = p % count;
            int other = place + random.nextInt(count - place);
            int taken = all[other];
            all[other] = all[place];
            all[place] = taken;
            window[p] = taken;
        }
        return window;
    }

    /** The paths in the order of what came at a step of their windows; where nothing is known a place is drawn. */
    private static int[] order(double[][] scores, int[] window, int h, SplitMix64 random) {
        double[] known = Arrays.stream(scores)
                .mapToDouble(w -> w[h])
                .filter(v -> !Double.isNaN(v))
                .toArray();
        double[] key = new double[window.length];
        long[] tie = new long[window.length];
        for (int p = 0; p < key.length; p++) {
            double score = scores[window[p]][h];
            key[p] = !Double.isNaN(score) ? score : known.length == 0 ? 0 : known[random.nextInt(known.length)];
            tie[p] = random.nextLong();
        }
        return IntStream.range(0, key.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(p -> key[p]).thenComparingLong(p -> tie[p]))
                .mapToInt(p -> p)
                .toArray();
    }

    /**
     * The forecast of a sum over series: the median of the paths' sums, and its intervals.
     *
     * @param name of the sum
     * @param of places of the series that are added
     * @param levels probabilities of the intervals, ascending
     * @throws IllegalArgumentException where the series do not end together
     */
    public Forecast sum(String name, List<Integer> of, double... levels) {
        Forecast first = forecasts.get(of.get(0));
        double[][] sums = new double[first.horizon()][values[of.get(0)].length];
        for (int s : of) {
            if (!Arrays.equals(forecasts.get(s).times(), first.times())) {
                throw new IllegalArgumentException("a sum needs series that end together: \"" + first.series()
                        + "\" is forecast from " + first.frequency().text(first.times()[0]) + " on, \""
                        + forecasts.get(s).series() + "\" from "
                        + first.frequency().text(forecasts.get(s).times()[0]));
            }
            for (int p = 0; p < values[s].length; p++) {
                for (int h = 0; h < sums.length; h++) {
                    sums[h][p] += values[s][p][h];
                }
            }
        }
        double[] point = new double[sums.length];
        double[][] lower = new double[levels.length][sums.length];
        double[][] upper = new double[levels.length][sums.length];
        for (int h = 0; h < sums.length; h++) {
            Arrays.sort(sums[h]);
            point[h] = at(sums[h], 0.5);
            for (int l = 0; l < levels.length; l++) {
                lower[l][h] = at(sums[h], (1 - levels[l]) / 2);
                upper[l][h] = at(sums[h], (1 + levels[l]) / 2);
            }
        }
        return new Forecast(name, first.frequency(), first.times(), point, levels.clone(), lower, upper);
    }

    /**
     * Sums over the series that columns call alike: {@code kind=food}; over all of them, called {@code all}, without any.
     *
     * @param histories the series, in the order of the paths
     * @param columns that name the series or are static
     */
    public List<Forecast> sums(List<Series> histories, List<String> columns, double... levels) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int s = 0; s < histories.size(); s++) {
            List<String> parts = new ArrayList<>();
            for (String column : columns) {
                String said = histories.get(s).labels().get(column);
                if (said == null) {
                    throw new IllegalArgumentException("expected a column \"" + column
                            + "\" that names the series or is static, found "
                            + histories.get(s).labels().keySet());
                }
                parts.add(column + "=" + said);
            }
            groups.computeIfAbsent(parts.isEmpty() ? "all" : String.join(",", parts), name -> new ArrayList<>())
                    .add(s);
        }
        List<Forecast> sums = new ArrayList<>();
        groups.forEach((name, of) -> sums.add(sum(name, of, levels)));
        return sums;
    }

    /** The value below which a share of the sorted ones lies, on a line between neighbours. */
    private static double at(double[] sorted, double share) {
        double place = Math.max(0, Math.min(sorted.length - 1.0, share * sorted.length - 0.5));
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
