package dev.namaskar.cli;

import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.Schedules;
import dev.namaskar.series.Calendar;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Levels;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Policies;
import dev.namaskar.series.Series;
import dev.namaskar.series.TableFormat;
import dev.namaskar.series.Transforms;
import dev.namaskar.series.UsualSpec;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a network forecaster is and how it is trained. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ForecasterOptions {
    @Option(names = "--horizon", required = true, paramLabel = "H", description = "Steps to forecast.")
    int horizon;

    @Option(names = "--context", paramLabel = "C", description = "Values of history to read (two seasons).")
    private @Nullable Integer context;

    @Option(
            names = "--patch",
            defaultValue = "1",
            paramLabel = "P",
            description = "Values in one step of the network, such as 24 hours (1).")
    private int patch;

    @Option(names = "--season", paramLabel = "S", description = "Length of a season in steps (by the frequency).")
    private @Nullable Integer season;

    @Option(
            names = "--seasons",
            split = ",",
            paramLabel = "S",
            description = "Seasonal skips, such as 24,168: lags the forecast starts from, mixed by learned gates "
                    + "(the season, or 1 where the last value foresees more); 0 for none.")
    private @Nullable List<Integer> seasons;

    @Option(
            names = "--transform",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "none, standard, minmax, level, log, difference, logreturn or auto (auto).")
    private String transform;

    @Option(
            names = "--loss",
            paramLabel = "smape|mase",
            description = "Error of the point forecast, relative or in seasonal units (smape with level, else mase).")
    private ForecastSpec.@Nullable PointLoss loss;

    @Option(
            names = "--levels",
            defaultValue = "80,95",
            paramLabel = "L,..",
            description = "Intervals in percent (80,95).")
    String levels;

    @Option(
            names = "--calendar",
            split = ",",
            paramLabel = "F",
            description = "Calendar features: minute, hour, weekday, monthday, month, yearday.")
    private @Nullable List<String> calendar;

    @Option(names = "--cell", defaultValue = "gru", paramLabel = "CELL", description = "rnn, gru or lstm (gru).")
    private String cell;

    @Option(names = "--hidden", defaultValue = "64", paramLabel = "N", description = "Units of each layer (64).")
    private int hidden;

    @Option(names = "--layers", defaultValue = "1", paramLabel = "N", description = "Recurrent layers (1).")
    private int layers;

    @Option(
            names = "--dropout",
            defaultValue = "0",
            paramLabel = "X",
            description = "Part of the values dropped between layers in training (0).")
    private double dropout;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Training steps (a hundred passes over the windows, 100 to 1000 steps).")
    private @Nullable Long steps;

    @Option(names = "--epochs", paramLabel = "N", description = "End after N passes over the windows.")
    private @Nullable Long epochs;

    @Option(names = "--batch", defaultValue = "32", paramLabel = "B", description = "Windows in a step (32).")
    private int batch;

    @Option(names = "--optimizer", defaultValue = "adam", paramLabel = "NAME", description = "The optimizer (adam).")
    private String optimizer;

    @Option(names = "--lr", defaultValue = "2e-3", paramLabel = "X", description = "Learning rate (2e-3).")
    private double learningRate;

    @Option(
            names = "--schedule",
            defaultValue = "cosine-annealing",
            paramLabel = "NAME",
            description = "How the learning rate changes (cosine-annealing, along a cosine to zero).")
    private String schedule;

    @Option(names = "--clip", defaultValue = "1", paramLabel = "X", description = "Largest gradient norm (1).")
    private double clip;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Start of all random numbers (1).")
    private long seed;

    @Option(
            names = "--ensemble",
            defaultValue = "1",
            paramLabel = "N",
            description = "Networks, alike but for their seeds, whose forecasts are averaged (1).")
    private int members;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (the processors, at most 8).")
    private @Nullable Integer threads;

    @Option(
            names = "--calibration",
            defaultValue = "-1",
            paramLabel = "N",
            description = "Windows at the end of each series that training does not see, for the intervals "
                    + "(by length); 0 for none.")
    private int calibration;

    /** Refuses what no forecaster can have. */
    void check(Range range) {
        range.atLeast("--horizon", 1, horizon);
        range.atLeast("--context", 1, context);
        range.atLeast("--patch", 1, patch);
        range.atLeast("--season", 1, season);
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.between("--dropout", 0, 1, dropout);
        range.atLeast("--steps", 1, steps);
        range.atLeast("--epochs", 1, epochs);
        range.atLeast("--batch", 1, batch);
        range.above("--lr", 0, learningRate);
        range.atLeast("--ensemble", 1, members);
        range.atLeast("--threads", 1, threads);
        range.usage(() -> Levels.parse(levels));
        range.usage(() -> Schedules.named(schedule, 1000));
        range.usage(() -> Optimizers.named(optimizer));
        range.usage(() -> calendar());
        if (!transform.equals("auto")) {
            range.usage(() -> Transforms.named(transform));
        }
    }

    private List<Calendar> calendar() {
        return calendar == null
                ? List.of()
                : calendar.stream()
                        .map(name -> Policies.named(Calendar.class, name))
                        .toList();
    }

    /** The season of these histories. */
    int season(List<Series> histories) {
        return season == null ? histories.get(0).frequency().usualSeason() : season;
    }

    /** The forecaster, with what was not said chosen from the histories. */
    ForecastSpec spec(List<Series> histories, TableFormat format) {
        int usualSeason = season(histories);
        boolean walks = UsualSpec.walks(histories, usualSeason, horizon);
        String chosen = transform.equals("auto") ? UsualSpec.transform(histories, walks) : transform;
        boolean walking =
                transform.equals("auto") ? walks : Transforms.named(chosen).lead() > 0;
        int[] skips = seasons == null
                ? new int[] {walking ? 1 : usualSeason}
                : seasons.stream().mapToInt(s -> s).filter(s -> s != 0).toArray();
        int longest = Arrays.stream(skips).max().orElse(1);
        return new ForecastSpec(
                horizon,
                context == null ? UsualSpec.context(histories, usualSeason, horizon, longest, patch) : context,
                patch,
                usualSeason,
                skips,
                chosen,
                loss == null
                        ? (chosen.equals("level") ? ForecastSpec.PointLoss.SMAPE : ForecastSpec.PointLoss.MASE)
                        : loss,
                Levels.parse(levels),
                cell,
                hidden,
                layers,
                dropout,
                format.known(),
                format.observed(),
                calendar());
    }

    /** How it is trained. */
    NetworkForecaster.Run run(
            List<Series> histories, ForecastSpec spec, TrainingListener listener, Consumer<String> notes) {
        long total = steps(UsualSpec.windows(histories, spec));
        int usualThreads = Math.min(8, Runtime.getRuntime().availableProcessors());
        return new NetworkForecaster.Run(
                StoppingRules.afterSteps(total),
                batch,
                Optimizers.named(optimizer, Map.of("lr", learningRate, "clip", clip))
                        .with(Schedules.named(schedule, (int) Math.min(total, Integer.MAX_VALUE))),
                seed,
                members,
                threads == null ? usualThreads : threads,
                calibration,
                listener,
                notes);
    }

    private long steps(long windows) {
        if (steps == null && epochs == null) {
            return UsualSpec.steps(windows, batch);
        }
        long byEpochs = epochs == null ? Long.MAX_VALUE : Math.multiplyExact(epochs, (windows + batch - 1) / batch);
        return Math.max(1, Math.min(steps == null ? Long.MAX_VALUE : steps, byEpochs));
    }
}
