package dev.namaskar.cli.options;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.series.ForecastSettings;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Levels;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.calendar.HolidayCalendar;
import dev.namaskar.series.calendar.Holidays;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.transform.Transforms;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what a network forecaster is. */
@Heading(Heading.NETWORK)
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ForecasterOptions {
    @Option(
            names = "--horizon",
            paramLabel = "H",
            description = "Steps to forecast; to be given for a fresh forecaster.")
    public int horizon;

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
            paramLabel = "P",
            description =
                    "Values in one step of the network, such as 24 hours (1, or more where a window would have over "
                            + "200 steps).")
    private @Nullable Integer patch;

    @Option(
            names = "--season",
            paramLabel = "S",
            description = "Length of a season in steps (by the clock; where times are counted, as the values show it).")
    private @Nullable Integer season;

    @Option(
            names = {"--starts", "--seasons"},
            split = ",",
            paramLabel = "S",
            description = "What forecasts start from, mixed by learned gates: lags in steps, such as 24,168, and local"
                    + " methods, such as theta,ets,combined (by a comparison inside the histories); 0 for nothing. With"
                    + " --layers 0 they are mixed and nothing more, as is chosen where no network helps; with a --patch as"
                    + " long as the --context a linear map of it is added.")
    private @Nullable List<String> starts;

    @Option(
            names = "--transform",
            defaultValue = "auto",
            paramLabel = "NAME",
            description =
                    "none, standard, minmax, level, log, difference, logreturn, changes, returns, one of your own or"
                            + " auto (auto).")
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
    public String levels;

    @Option(
            names = "--calendar",
            split = ",",
            paramLabel = "F",
            description = "Calendar features: minute, hour, weekday, monthday, month, yearday.")
    private @Nullable List<String> calendar;

    @Option(
            names = "--holidays",
            defaultValue = "",
            paramLabel = "REGION",
            description = "Public holidays of a country or a part of it, known ahead: DE, DE-BY, US, IN (none).")
    private String holidays;

    @Option(names = "--series-vectors", description = "Learn a vector of each series, read at every step.")
    private boolean seriesVectors;

    @Mixin
    private final NetworkOptions network = new NetworkOptions(ForecastSettings.USUAL_LAYERS, 0);

    /** Refuses what no forecaster can have. */
    public void check(Range range) {
        range.require(range.given("--horizon"), "--horizon", "a number of steps", "none");
        checkGiven(range);
        range.usage(() -> settings(horizon, range));
        RecurrentLayers layers = network.fresh(range);
        int count = Objects.requireNonNull(layers.layers());
        for (String flag : List.of("--cell", "--hidden", "--order", "--dropout", "--forget-bias")) {
            range.effective(flag, count > 0, "with --layers 0");
        }
        range.effective(
                "--dropout",
                Objects.requireNonNull(layers.dropout()) == 0 || count > 1,
                "with one recurrent layer, as values are dropped between --layers");
    }

    /** The same where a trained model says what was not given. */
    public void checkGiven(Range range) {
        if (range.given("--horizon")) {
            range.atLeast("--horizon", 1, horizon);
        }
        range.atLeast("--context", 1, context);
        range.atLeast("--min-context", 1, leastContext);
        range.atLeast("--patch", 1, patch);
        range.atLeast("--season", 1, season);
        network.asked(range);
        range.usage("--levels", () -> Levels.parse(levels));
        range.usage("--calendar", this::calendar);
        if (!holidays.isEmpty()) {
            range.usage("--holidays", () -> HolidayCalendar.of(holidays, 2000, 2000));
        }
        if (!transform.equals("auto")) {
            range.usage("--transform", () -> Transforms.named(transform));
        }
    }

    /** What was asked for; the library chooses the rest. */
    public ForecastSettings settings(Range range) {
        return settings(horizon, range);
    }

    private ForecastSettings settings(int steps, Range range) {
        ForecastSettings settings = ForecastSettings.of(steps)
                .levels(Levels.parse(levels))
                .calendar(calendar())
                .holidays(holidays)
                .seriesVectors(seriesVectors);
        settings = patch == null ? settings : settings.patch(patch);
        settings = season == null ? settings : settings.season(season);
        settings = starts == null ? settings : settings.starts(starts.toArray(String[]::new));
        settings = transform.equals("auto") ? settings : settings.transform(transform);
        settings = loss == null ? settings : settings.loss(loss);
        settings = context == null ? settings : settings.context(context);
        settings = leastContext == null ? settings : settings.leastContext(leastContext);
        return settings.recurrent(network.asked(range));
    }

    private List<Calendar> calendar() {
        return calendar == null
                ? List.of()
                : calendar.stream()
                        .map(name -> Policies.named(Calendar.class, name))
                        .toList();
    }

    /**
     * What was asked for where a trained forecaster is gone on with. It is what it is: an option that was given and says
     * otherwise is wrong usage.
     */
    public ForecastSettings over(ForecastSpec earlier, TableFormat format, Range range) {
        range.agree("--horizon", horizon, List.of(earlier.horizon()));
        range.agree("--context", context == null ? 0 : context, List.of(earlier.context()));
        range.agree("--patch", patch == null ? 0 : patch, List.of(earlier.patch()));
        range.agree("--starts", starts(starts == null ? List.of() : starts), List.of(earlier.starts()));
        range.agree("--transform", transform, List.of(earlier.transform()));
        range.agree("--levels", levels, List.of(percent(earlier.levels())));
        range.agree("--calendar", calendar(), List.of(earlier.calendar()));
        Holidays days = earlier.holidays();
        boolean vectors =
                earlier.statics().stream().anyMatch(input -> input.name().equals(StaticInput.SERIES));
        range.agree("--series-vectors", seriesVectors, List.of(vectors));
        range.agree("--holidays", holidays.toUpperCase(Locale.ROOT), List.of(days == null ? "" : days.region()));
        range.usage(() -> network.asked(range).agreeing(earlier.network()));
        columns(range, "--known", format.known(), earlier.known());
        columns(range, "--observed", format.observed(), earlier.observed());
        return settings(earlier.horizon(), range).patch(earlier.patch());
    }

    /** Columns may have other names, but there have to be as many. */
    private static void columns(Range range, String flag, List<String> found, List<String> earlier) {
        range.require(
                found.size() == earlier.size(),
                flag,
                earlier.size() + " columns, as the model of --from has" + (earlier.isEmpty() ? "" : " " + earlier),
                found);
    }

    /** What is started from; a 0 stands for nothing. */
    private static List<String> starts(List<String> given) {
        return given.stream().filter(start -> !start.equals("0")).toList();
    }

    private static String percent(double[] levels) {
        return Arrays.stream(levels).mapToObj(Levels::percent).collect(Collectors.joining(","));
    }
}
