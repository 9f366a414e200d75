package dev.namaskar.spark.evaluate;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.spark.SparkFailure;
import dev.namaskar.spark.table.SeriesRow;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A back-test that a cluster makes, with the report of one machine to the bit: networks are trained a task each, those of
 * all folds at once, and forecasts made series by series. What forecasters the cluster does not know, those of one's own,
 * are fitted and asked by the driver; so are networks that go on with others or have minutes to train in.
 */
public final class SparkBacktest implements Backtest.Forecasts {
    /** Tasks for each core, so that one with slow series does not keep all waiting. */
    private static final int TASKS_A_CORE = 4;

    private final JavaSparkContext context;
    private final Backtest setting;
    private final Table table;
    private final JavaRDD<Placed> rows;

    private SparkBacktest(JavaSparkContext context, Backtest setting, Table table, JavaRDD<Placed> rows) {
        this.context = context;
        this.setting = setting;
        this.table = table;
        this.rows = rows;
    }

    /** A series and its place in the table. */
    private record Placed(int place, SeriesRow row) implements Serializable {}

    /**
     * A forecaster that travels.
     *
     * @param place among the forecasters
     * @param name of a baseline; with a model that of the model
     * @param model a trained forecaster's file, or null for a baseline
     */
    private record Sent(int place, String name, byte @Nullable [] model) implements Serializable {
        Forecaster.Fitted fitted(int season) throws IOException {
            return model == null ? baseline(name, season) : KeptModel.open(model);
        }
    }

    /** A back-test, a fold of it, and who forecasts. */
    private record Order(
            int fold,
            int[] lengths,
            List<Integer> scored,
            List<Sent> forecasters,
            int horizon,
            int stride,
            double[] levels,
            int season)
            implements Serializable {
        Backtest setting() {
            return new Backtest(horizon, 1, stride, false, levels, season);
        }
    }

    /** A forecast that travels back, with what its errors are scaled by. */
    private record Told(
            int forecaster,
            int series,
            long[] times,
            double[] point,
            double[] levels,
            double[][] lower,
            double[][] upper,
            double scale)
            implements Serializable {}

    /**
     * Runs a forecaster trained in this way beside one's own and the baselines.
     *
     * @param training of the same horizon; what it leaves open is chosen at the first origin
     * @param others one's own, for comparison
     * @param progress told one line for each fold
     * @throws IllegalArgumentException when the table is too short for the folds
     */
    public static BacktestReport run(
            SparkSession spark,
            Backtest backtest,
            Table table,
            SeriesTraining training,
            List<Forecaster> others,
            Consumer<String> progress) {
        Backtest full = backtest.over(table, training);
        return run(spark, full, table, full.forecasters(table, training, others), progress);
    }

