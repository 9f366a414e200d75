package dev.namaskar.series;

import dev.namaskar.files.Fields;
import dev.namaskar.series.table.Calendar;
import dev.namaskar.series.table.Policies;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A forecast specification as maps, lists, texts and numbers, for JSON. */
final class ForecastSpecMap {
    private ForecastSpecMap() {}

    static Map<String, Object> write(ForecastSpec spec) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("horizon", spec.horizon());
        map.put("context", spec.context());
        map.put("least_context", spec.leastContext());
        map.put("patch", spec.patch());
        map.put("season", spec.season());
        map.put("skips", Arrays.stream(spec.lags()).boxed().toList());
        if (!spec.methods().isEmpty()) {
            map.put("methods", spec.methods());
        }
        if (spec.missing()) {
            map.put("missing", true);
        }
        map.put("transform", spec.transform());
        map.put("objective", spec.objective().name().toLowerCase(Locale.ROOT));
        map.put("levels", Arrays.stream(spec.levels()).boxed().toList());
        map.put("cell", spec.recurrence().cell());
        map.put("hidden", spec.recurrence().hidden());
        map.put("layers", spec.recurrence().layers());
        map.put("dropout", spec.recurrence().dropout());
        map.put("known", spec.known());
        map.put("observed", spec.observed());
        map.put("calendar", spec.calendar().stream().map(Calendar::label).toList());
        return map;
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    static ForecastSpec read(Map<String, ?> map) {
        Fields fields = new Fields(map, "forecast specification");
        return ForecastSpec.of(fields.integer("horizon"))
                .patch(fields.integer("patch"))
                .context(fields.integer("context"), fields.integer("least_context"))
                .season(fields.integer("season"))
                .lags(Arrays.stream(fields.numbers("skips"))
                        .mapToInt(d -> (int) d)
                        .toArray())
                .methods(map.containsKey("methods") ? fields.texts("methods") : List.of())
                .missing(map.containsKey("missing") && fields.flag("missing"))
                .transform(fields.text("transform"))
                .objective(Policies.named(ForecastSpec.PointLoss.class, fields.text("objective")))
                .levels(fields.numbers("levels"))
                .recurrent(
                        fields.text("cell"),
                        fields.integer("hidden"),
                        fields.integer("layers"),
                        fields.number("dropout"))
                .columns(
                        fields.texts("known"),
                        fields.texts("observed"),
                        fields.texts("calendar").stream()
                                .map(name -> Policies.named(Calendar.class, name))
                                .toList());
    }
}
