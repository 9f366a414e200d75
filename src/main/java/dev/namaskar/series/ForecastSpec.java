package dev.namaskar.series;

import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.series.baseline.LocalMethod;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.calendar.Holidays;
import dev.namaskar.series.interval.CalibratedFit;
import dev.namaskar.series.network.InputBlock;
import dev.namaskar.series.network.SeasonalHead;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.transform.Transforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a network forecaster is: how it looks at a history and what it says about the steps after it. A specification
 * never changes; every method that takes a setting returns another.
 *
 * <pre>{@code
 * ForecastSpec.of(48).patch(24).context(336).season(24).lags(24, 168).transform("level").recurrent("gru", 128, 2, 0.1)
 * }</pre>
 */
public final class ForecastSpec implements Cloneable {
    /** The start that combines the methods beside it. */
    public static final String COMBINED = "combined";

    /** What the point forecast makes small. */
    public enum PointLoss {
        /** The symmetric relative error, on the original scale. */
        SMAPE,
        /** The absolute error in units of the window's own seasonal differences. */
        MASE
    }

    /**
     * The recurrent layers.
     *
     * @param cell name of the cell
     * @param hidden units of each layer
     * @param layers number of layers; 0 for none: starts are mixed, the same way in every window, and what is read changes
     *     nothing unless the whole context is one patch, of which a linear map is added then
     * @param dropout part of the values dropped between layers in training
     * @param order how many past hidden states a tanh cell sees; null for 1
     * @param forgetBias added to the bias of a fresh LSTM's forget gate; null for 0
     */
    public record Recurrence(
            String cell,
            int hidden,
            int layers,
            double dropout,
            @Nullable Integer order,
            @Nullable Float forgetBias) {
        private static final int MOST_LAYERS = 1000;

        /** Checks the sizes. */
        public Recurrence {
            atLeastOne("hidden", hidden);
            if (layers < 0 || layers > MOST_LAYERS) {
                throw new IllegalArgumentException("expected 0 to " + MOST_LAYERS + " layers, found " + layers);
            }
        }

        /** Layers of first order, their biases as they are drawn. */
        public Recurrence(String cell, int hidden, int layers, double dropout) {
            this(cell, hidden, layers, dropout, null, null);
        }

        /** What is asked for and, where nothing is, what is usual for series. */
        static Recurrence of(RecurrentLayers asked) {
            RecurrentLayers all = asked.orElse(ForecastSettings.USUAL_LAYERS);
            Integer order = all.order();
            Float bias = all.forgetBias();
            return new Recurrence(
                    Objects.requireNonNull(all.cell()),
                    Objects.requireNonNull(all.hidden()),
                    Objects.requireNonNull(all.layers()),
                    Objects.requireNonNull(all.dropout()),
                    order == null || order == 1 ? null : order,
                    bias == null || bias == 0 ? null : bias);
        }

        /** One of the layers. */
        Recurrent layer() {
            return new RecurrentLayers(cell, order, hidden, layers, dropout, forgetBias).layer();
        }
    }

    private int horizon;
    private int context = 24;
    private int leastContext = 24;
    private int patch = 1;
    private int season = 1;
    private int[] lags = {1};
    private List<String> methods = List.of();
    private String transform = "standard";
    private PointLoss objective = PointLoss.MASE;
    private double[] levels = {0.8, 0.95};
    private Recurrence recurrence = new Recurrence("gru", 64, 1, 0);
    private List<String> known = List.of();
    private List<String> observed = List.of();
    private List<Calendar> calendar = List.of();
    private @Nullable Holidays holidays;
    private List<StaticInput> statics = List.of();
    private boolean missing;
    private @Nullable ForecastSpec beside;

    /** Values before the origin that every local method accepts. */
    private int methodsNeed;

    private ForecastSpec(int horizon) {
        this.horizon = horizon;
    }

    /**
     * A forecaster of so many steps that reads the last 24 values on the standard scale, starts from the last one, and
     * has intervals of 80 and 95 % and one GRU of 64 units.
     */
    public static ForecastSpec of(int horizon) {
        return new ForecastSpec(horizon).checked();
    }

    private ForecastSpec with(Consumer<ForecastSpec> change) {
        ForecastSpec copy = clone();
        change.accept(copy);
        return copy.checked();
    }

