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

    /** The baselines that every report carries, by name; a new one is one file and one line here. */
    static Map<String, LocalMethod> baselines(int season) {
        Map<String, LocalMethod> byName = new LinkedHashMap<>();
        for (LocalMethod method : List.of(new Naive(), new SeasonalNaive(season), new Drift(), new Theta(season))) {
            byName.put(method.name(), method);
        }
        return byName;
    }
}
