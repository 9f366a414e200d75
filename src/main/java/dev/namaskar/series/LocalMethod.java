package dev.namaskar.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A forecast made of one series' own values by a fixed rule: what every learned forecast has to beat. */
public interface LocalMethod {
    /** The name in reports. */
    String name();

    /** The shortest history it accepts. */
    int shortest();

    /**
     * Forecasts {@code horizon} steps after {@code values[0, length)}.
     *
     * @param values a series of which only the first {@code length} are read
     */
    double[] forecast(double[] values, int length, int horizon);

    /**
     * The same rule with all that it fits to a history settled by {@code values[0, length)}: what it then says of somewhat
     * longer histories costs one pass over them.
     */
    default LocalMethod settled(double[] values, int length) {
        return this;
    }

    /** The baselines that every report carries, by name. */
    static Map<String, LocalMethod> baselines(int season) {
        Map<String, LocalMethod> byName = new LinkedHashMap<>();
        for (String name : List.of("naive", "seasonal_naive", "drift", "theta")) {
            byName.put(name, named(name, season));
        }
        return byName;
    }

    /** All methods for a season, by name; a new one is one file and one line here. */
    static Map<String, LocalMethod> all(int season) {
        Map<String, LocalMethod> byName = new LinkedHashMap<>();
        for (LocalMethod method : List.of(
                new Naive(),
                new SeasonalNaive(season),
                new Naive2(season),
                new Drift(),
                new Theta(season),
                new Adjusted("damped", season, new ExponentialSmoothing(1, true, ExponentialSmoothing.Kind.NONE)),
                new SmoothingChoice(season))) {
            byName.put(method.name(), method);
        }
        return byName;
    }

    /**
     * The method of that name.
     *
     * @throws IllegalArgumentException that names the methods there are
     */
    static LocalMethod named(String name, int season) {
        LocalMethod found = all(season).get(name);
        if (found == null) {
            throw new IllegalArgumentException("expected one of the local methods "
                    + String.join(", ", all(season).keySet()) + ", found '" + name + "'");
        }
        return found;
    }
}
