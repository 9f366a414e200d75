package dev.namaskar.cli;

import dev.namaskar.cells.Cells;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import dev.namaskar.series.UsualSpec;
import dev.namaskar.series.table.Calendar;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.transform.Transforms;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a network forecaster is. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ForecasterOptions {
    @Option(
            names = "--horizon",
            paramLabel = "H",
            description = "Steps to forecast; always to be given, but with --from.")
    int horizon;

    @Option(names = "--context", paramLabel = "C", description = "Values of history to read (three seasons).")
    private @Nullable Integer context;

    @Option(
            names = "--min-context",
            paramLabel = "N",
            description =
                    "Make do with N values where a history has no more (the context; where series of the table are "
                            + "too short for it, a season).")
    private @Nullable Integer leastContext;

    @Option(
            names = "--patch",
            defaultValue = "1",
            paramLabel = "P",
            description = "Values in one step of the network, such as 24 hours (1).")
    private int patch;

    @Option(
            names = "--season",
            paramLabel = "S",
            description = "Length of a season in steps (by the clock; where times are counted, as the values show it).")
    private @Nullable Integer season;

    @Option(
            names = "--seasons",
            split = ",",
            paramLabel = "S",
            description = "Seasonal skips, such as 24,168: lags the forecast starts from, mixed by learned gates "
                    + "(the season, or the last three where their mean foresees more, or 1 where the last value does); "
                    + "0 for none.")
    private @Nullable List<Integer> seasons;

    @Option(
            names = "--transform",
            defaultValue = "auto",
            paramLabel = "NAME",
            description =
                    "none, standard, minmax, level, log, difference, logreturn, changes, returns, one of your own or auto (auto).")
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

    /** Refuses what no forecaster can have. */
    void check(Range range) {
        range.require(range.given("--horizon"), "--horizon", "a number of steps", "none");
        checkGiven(range);
        range.usage(this::asked);
    }

    /** The same where a trained model says what was not given. */
    void checkGiven(Range range) {
        if (range.given("--horizon")) {
            range.atLeast("--horizon", 1, horizon);
        }
        range.atLeast("--context", 1, context);
        range.atLeast("--min-context", 1, leastContext);
        range.atLeast("--patch", 1, patch);
        range.atLeast("--season", 1, season);
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.between("--dropout", 0, 1, dropout);
        range.usage("--cell", () -> Cells.named(cell, 1));
        range.usage("--levels", () -> Levels.parse(levels));
        range.usage("--calendar", this::calendar);
        if (!isAutomatic()) {
            range.usage("--transform", () -> Transforms.named(transform));
        }
    }

    /** What was said, over what is usual for any table: wrong if it does not fit together. */
    private ForecastSpec asked() {
        ForecastSpec spec = ForecastSpec.of(horizon).patch(patch);
        if (context != null) {
            spec = spec.context(context, leastContext == null ? context : leastContext);
        }
        spec = isAutomatic() ? spec : spec.transform(transform);
        return loss == null ? spec : spec.objective(loss);
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
        return season == null ? UsualSpec.season(histories) : season;
    }

    /** The forecaster, with what was not said chosen from the histories. */
    ForecastSpec spec(List<Series> histories, TableFormat format) {
        int usualSeason = season(histories);
        boolean walks = UsualSpec.walks(histories, usualSeason, horizon);
        String chosen = isAutomatic() ? UsualSpec.transform(histories, walks) : transform;
        boolean walking = isAutomatic() ? walks : Transforms.named(chosen).lead() > 0;
        int[] usualSkips = walking ? new int[] {1} : UsualSpec.seasons(histories, usualSeason, horizon);
        int[] skips = seasons == null ? usualSkips : lags(seasons);
        int longest = Arrays.stream(skips).max().orElse(1);
        ForecastSpec.PointLoss usualLoss =
                chosen.equals("level") ? ForecastSpec.PointLoss.SMAPE : ForecastSpec.PointLoss.MASE;
        int values = context == null ? UsualSpec.context(histories, usualSeason, horizon, longest, patch) : context;
        ForecastSpec spec = ForecastSpec.of(horizon)
                .patch(patch)
                .context(values)
                .season(usualSeason)
                .skips(skips)
                .transform(chosen)
                .objective(loss == null ? usualLoss : loss)
                .levels(Levels.parse(levels))
                .recurrent(cell, hidden, layers, dropout)
                .columns(format.known(), format.observed(), calendar());
        return spec.context(values, leastContext == null ? UsualSpec.leastContext(histories, spec) : leastContext);
    }

    /**
     * A trained forecaster to go on with. It is what it is: an option that was given and says otherwise is wrong usage.
     * Season, loss, dropout and least context, which its networks' sizes do not depend on, may be others.
     */
    ForecastSpec trained(ForecastSpec earlier, TableFormat format, Range range) {
        range.agree("--horizon", horizon, List.of(earlier.horizon()));
        range.agree("--context", context == null ? 0 : context, List.of(earlier.context()));
        range.agree("--patch", patch, List.of(earlier.patch()));
        range.agree("--seasons", boxed(lags(seasons)), List.of(boxed(earlier.skips())));
        range.agree("--transform", transform, List.of(earlier.transform()));
        range.agree("--levels", levels, List.of(percent(earlier.levels())));
        range.agree("--calendar", calendar(), List.of(earlier.calendar()));
        ForecastSpec.Recurrence recurrence = earlier.recurrence();
        range.agree("--cell", cell, List.of(recurrence.cell()));
        range.agree("--hidden", hidden, List.of(recurrence.hidden()));
        range.agree("--layers", layers, List.of(recurrence.layers()));
        columns(range, "--known", format.known(), earlier.known());
        columns(range, "--observed", format.observed(), earlier.observed());
        ForecastSpec spec = earlier.columns(format.known(), format.observed(), earlier.calendar());
        if (season != null) {
            spec = spec.season(season);
        }
        if (loss != null) {
            spec = spec.objective(loss);
        }
        if (leastContext != null) {
            spec = spec.context(spec.context(), leastContext);
        }
        return range.given("--dropout")
                ? spec.recurrent(recurrence.cell(), recurrence.hidden(), recurrence.layers(), dropout)
                : spec;
    }

    /** Columns may have other names, but there have to be as many. */
    private static void columns(Range range, String flag, List<String> found, List<String> earlier) {
        range.require(
                found.size() == earlier.size(),
                flag,
                earlier.size() + " columns, as the model of --from has" + (earlier.isEmpty() ? "" : " " + earlier),
                found);
    }

    /** Seasonal skips; a 0 stands for none. */
    private static int[] lags(@Nullable List<Integer> given) {
        return given == null
                ? new int[0]
                : given.stream().mapToInt(s -> s).filter(s -> s != 0).toArray();
    }

    private static List<Integer> boxed(int[] lags) {
        return Arrays.stream(lags).boxed().toList();
    }

    private static String percent(double[] levels) {
        return Arrays.stream(levels).mapToObj(Levels::percent).collect(Collectors.joining(","));
    }

    /** Whether the transform is chosen from the data. */
    boolean isAutomatic() {
        return transform.equals("auto");
    }
}