    @Override
    protected ForecastSpec clone() {
        try {
            return (ForecastSpec) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    private ForecastSpec checked() {
        atLeastOne("horizon", horizon);
        atLeastOne("patch", patch);
        atLeastOne("season", season);
        wholePatches("context", context);
        wholePatches("least context", leastContext);
        if (leastContext > context) {
            throw new IllegalArgumentException(
                    "expected a least context of at most the context's " + context + " values, found " + leastContext);
        }
        for (int lag : lags) {
            atLeastOne("lag to start from", lag);
        }
        List<String> said = new ArrayList<>(methods);
        said.removeAll(List.of(COMBINED));
        if (said.size() < Math.min(2, methods.size()) && methods.contains(COMBINED)) {
            throw new IllegalArgumentException(
                    "expected two or more local methods beside the start " + COMBINED + ", found " + said);
        }
        methodsNeed = said.stream()
                .mapToInt(name -> LocalMethod.named(name, season).shortest())
                .max()
                .orElse(0);
        if (levels.length == 0) {
            throw new IllegalArgumentException("expected at least one interval for the network to learn");
        }
        Levels.check(levels);
        if (beside != null) {
            checkBeside(beside);
        }
        if (objective == PointLoss.SMAPE && !Transforms.named(transform).isAffine()) {
            throw new IllegalArgumentException("loss smape needs a scale with a zero, which transform " + transform
                    + " has not; take loss mase: errors of logarithms are relative already");
        }
        return this;
    }

    private void checkBeside(ForecastSpec other) {
        boolean alike = horizon == other.horizon
                && season == other.season
                && missing == other.missing
                && Arrays.equals(levels, other.levels)
                && known.equals(other.known)
                && observed.equals(other.observed)
                && calendar.equals(other.calendar)
                && Objects.equals(holidays, other.holidays)
                && statics.equals(other.statics);
        if (!alike || other.beside != null) {
            throw new IllegalArgumentException(
                    "expected a forecaster of the same steps from the same columns, found " + other);
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected a " + what + " of at least 1, found " + value);
        }
    }

    private void wholePatches(String what, int values) {
        if (values < 1 || values % patch != 0) {
            throw new IllegalArgumentException("expected a " + what + " of whole patches, found " + values
                    + " values and patches of " + patch + "; take " + Math.max(patch, values - values % patch));
        }
    }

    /** Steps to forecast. */
    public int horizon() {
        return horizon;
    }

    /** Values of history that the network reads. */
    public int context() {
        return context;
    }

    /** Values that the network makes do with where a history is shorter than the context. */
    public int leastContext() {
        return leastContext;
    }

    /** Values in one step of the network, a block of a season; 1 for a value a step. */
    public int patch() {
        return patch;
    }

    /** The season: for the level, for scaled errors. */
    public int season() {
        return season;
    }

    /** Lags in steps whose values the forecast starts from, mixed by a learned gate; empty for none. */
    public int[] lags() {
        return lags.clone();
    }

    /** All that the forecast starts from: lags as numbers, then names of local methods. */
    public List<String> starts() {
        return Stream.concat(Arrays.stream(lags).mapToObj(Integer::toString), methods.stream())
                .toList();
    }

    /** Names of the local methods whose forecasts are starts too, and {@code combined}, mixed by the same gate. */
    public List<String> methods() {
        return methods;
    }

    /** Name of the transform, fitted to every window for itself. */
    public String transform() {
        return transform;
    }

    /** What the point forecast makes small. */
    public PointLoss objective() {
        return objective;
    }

    /** Probabilities of the intervals that the network learns, ascending. */
    public double[] levels() {
        return levels.clone();
    }

    /** The recurrent layers. */
    public Recurrence recurrence() {
        return recurrence;
    }

    /** Names of the columns known ahead. */
    public List<String> known() {
        return known;
    }

    /** Names of the columns observed only so far. */
    public List<String> observed() {
        return observed;
    }

    /** Calendar features. */
    public List<Calendar> calendar() {
        return calendar;
    }

    /** The public holidays that are read, of every value its step's; null for none. */
    public @Nullable Holidays holidays() {
        return holidays;
    }

    /** Reads public holidays; null for none. */
    public ForecastSpec holidays(@Nullable Holidays days) {
        return with(spec -> spec.holidays = days);
    }

    /** What is read of a series as a whole. */
    public List<StaticInput> statics() {
        return statics;
    }

    /** Reads what columns say of a series as a whole, at every step. */
    public ForecastSpec statics(List<StaticInput> inputs) {
        return with(spec -> spec.statics = List.copyOf(inputs));
    }

    /** Whether histories may lack values, so that the network reads beside each value whether it is missing. */
    public boolean missing() {
        return missing;
    }

    /** Reads histories that lack values. */
    public ForecastSpec missing(boolean may) {
        return with(spec -> spec.missing = may);
    }

    /** The forecaster of another kind whose forecasts are averaged with this one's; null for none. */
    public @Nullable ForecastSpec beside() {
        return beside;
    }

    /**
     * Averages its forecasts with those of a forecaster of another kind. Histories that are too short for the other are
     * forecast by this one alone.
     *
     * @param other of the same horizon, season, levels and columns; null for none
     */
    public ForecastSpec beside(@Nullable ForecastSpec other) {
        return with(spec -> spec.beside = other);
    }

    /** The kinds whose forecasts are averaged: this one and, if there is one, the one beside it. */
    public List<ForecastSpec> kinds() {
        return beside == null ? List.of(this) : List.of(this, beside);
    }

    /** Reads so many values; longer histories than that are needed then. */
    public ForecastSpec context(int values) {
        return context(values, values);
    }

    /** Reads so many values, or fewer where a history has no more, down to the least. */
    public ForecastSpec context(int values, int least) {
        return with(spec -> {
            spec.context = values;
            spec.leastContext = least;
        });
    }

    /** Reads so many values a step; context and least context become whole steps. */
    public ForecastSpec patch(int values) {
        atLeastOne("patch", values);
        return with(spec -> {
            spec.patch = values;
            spec.context = Math.max(values, context - context % values);
            spec.leastContext = Math.max(values, leastContext - leastContext % values);
        });
    }

    /** With another season. */
    public ForecastSpec season(int steps) {
        return with(spec -> spec.season = steps);
    }

    /** Starts from the values so many steps ago. */
    public ForecastSpec lags(int... steps) {
        return with(spec -> spec.lags = steps.clone());
    }

    /**
     * Starts from what these local methods say, too. Among two or more of them {@code combined} is their mean, each weighted
     * by how far off it was at earlier places of the same history.
     */
    public ForecastSpec methods(List<String> names) {
        return with(spec -> spec.methods = List.copyOf(names));
    }

    /** With another transform. */
    public ForecastSpec transform(String name) {
        return with(spec -> spec.transform = name);
    }

    /** Makes another error small. */
    public ForecastSpec objective(PointLoss loss) {
        return with(spec -> spec.objective = loss);
    }

    /** Learns intervals of these probabilities. */
    public ForecastSpec levels(double... probabilities) {
        return with(spec -> spec.levels = probabilities.clone());
    }

    /** With other recurrent layers. */
    public ForecastSpec recurrent(String cell, int hidden, int layers, double dropout) {
        return recurrent(new Recurrence(cell, hidden, layers, dropout));
    }

    /** With other recurrent layers. */
    public ForecastSpec recurrent(Recurrence layers) {
        return with(spec -> spec.recurrence = layers);
    }

    /** Reads columns beside the target, and the calendar. */
    public ForecastSpec columns(List<String> knownAhead, List<String> observedOnly, List<Calendar> features) {
        return with(spec -> {
            spec.known = List.copyOf(knownAhead);
            spec.observed = List.copyOf(observedOnly);
            spec.calendar = List.copyOf(features);
        });
    }

    /** Values of history that a forecast needs: the least context, what its transform looks back to, the longest skip. */
    public int shortest() {
        int longest = Math.max(Arrays.stream(lags).max().orElse(0), methodsNeed);
        return Math.max(leastContext + lead(), longest);
    }

    /** Values that the network reads of a history of this length: the context, or as many whole patches as there are. */
    public int contextOf(int length) {
        int there = length - lead();
        return Math.min(context, there - there % patch);
    }

    private int lead() {
        return Transforms.named(transform).lead();
    }

    /** Whether histories may be shorter than the context, so that rows of a batch differ in length. */
    public boolean isRagged() {
        return leastContext < context;
    }

    /** Steps of the network: the context's patches and, where something is known about the future, the horizon's. */
    public int steps() {
        return context / patch + futureSteps();
    }

    /** How many of them lie behind the origin. */
    public int futureSteps() {
        return known.isEmpty() && calendar.isEmpty() && holidays == null ? 0 : (horizon + patch - 1) / patch;
    }

    /** What a calibration has to know. */
    CalibratedFit.Shape shape() {
        return new CalibratedFit.Shape(horizon, season, shortest());
    }

    /** The network. */
    public NetworkSpec network() {
        NetworkSpec spec = NetworkSpec.values(InputBlock.width(this));
        for (int layer = 1; layer <= recurrence.layers(); layer++) {
            spec = spec.then(recurrence.layer());
            spec = layer < recurrence.layers() ? spec.dropout(recurrence.dropout()) : spec;
        }
        return spec.lastStep().dense(SeasonalHead.of(this).outputs());
    }

    /** Whether a network reads the windows, or starts are mixed and nothing more. */
    public boolean hasNetwork() {
        return recurrence.layers() > 0;
    }

    /** Whether the forecast is a linear map of the whole context, read in one step without recurrent layers. */
    public boolean isLinear() {
        return !hasNetwork() && patch > 1 && patch == context && futureSteps() == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForecastSpec spec && ForecastSpecMap.write(spec).equals(ForecastSpecMap.write(this));
    }

    @Override
    public int hashCode() {
        return ForecastSpecMap.write(this).hashCode();
    }

    @Override
    public String toString() {
        return "ForecastSpec" + ForecastSpecMap.write(this);
    }
}
