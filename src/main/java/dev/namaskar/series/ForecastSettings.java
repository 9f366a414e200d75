package dev.namaskar.series;

import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.calendar.HolidayCalendar;
import dev.namaskar.series.calendar.Holidays;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.transform.Transforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a forecaster; what is not said is chosen from the histories ({@link #choose}). Settings never change;
 * every method that takes one returns others.
 *
 * <pre>{@code
 * ForecastSettings.of(12).season(12).transform("level")
 * }</pre>
 */
public final class ForecastSettings implements Cloneable {
    /** The layers of those who gave none. */
    public static final RecurrentLayers USUAL_LAYERS = new RecurrentLayers("gru", 1, 64, 1, 0.0, 0f);

    /** The layers that read many seasons, a patch of one a step. */
    private static final ForecastSpec.Recurrence LARGE_RECURRENCE = new ForecastSpec.Recurrence("gru", 128, 2, 0.1);

    /** None: starts are mixed or, where the whole context is one patch, a linear map of it is added. */
    static final ForecastSpec.Recurrence NO_RECURRENCE = new ForecastSpec.Recurrence("gru", 1, 0, 0);

    private static final int FEW_SERIES = 10;

    private final int horizon;
    private @Nullable Integer context;
    private @Nullable Integer leastContext;
    private @Nullable Integer patch;
    private @Nullable Integer season;
    private @Nullable List<String> starts;
    private @Nullable String transform;
    private ForecastSpec.@Nullable PointLoss loss;
    private double[] levels = {0.8, 0.95};
    private List<Calendar> calendar = List.of();
    private String holidays = "";
    private List<String> statics = List.of();
    private boolean seriesVectors;
    private RecurrentLayers layers = RecurrentLayers.NONE;

    private ForecastSettings(int horizon) {
        this.horizon = horizon;
    }

    /**
     * Nothing is said but how many steps to forecast.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static ForecastSettings of(int horizon) {
        return new ForecastSettings(horizon).checked();
    }

    private ForecastSettings with(Consumer<ForecastSettings> change) {
        try {
            ForecastSettings copy = (ForecastSettings) clone();
            change.accept(copy);
            return copy.checked();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** What was said has to fit together, over what is usual for any table. */
    private ForecastSettings checked() {
        ForecastSpec spec =
                ForecastSpec.of(horizon).patch(patch == null ? 1 : patch).season(season == null ? 1 : season);
        if (context != null) {
            spec = spec.context(context, leastContext == null ? context : leastContext);
        }
        spec = transform == null ? spec : spec.transform(transform);
        spec = starts == null ? spec : startingFrom(spec, starts);
        spec = spec.levels(levels);
        if (loss != null) {
            spec.objective(loss);
        }
        return this;
    }

    /** Steps to forecast. */
    public int horizon() {
        return horizon;
    }

    /** Probabilities of the intervals. */
    public double[] levels() {
        return levels.clone();
    }

    /** Reads so many values of history, or down to {@code least} where a history has no more. */
    public ForecastSettings context(int values, int least) {
        return with(s -> {
            s.context = values;
            s.leastContext = least;
        });
    }

    /** Reads so many values of history. */
    public ForecastSettings context(int values) {
        return with(s -> s.context = values);
    }

    /** Makes do with so many values where a history has no more. */
    public ForecastSettings leastContext(int values) {
        return with(s -> s.leastContext = values);
    }

    /** So many values in one step of the network; what is not said is 1, or more where a window would have too many steps. */
    public ForecastSettings patch(int values) {
        return with(s -> s.patch = values);
    }

    /** A season of so many steps. */
    public ForecastSettings season(int steps) {
        return with(s -> s.season = steps);
    }

    /**
     * What forecasts start from, mixed by learned gates.
     *
     * @param from lags in steps, such as 24 and 168, names of local methods, such as theta, and {@code combined} for
     *     these combined; none at all for a forecast that starts from nothing
     */
    public ForecastSettings starts(String... from) {
        return with(s -> s.starts = List.of(from));
    }

    /** With this transform. */
    public ForecastSettings transform(String name) {
        return with(s -> s.transform = name);
    }

    /** Makes this error small. */
    public ForecastSettings loss(ForecastSpec.PointLoss error) {
        return with(s -> s.loss = error);
    }

    /** Intervals of these probabilities. */
    public ForecastSettings levels(double... probabilities) {
        return with(s -> s.levels = probabilities.clone());
    }

    /** With these calendar features. */
    public ForecastSettings calendar(List<Calendar> features) {
        return with(s -> s.calendar = List.copyOf(features));
    }

    /**
     * With the public holidays of a region ({@code DE}, {@code DE-BY}), from the histories' first year to
     * {@value HolidayCalendar#YEARS_AHEAD} years after their last; empty for none.
     */
    public ForecastSettings holidays(String region) {
        return with(s -> s.holidays = region);
    }

    /** With what these columns of the table say of each series. */
    public ForecastSettings statics(List<String> columns) {
        return with(s -> s.statics = List.copyOf(columns));
    }

    /** With a learned vector of each series. */
    public ForecastSettings seriesVectors(boolean learned) {
        return with(s -> s.seriesVectors = learned);
    }

    /**
     * With these recurrent layers; with 0 layers starts are mixed and nothing more or, where the context is a single patch,
     * a linear map of it is added.
     */
    public ForecastSettings recurrent(String cell, int hidden, int layers, double dropout) {
        return recurrent(RecurrentLayers.NONE
                .withCell(cell)
                .withHidden(hidden)
                .withLayers(layers)
                .withDropout(dropout));
    }

    /** With these recurrent layers; what is not asked for is usual, and of nothing at all the network is chosen. */
    public ForecastSettings recurrent(RecurrentLayers asked) {
        return with(s -> {
            s.layers = asked;
            s.recurrence(); // what cannot be is refused where it is asked for
        });
    }

    /** What is asked of the recurrent layers. */
    public RecurrentLayers recurrent() {
        return layers;
    }

    /** The layers asked for, with what is usual where something is open; null where nothing is asked for at all. */
    private ForecastSpec.@Nullable Recurrence recurrence() {
        return layers.equals(RecurrentLayers.NONE) ? null : ForecastSpec.Recurrence.of(layers);
    }

    /** Whether a setting of the forecaster is asked for, by the name that messages have for it. */
    public boolean asks(String setting) {
        return switch (setting) {
            case "context" -> context != null;
            case "patch" -> patch != null;
            case "season" -> season != null;
            case "starts" -> starts != null;
            case "transform" -> transform != null;
            case "loss" -> loss != null;
            default ->
                throw new IllegalArgumentException(
                        "expected context, patch, season, starts, transform or loss, found " + setting);
        };
    }

    /** Whether the transform is chosen, so that another may take its place. */
    public boolean isAutomatic() {
        return transform == null;
    }

    /** The season of these histories: the one that was said, or what they show. */
    public int season(List<Series> histories) {
        return season == null ? UsualSpec.season(histories) : season;
    }

    /**
     * The forecaster, with what was not said chosen from the histories: where starts and transform are open, by a rolling
     * comparison inside them ({@link Evidence}).
     *
     * @param known names of columns known ahead
     * @param observed names of columns observed so far
     * @param fitting how networks are trained
     */
    public ForecastSpec choose(List<Series> histories, List<String> known, List<String> observed, Fitting fitting) {
        if (season == null && season(histories) > 1) {
            int found = season(histories);
            fitting.note("season " + found + ": "
                    + SeasonDetector.of(histories, found).text());
        }
        Holidays days = holidays.isEmpty() ? null : HolidayCalendar.over(holidays, histories);
        List<StaticInput> said = StaticInput.fit(histories, statics, seriesVectors);
        if (!statics.isEmpty()) {
            fitting.note("static columns: "
                    + said.stream().limit(statics.size()).map(StaticInput::text).collect(Collectors.joining(", ")));
        }
        List<ForecastSpec> candidates = new ArrayList<>();
        for (ForecastSpec candidate : candidates(histories)) {
            candidates.add(
                    candidate.columns(known, observed, calendar).holidays(days).statics(said));
        }
        return candidates.size() == 1
                ? candidates.get(0)
                : Evidence.best(candidates, histories, fitting, recurrence() == null);
    }

    /** What is worth a comparison, the one that holds up on most tables first. */
    private List<ForecastSpec> candidates(List<Series> histories) {
        ForecastSpec.Recurrence recurrence = recurrence();
        int usualSeason = season(histories);
        boolean walks = UsualSpec.walks(histories, usualSeason, horizon);
        String plain = transform == null ? UsualSpec.transform(histories, walks) : transform;
        boolean walking = transform == null ? walks : Transforms.named(plain).lead() > 0;
        if (starts != null) {
            return List.of(spec(histories, usualSeason, plain, starts, recurrence));
        }
        int[] lags = walking ? new int[] {1} : UsualSpec.seasons(histories, usualSeason, horizon);
        List<String> past = Arrays.stream(lags).mapToObj(Integer::toString).toList();
        List<String> methods = UsualSpec.methods(histories, usualSeason);
        List<String> both = new ArrayList<>(past);
        both.addAll(methods);
        String scale = transform == null ? UsualSpec.scaleBesideMethods(histories, usualSeason) : transform;
        List<ForecastSpec> all = new ArrayList<>();
        all.add(spec(histories, usualSeason, scale, methods, recurrence));
        if (recurrence == null) {
            all.add(spec(histories, usualSeason, scale, methods, NO_RECURRENCE));
        }
        all.add(spec(histories, usualSeason, plain, past, recurrence));
        all.add(spec(histories, usualSeason, scale, both, recurrence));
        int longer = walking ? 0 : UsualSpec.longerSeason(histories, usualSeason, horizon);
        if (longer > 0) {
            List<String> seasons = List.of(Integer.toString(usualSeason), Integer.toString(longer));
            all.add(spec(histories, usualSeason, plain, seasons, recurrence == null ? LARGE_RECURRENCE : recurrence));
        }
        if (context == null && patch == null) {
            all.addAll(ofWholeSeasons(histories, usualSeason, scale, recurrence));
        }
        if (histories.size() < FEW_SERIES && !UsualSpec.isRare(histories, usualSeason)) {
            // Starts fitted to a handful of series compete with what a network learns of them: it has to be clear.
            Collections.swap(all, 0, recurrence == null ? 2 : 1);
        }
        return all;
    }

    /** What reads many seasons: a linear map of them all, and a network that takes one a step. */
    private List<ForecastSpec> ofWholeSeasons(
            List<Series> histories, int usualSeason, String scale, ForecastSpec.@Nullable Recurrence recurrence) {
        List<ForecastSpec> all = new ArrayList<>();
        int linear = UsualSpec.linearContext(histories, usualSeason, horizon);
        if (recurrence == null && linear > 0) {
            List<String> season = List.of(Integer.toString(usualSeason));
            all.add(spec(histories, usualSeason, scale, season, NO_RECURRENCE)
                    .patch(linear)
                    .context(linear));
        }
        int seasons = UsualSpec.readableSeasons(histories, usualSeason, horizon);
        if (seasons > 0) {
            List<String> back = UsualSpec.seasonsBack(seasons, usualSeason);
            ForecastSpec.Recurrence layers = recurrence == null ? LARGE_RECURRENCE : recurrence;
            all.add(reading(seasons, spec(histories, usualSeason, scale, back, layers)));
        }
        return all;
    }

    /** The same, which reads so many seasons, one a step. */
    private ForecastSpec reading(int seasons, ForecastSpec spec) {
        int season = spec.season();
        return spec.patch(season).context(seasons * season, leastContext == null ? seasons * season : leastContext);
    }

    private ForecastSpec spec(
            List<Series> histories,
            int usualSeason,
            String scale,
            List<String> from,
            ForecastSpec.@Nullable Recurrence layers) {
        ForecastSpec spec = startingFrom(ForecastSpec.of(horizon).season(usualSeason), from);
        int longest = Arrays.stream(spec.lags()).max().orElse(1);
        boolean beside = !spec.methods().isEmpty();
        int wanted = usualContext(histories, usualSeason, longest, beside, 1);
        int step = patch != null ? patch : context != null ? 1 : UsualSpec.patch(wanted, usualSeason);
        int values = context == null ? usualContext(histories, usualSeason, longest, beside, step) : context;
        spec = spec.patch(step);
        ForecastSpec.PointLoss usualLoss =
                scale.equals("level") ? ForecastSpec.PointLoss.SMAPE : ForecastSpec.PointLoss.MASE;
        ForecastSpec.Recurrence chosen = layers == null ? ForecastSpec.Recurrence.of(USUAL_LAYERS) : layers;
        spec = spec.context(values)
                .missing(histories.stream().anyMatch(Series::hasMissing))
                .transform(scale)
                .objective(loss == null ? usualLoss : loss)
                .levels(levels)
                .recurrent(chosen);
        int usualLeast = beside
                ? UsualSpec.leastContextBesideMethods(usualSeason, values, step)
                : UsualSpec.leastContext(histories, spec);
        return spec.context(values, leastContext == null ? usualLeast : leastContext);
    }

    private int usualContext(List<Series> histories, int usualSeason, int longest, boolean beside, int step) {
        return beside
                ? UsualSpec.contextBesideMethods(histories, usualSeason, horizon, step)
                : UsualSpec.context(histories, usualSeason, horizon, longest, step);
    }

    private static ForecastSpec startingFrom(ForecastSpec spec, List<String> from) {
        int[] lags = from.stream()
                .filter(ForecastSettings::isLag)
                .mapToInt(Integer::parseInt)
                .filter(lag -> lag != 0)
                .toArray();
        return spec.lags(lags)
                .methods(from.stream().filter(name -> !isLag(name)).toList());
    }

    private static boolean isLag(String start) {
        return start.matches("[0-9]{1,9}");
    }

    /**
     * A trained forecaster to go on with. It is what it is; season, loss, dropout and least context, which its networks'
     * sizes do not depend on, may be others.
     */
    public ForecastSpec over(ForecastSpec earlier, List<String> known, List<String> observed) {
        return everywhere(earlier, kind -> overKind(kind, known, observed));
    }

    /** A forecaster with the same change to all its kinds. */
    static ForecastSpec everywhere(ForecastSpec spec, UnaryOperator<ForecastSpec> change) {
        ForecastSpec other = spec.beside();
        return other == null
                ? change.apply(spec)
                : change.apply(spec.beside(null)).beside(change.apply(other));
    }

    private ForecastSpec overKind(ForecastSpec earlier, List<String> known, List<String> observed) {
        ForecastSpec spec = earlier.columns(known, observed, earlier.calendar());
        spec = season == null ? spec : spec.season(season);
        spec = loss == null ? spec : spec.objective(loss);
        spec = leastContext == null ? spec : spec.context(spec.context(), leastContext);
        ForecastSpec.Recurrence recurrence = recurrence();
        ForecastSpec.Recurrence layers = earlier.recurrence();
        return recurrence == null
                ? spec
                : spec.recurrent(new ForecastSpec.Recurrence(
                        layers.cell(),
                        layers.hidden(),
                        layers.layers(),
                        recurrence.dropout(),
                        layers.order(),
                        layers.forgetBias()));
    }
}
