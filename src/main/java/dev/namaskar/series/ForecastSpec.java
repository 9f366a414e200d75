package dev.namaskar.series;

import dev.namaskar.net.NetworkSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a network forecaster is: how it looks at a history and what it says about the steps after it.
 *
 * @param horizon steps to forecast
 * @param context values of history that the network reads
 * @param patch values in one step of the network, a block of a season; 1 for a value a step
 * @param season the season: for the level, for scaled errors, for the unit of spread
 * @param skips lags in steps whose values the forecast starts from, mixed by a learned gate; empty for none
 * @param transform name of the transform, fitted to every window for itself
 * @param objective what the point forecast makes small
 * @param levels probabilities of the intervals, ascending
 * @param cell name of the recurrent cell
 * @param hidden units of each layer
 * @param layers recurrent layers
 * @param dropout between layers
 * @param known names of the columns known ahead
 * @param observed names of the columns observed only so far
 * @param calendar calendar features
 */
public record ForecastSpec(
        int horizon,
        int context,
        int patch,
        int season,
        int[] skips,
        String transform,
        PointLoss objective,
        double[] levels,
        String cell,
        int hidden,
        int layers,
        double dropout,
        List<String> known,
        List<String> observed,
        List<Calendar> calendar) {
    private static final int MOST_LAYERS = 1000;

    /** What the point forecast makes small. */
    public enum PointLoss {
        /** The symmetric relative error, on the original scale. */
        SMAPE,
        /** The absolute error in units of the window's own seasonal differences. */
        MASE
    }

    /** Checks that the sizes fit together. */
    public ForecastSpec {
        known = List.copyOf(known);
        observed = List.copyOf(observed);
        calendar = List.copyOf(calendar);
        atLeastOne("horizon", horizon);
        atLeastOne("context", context);
        atLeastOne("patch", patch);
        atLeastOne("season", season);
        atLeastOne("hidden", hidden);
        atLeastOne("layers", layers);
        if (layers > MOST_LAYERS) {
            throw new IllegalArgumentException("expected at most " + MOST_LAYERS + " layers, found " + layers);
        }
        if (context % patch != 0) {
            throw new IllegalArgumentException("expected a context of whole patches, found " + context
                    + " values and patches of " + patch + "; take " + Math.max(patch, context - context % patch));
        }
        for (int lag : skips) {
            atLeastOne("seasonal skip", lag);
        }
        Levels.check(levels);
        if (objective == PointLoss.SMAPE && !Transforms.named(transform).isAffine()) {
            throw new IllegalArgumentException("loss smape needs a scale with a zero, which transform " + transform
                    + " has not; take loss mase: errors of logarithms are relative already");
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected a " + what + " of at least 1, found " + value);
        }
    }

    /** Values of history that a forecast needs: the context, what its transform looks back to, and the longest skip. */
    public int shortest() {
        int longest = Arrays.stream(skips).max().orElse(0);
        return Math.max(context + Transforms.named(transform).lead(), longest);
    }

    /** Steps of the network: the context's patches and, where something is known about the future, the horizon's. */
    public int steps() {
        return context / patch + futureSteps();
    }

    /** How many of them lie behind the origin. */
    public int futureSteps() {
        return known.isEmpty() && calendar.isEmpty() ? 0 : (horizon + patch - 1) / patch;
    }

    /** Values of one step: the patch, its mean, every column's patch, calendar phases, and whether it lies ahead. */
    int inputWidth() {
        int columns = 1 + known.size() + observed.size();
        return columns * patch + (patch > 1 ? 1 : 0) + 2 * calendar.size() + (futureSteps() > 0 ? 1 : 0);
    }

    /** The shape of the network's output. */
    SeasonalHead head() {
        return new SeasonalHead(horizon, levels.length, skips.length);
    }

    /** The network. */
    public NetworkSpec network() {
        NetworkSpec spec = NetworkSpec.values(inputWidth());
        for (int layer = 0; layer < layers; layer++) {
            spec = spec.recurrent(cell, hidden);
            spec = layer < layers - 1 ? spec.dropout(dropout) : spec;
        }
        return spec.lastStep().dense(head().outputs());
    }

    /** All settings as maps, lists, texts and numbers, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("horizon", horizon);
        map.put("context", context);
        map.put("patch", patch);
        map.put("season", season);
        map.put("skips", Arrays.stream(skips).boxed().toList());
        map.put("transform", transform);
        map.put("objective", objective.name().toLowerCase(Locale.ROOT));
        map.put("levels", Arrays.stream(levels).boxed().toList());
        map.put("cell", cell);
        map.put("hidden", hidden);
        map.put("layers", layers);
        map.put("dropout", dropout);
        map.put("known", known);
        map.put("observed", observed);
        map.put("calendar", calendar.stream().map(Calendar::label).toList());
        return map;
    }

    /**
     * Reads back what {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    public static ForecastSpec fromMap(Map<String, ?> map) {
        Fields fields = new Fields(map, "forecast specification");
        return new ForecastSpec(
                fields.integer("horizon"),
                fields.integer("context"),
                fields.integer("patch"),
                fields.integer("season"),
                Arrays.stream(fields.numbers("skips")).mapToInt(d -> (int) d).toArray(),
                fields.text("transform"),
                Policies.named(PointLoss.class, fields.text("objective")),
                fields.numbers("levels"),
                fields.text("cell"),
                fields.integer("hidden"),
                fields.integer("layers"),
                fields.number("dropout"),
                fields.texts("known"),
                fields.texts("observed"),
                fields.texts("calendar").stream()
                        .map(name -> Policies.named(Calendar.class, name))
                        .toList());
    }
}
