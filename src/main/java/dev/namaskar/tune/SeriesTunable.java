package dev.namaskar.tune;

import dev.namaskar.series.Backtest;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Metrics;
import dev.namaskar.train.run.TrainingListener;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A forecaster's training on a table: trials are chosen by a back-test inside it, whose networks see nothing of what then learns from all of the table.
 *
 * <p>What forecasts start from, and their transform, are chosen once for the usual network, at the first origin, as every
 * training chooses them: trials say them, so that none has to compare them again.
 */
final class SeriesTunable extends TrainingTunable<SeriesTraining, SeriesModel> {
    private final Table table;
    private final Backtest backtest;
    private volatile Map<String, Object> chosen = Map.of();

    SeriesTunable(Supplier<SeriesTraining> fresh, Table table, Backtest folds) {
        super(fresh, TunedSettings.ofSeries());
        this.table = table;
        backtest = folds.over(table, fresh.get());
    }

    @Override
    public String task() {
        return "series";
    }

    @Override
    public String measure() {
        return "mase";
    }

    @Override
    public Map<String, @Nullable Object> identity() {
        Map<String, @Nullable Object> identity = super.identity();
        identity.put("data", String.format(Locale.ROOT, "%016x", table.fingerprint()));
        identity.put("horizon", backtest.horizon());
        identity.put("folds", backtest.folds());
        identity.put("stride", backtest.stride());
        identity.put("refit", backtest.refit());
        return identity;
    }

    @Override
    public void prepare(Setup setup) {
        SeriesTraining usual = training(Map.of(), 1, setup, new TrainingListener() {});
        ForecastSpec spec = usual.choose(table, backtest.firstHistories(table));
        Map<String, Object> open = new LinkedHashMap<>();
        if (!asked().contains("starts")) {
            Stream<String> lags = Arrays.stream(spec.lags()).mapToObj(Integer::toString);
            String starts = Stream.concat(lags, spec.methods().stream()).collect(Collectors.joining("+"));
            open.put("starts", starts.isEmpty() ? "0" : starts);
        }
        if (!asked().contains("transform")) {
            open.put("transform", spec.transform());
        }
        chosen = open;
    }

    /** Dropout is between layers: with one layer there is none. */
    @Override
    public Map<String, Object> effective(Map<String, Object> settings) {
        Object drawn = settings.get("layers");
        Integer asked = layers().layers();
        int count = drawn instanceof Integer number ? number : asked == null ? 1 : asked;
        Map<String, Object> all = new LinkedHashMap<>(settings);
        if (count < 2) {
            all.remove("dropout");
        }
        chosen.forEach(all::putIfAbsent);
        try {
            check(all);
        } catch (IllegalArgumentException e) {
            all.remove("loss"); // a loss that does not go with the transform: the one that is usual for it does
        }
        return all;
    }

    @Override
    Fitted<SeriesModel> fit(SeriesTraining training) {
        training.fitting(how -> how.calibration(0, null)); // intervals move no point forecast
        BacktestReport report = backtest.run(
                table,
                List.of(training.forecaster(training.choose(table, backtest.firstHistories(table)))),
                fold -> {});
        double scaled = report.score(NetworkForecaster.NAME, Metrics.MASE);
        if (Double.isNaN(scaled)) {
            throw new IllegalArgumentException(
                    "expected values that change from season to season, to scale errors by; found none that do");
        }
        return new Fitted<>(scaled, null);
    }

    @Override
    public SeriesModel train(Map<String, Object> values, Setup setup, TrainingListener watch) {
        return Objects.requireNonNull(training(values, 1, setup, watch).on(table));
    }
}