    /** The same of any forecasters, the first the one that the verdict is about; stride and season must be said. */
    public static BacktestReport run(
            SparkSession spark,
            Backtest backtest,
            Table table,
            List<Forecaster> forecasters,
            Consumer<String> progress) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<Series> series = table.series();
        List<Placed> placed = IntStream.range(0, series.size())
                .mapToObj(i -> new Placed(i, SeriesRow.of(series.get(i))))
                .toList();
        int tasks = Math.min(series.size(), TASKS_A_CORE * context.defaultParallelism());
        JavaRDD<Placed> rows = context.parallelize(placed, Math.max(1, tasks)).cache();
        try {
            return backtest.run(
                    table,
                    forecasters.stream()
                            .map(one -> spread(context, one, backtest, table))
                            .toList(),
                    progress,
                    new SparkBacktest(context, backtest, table, rows));
        } finally {
            rows.unpersist(false);
        }
    }

    private static Forecaster spread(JavaSparkContext context, Forecaster one, Backtest backtest, Table table) {
        if (!(one instanceof NetworkForecaster network)
                || !network.fitting().begin().isEmpty()) {
            return one;
        }
        // Wherever a network is trained, the same library multiplies.
        NetworkForecaster settled = network.fitting(
                how -> how.run(r -> r.gemm() == null ? r.withGemm(GemmChoice.of(GemmLibrary.best())) : r));
        return new SpreadForecaster(context, settled, backtest, table);
    }

    @Override
    public List<BacktestReport.Result> at(
            Backtest.Origin origin, List<Forecaster> forecasters, List<Forecaster.Fitted> fitted) {
        List<Sent> sent = new ArrayList<>();
        List<Ended> done = new ArrayList<>();
        for (int f = 0; f < forecasters.size(); f++) {
            Sent one = sent(f, forecasters.get(f), fitted.get(f));
            if (one != null) {
                sent.add(one);
                continue;
            }
            for (int i : origin.scored()) {
                done.add(new Ended(
                        f,
                        i,
                        setting.result(
                                origin.fold(),
                                forecasters.get(f).name(),
                                fitted.get(f),
                                table.series().get(i),
                                origin.lengths()[i])));
            }
        }
        for (Told told : job(origin, sent)) {
            String model = forecasters.get(told.forecaster()).name();
            done.add(new Ended(told.forecaster(), told.series(), result(origin, model, told)));
        }
        done.sort(Comparator.comparingInt(Ended::forecaster).thenComparingInt(Ended::series));
        return done.stream().map(Ended::result).toList();
    }

    /** A result and its place in the report. */
    private record Ended(int forecaster, int series, BacktestReport.Result result) {}

    private @Nullable Sent sent(int place, Forecaster forecaster, Forecaster.Fitted fitted) {
        if (fitted instanceof SeriesModel model) {
            return new Sent(place, forecaster.name(), bytes(model));
        }
        return LocalForecaster.baselines(setting.season()).contains(forecaster)
                ? new Sent(place, forecaster.name(), null)
                : null;
    }

    private static Forecaster.Fitted baseline(String name, int season) {
        return LocalForecaster.baselines(season).stream()
                .filter(forecaster -> forecaster.name().equals(name))
                .findFirst()
                .orElseThrow()
                .fit(List.of());
    }

    private static byte[] bytes(SeriesModel model) {
        try {
            Path file = Files.createTempFile("namaskar-model-", ".safetensors");
            try {
                model.write(file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Told> job(Backtest.Origin origin, List<Sent> sent) {
        if (sent.isEmpty()) {
            return List.of();
        }
        Broadcast<Order> order = context.broadcast(new Order(
                origin.fold(),
                origin.lengths(),
                new ArrayList<>(origin.scored()),
                sent,
                setting.horizon(),
                setting.stride(),
                setting.levels(),
                setting.season()));
        try {
            return rows.mapPartitions(part -> told(part, order.value())).collect();
        } catch (Exception e) {
            throw SparkFailure.of(e);
        } finally {
            order.destroy();
        }
    }

    private static Iterator<Told> told(Iterator<Placed> part, Order order) throws IOException {
        Backtest setting = order.setting();
        List<Told> told = new ArrayList<>();
        while (part.hasNext()) {
            Placed placed = part.next();
            int length = order.lengths()[placed.place()];
            if (java.util.Collections.binarySearch(order.scored(), placed.place()) < 0) {
                continue;
            }
            Series series = placed.row().series();
            for (Sent sent : order.forecasters()) {
                Outcome outcome = setting.result(order.fold(), sent.name(), sent.fitted(order.season()), series, length)
                        .outcome();
                Forecast forecast = outcome.forecast();
                told.add(new Told(
                        sent.place(),
                        placed.place(),
                        forecast.times(),
                        forecast.point(),
                        forecast.levels(),
                        forecast.lower(),
                        forecast.upper(),
                        outcome.scale()));
            }
        }
        return told.iterator();
    }

    private BacktestReport.Result result(Backtest.Origin origin, String model, Told told) {
        Series series = table.series().get(told.series());
        int length = origin.lengths()[told.series()];
        Forecast forecast = new Forecast(
                series.id(), series.frequency(), told.times(), told.point(), told.levels(), told.lower(), told.upper());
        double[] actual = series.values(length, length + setting.horizon());
        return new BacktestReport.Result(origin.fold(), model, new Outcome(forecast, actual, told.scale()));
    }
}
