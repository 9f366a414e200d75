package dev.namaskar.series.baseline;

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

    /** The season that the rule knows, 1 for none. */
    default int season() {
        return 1;
    }

    /** The same rule for series of this season; what has no season stays as it is. */
    default LocalMethod of(int season) {
        return this;
    }

    /**
     * The method of that name, for a season: one of the library's, or a service of this type on the class path.
     *
     * @throws IllegalArgumentException that names the methods there are
     */
    static LocalMethod named(String name, int season) {
        return LocalMethods.CATALOG.get(name).of(season);
    }

    /** All methods of the library, for a season. */
    static List<LocalMethod> all(int season) {
        return LocalMethods.CATALOG.builtIn().stream()
                .map(method -> method.of(season))
                .toList();
    }
}
