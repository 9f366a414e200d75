package dev.namaskar.series;

import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Rolling-origin evaluation: at each origin every forecaster sees the series as they stood then and nothing else.
 *
 * <p>In a table whose series share a clock an origin is a moment: no series shows another's future. In a table with a
 * row a series, times mean nothing across rows and origins are counted from each series' end.
 *
 * @param horizon steps to forecast
 * @param folds number of origins
 * @param stride steps between origins; 0 for the horizon, or less where half of the longest series would not be left
 *     before the first
 * @param refit whether to fit anew at every origin; otherwise once at the first, with intervals calibrated at each
 * @param levels probabilities of the intervals
 * @param season the season of seasonal naive and of scaled errors; 0 for the one that the table shows at the first origin
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of settings, never compared
public record Backtest(int horizon, int folds, int stride, boolean refit, double[] levels, int season) {
    /** Origins of those who ask for none. */
    public static final int USUAL_FOLDS = 10;

    private static final int NAMED = 8;

    /** Checks the sizes. */
    public Backtest {
        if (horizon < 1 || folds < 1 || stride < 0 || season < 0) {
            throw new IllegalArgumentException("expected horizon and folds of at least 1, stride and season of at least"
                    + " 0, found " + horizon + ", " + folds + ", " + stride + " and " + season);
        }
        Levels.check(levels);
    }

    /** Ten folds of this horizon, fitted once, with intervals of 80 and 95 %. */
    public static Backtest of(int horizon) {
        return new Backtest(horizon, USUAL_FOLDS, 0, false, new double[] {0.8, 0.95}, 0);
    }

    /** With so many origins. */
    public Backtest folds(int count) {
        return new Backtest(horizon, count, stride, refit, levels, season);
    }

    /** With so many steps between origins. */
    public Backtest stride(int steps) {
        return new Backtest(horizon, folds, steps, refit, levels, season);
    }

    /** Fitting anew at every origin, or not. */
    public Backtest refit(boolean anew) {
        return new Backtest(horizon, folds, stride, anew, levels, season);
    }

    /** With intervals of these probabilities. */
    public Backtest levels(double... probabilities) {
        return new Backtest(horizon, folds, stride, refit, probabilities.clone(), season);
    }

    /** With another season for seasonal naive and scaled errors. */
    public Backtest season(int steps) {
        return new Backtest(horizon, folds, stride, refit, levels, steps);
    }

    /** Runs the usual forecaster, with all its settings chosen at the first origin, beside the baselines. */
    public BacktestReport run(Table table) {
        SeriesTraining training = SeriesModel.training().horizon(horizon).forecaster(s -> s.levels(levels));
        return run(table, training, List.of(), fold -> {});
    }

    /**
     * Runs a forecaster trained in this way, beside one's own and the baselines.
     *
     * @param training of the same horizon; what it leaves open is chosen at the first origin
     * @param others one's own, for comparison
     * @param progress told one line for each fold
     */
    public BacktestReport run(
            Table table, SeriesTraining training, List<Forecaster> others, Consumer<String> progress) {
        Backtest full = over(table, training);
        return full.run(table, full.forecasters(table, training, others), progress);
    }

    /** The forecaster trained in this way, chosen at the first origin, one's own, and the baselines. */
    public List<Forecaster> forecasters(Table table, SeriesTraining training, List<Forecaster> others) {
        List<Forecaster> all = new ArrayList<>();
        all.add(training.forecaster(training.choose(table, firstHistories(table))));
        all.addAll(others);
        all.addAll(LocalForecaster.baselines(season));
        return all;
    }

    /** The same with nothing open: stride and season as this table has them for such a training. */
    public Backtest over(Table table, SeriesTraining training) {
        Backtest origins = spaced(table);
        return season > 0 ? origins : origins.season(training.asked().season(origins.firstHistories(table)));
    }

    private Backtest spaced(Table table) {
        return stride > 0 ? this : stride(usualStride(table.series()));
    }

    /**
     * Steps between origins: the horizon, or less where the longest series would otherwise leave less than half of itself
     * before the first.
     */
    int usualStride(List<Series> series) {
        int longest = series.stream().mapToInt(Series::length).max().orElse(0);
        return folds < 2 ? horizon : Math.max(1, Math.min(horizon, (longest - longest / 2 - horizon) / (folds - 1)));
    }

    /** Runs one's own forecasters, the one that the verdict is about first, beside the baselines. */
    public BacktestReport run(Table table, Forecaster... own) {
        Backtest origins = spaced(table);
        Backtest full = season > 0 ? origins : origins.season(UsualSpec.season(origins.firstHistories(table)));
        List<Forecaster> all = new ArrayList<>(List.of(own));
        all.addAll(LocalForecaster.baselines(full.season()));
        return full.run(table, all, fold -> {});
    }

    /**
     * An origin of a table.
     *
     * @param fold counted from 1
     * @param lengths of every series' history by then; 0 for a series not yet begun
     * @param scored the series with enough before it to forecast from and enough behind it to score
     */
    public record Origin(int fold, int[] lengths, List<Integer> scored) {}

    /** Who has fitted forecasters forecast: this machine, or a cluster. */
    @FunctionalInterface
    public interface Forecasts {
        /** The results of every forecaster in their order, each for the scored series in the table's. */
        List<BacktestReport.Result> at(Origin origin, List<Forecaster> forecasters, List<Forecaster.Fitted> fitted);
    }

    /**
     * Runs all folds; the first forecaster is the one the verdict is about.
     *
     * @param progress told one line for each fold
     * @throws IllegalArgumentException when the table is too short for the folds
     */
    public BacktestReport run(Table table, List<Forecaster> forecasters, Consumer<String> progress) {
        return run(table, forecasters, progress, (origin, all, fitted) -> {
            List<BacktestReport.Result> results = new ArrayList<>();
            for (int f = 0; f < all.size(); f++) {
                for (int i : origin.scored()) {
                    Series series = table.series().get(i);
                    results.add(result(origin.fold(), all.get(f).name(), fitted.get(f), series, origin.lengths()[i]));
                }
            }
            return results;
        });
    }

    /** The same, with forecasts made elsewhere: each depends on its series and the fitted forecaster alone. */
    public BacktestReport run(
            Table table, List<Forecaster> forecasters, Consumer<String> progress, Forecasts forecasts) {
        int shortest = forecasters.stream().mapToInt(Forecaster::shortest).max().orElse(1);
        int[][] origins = origins(table);
        List<BacktestReport.Result> results = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>();
        table.series().forEach(series -> left.add(series.id()));
        List<Forecaster.Fitted> fitted = List.of();
        for (int fold = 0; fold < folds; fold++) {
            int[] lengths = origins[fold];
            List<Series> histories = histories(table.series(), lengths);
            List<Integer> scored = scored(table.series(), lengths, shortest);
            if (scored.isEmpty()) {
                throw tooShort(table, shortest);
            }
            List<Forecaster.Fitted> now = new ArrayList<>();
            for (int f = 0; f < forecasters.size(); f++) {
                Forecaster forecaster = forecasters.get(f);
                now.add(fold == 0 ? forecaster.fit(histories) : forecaster.next(fitted.get(f), histories, refit));
            }
            fitted = now;
            results.addAll(forecasts.at(new Origin(fold + 1, lengths, scored), forecasters, fitted));
            scored.forEach(i -> left.remove(table.series().get(i).id()));
            progress.accept("fold " + (fold + 1) + " of " + folds + ": " + scored.size()
                    + (scored.size() < table.series().size()
                            ? " of " + table.series().size()
                            : "") + " series");
        }
        if (!left.isEmpty()) {
            progress.accept(left.size() + " of " + table.series().size()
                    + " series are scored in no fold, for they begin"
                    + " too late or end too early for its origins: "
                    + left.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (left.size() > NAMED ? ", ..." : "") + " (fewer `folds` or a shorter `context` may score them)");
        }
        return new BacktestReport(
                this, forecasters.stream().map(Forecaster::name).toList(), results);
    }

    /** What a fitted forecaster says of a series from its first so many values, beside the actual values. */
    public BacktestReport.Result result(int fold, String model, Forecaster.Fitted fitted, Series series, int length) {
        Series history = series.upTo(length);
        Forecast forecast = fitted.forecast(history, horizon, levels);
        double[] actual = series.values(length, length + horizon);
        return new BacktestReport.Result(fold, model, new Outcome(forecast, actual, Outcome.scale(history, season)));
    }

    /** What can be seen at the first origin: all that settings may be chosen from. */
    public List<Series> firstHistories(Table table) {
        List<Series> first = histories(table.series(), origins(table)[0]);
        if (first.isEmpty()) {
            throw tooShort(table, 1);
        }
        return first;
    }

    /** What can be seen of series where so much of each is known. */
    public static List<Series> histories(List<Series> series, int[] lengths) {
        List<Series> histories = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                histories.add(series.get(i).upTo(lengths[i]));
            }
        }
        return histories;
    }

    /** The series with enough before the origin to forecast from and enough behind it to score. */
    private List<Integer> scored(List<Series> series, int[] lengths, int shortest) {
        List<Integer> scored = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] >= shortest && lengths[i] + horizon <= series.get(i).length()) {
                scored.add(i);
            }
        }
        return scored;
    }

    /** Lengths of every series' history at every origin, {@code [folds][series]}; 0 for a series not yet begun. */
    public int[][] origins(Table table) {
        List<Series> series = table.series();
        int[][] lengths = new int[folds][series.size()];
        long[] clock = table.aligned() ? clock(series) : new long[0];
        for (int fold = 0; fold < folds; fold++) {
            long back = horizon + (long) (folds - 1 - fold) * stride;
            for (int i = 0; i < series.size(); i++) {
                if (!table.aligned()) {
                    lengths[fold][i] = (int) Math.max(0, series.get(i).length() - back);
                } else if (back < clock.length) {
                    lengths[fold][i] = series.get(i).lengthBefore(clock[(int) (clock.length - back)]);
                }
            }
        }
        return lengths;
    }

    private static long[] clock(List<Series> series) {
        return series.stream()
                .flatMapToLong(s -> Arrays.stream(s.times(), 0, s.length()))
                .sorted()
                .distinct()
                .toArray();
    }

    private IllegalArgumentException tooShort(Table table, int shortest) {
        int longest = table.series().stream().mapToInt(Series::length).max().orElse(0);
        long needed = shortest + horizon + (long) (folds - 1) * stride;
        return new IllegalArgumentException(folds + " folds of horizon " + horizon + " every " + stride
                + " steps need at least " + needed + " values (" + shortest
                + " before the first origin); the longest series has " + longest
                + "; take fewer folds, a shorter horizon or a shorter context");
    }
}
