package dev.namaskar.series;

import dev.namaskar.params.RecordCodec;
import dev.namaskar.series.ForecastSpec.PointLoss;
import dev.namaskar.series.ForecastSpec.Recurrence;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.calendar.Holidays;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.StaticInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A forecast specification as model files keep it, each setting under its name; what is usual may be absent. */
record ForecastSpecMap(
        int horizon,
        int context,
        int leastContext,
        int patch,
        int season,
        @RecordCodec.Key("skips") List<Integer> lags,
        @Nullable List<String> methods,
        @Nullable Boolean missing,
        String transform,
        PointLoss objective,
        List<Double> levels,
        @RecordCodec.Unwrapped Recurrence recurrence,
        List<String> known,
        List<String> observed,
        List<Calendar> calendar,
        @Nullable Holidays holidays,
        @Nullable List<StaticInput> statics,
        @Nullable ForecastSpecMap beside) {
    /** How calendar features go by their names. */
    static final RecordCodec CODEC = RecordCodec.PLAIN.with(
            Calendar.class, Calendar::label, name -> Policies.named(Calendar.class, String.valueOf(name)));

    /** The settings of a specification. */
    static ForecastSpecMap of(ForecastSpec spec) {
        ForecastSpec other = spec.beside();
        return new ForecastSpecMap(
                spec.horizon(),
                spec.context(),
                spec.leastContext(),
                spec.patch(),
                spec.season(),
                Arrays.stream(spec.lags()).boxed().toList(),
                spec.methods().isEmpty() ? null : spec.methods(),
                spec.missing() ? true : null,
                spec.transform(),
                spec.objective(),
                Arrays.stream(spec.levels()).boxed().toList(),
                spec.recurrence(),
                spec.known(),
                spec.observed(),
                spec.calendar(),
                spec.holidays(),
                spec.statics().isEmpty() ? null : spec.statics(),
                other == null ? null : of(other));
    }

    /**
     * The specification of these settings.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    ForecastSpec spec() {
        return ForecastSpec.of(horizon)
                .patch(patch)
                .context(context, leastContext)
                .season(season)
                .lags(lags.stream().mapToInt(lag -> lag).toArray())
                .methods(methods == null ? List.of() : methods)
                .missing(missing != null && missing)
                .transform(transform)
                .objective(objective)
                .levels(levels.stream().mapToDouble(level -> level).toArray())
                .recurrent(recurrence)
                .columns(known, observed, calendar)
                .holidays(holidays)
                .statics(statics == null ? List.of() : statics)
                .beside(beside == null ? null : beside.spec());
    }

    static Map<String, Object> write(ForecastSpec spec) {
        return CODEC.write(of(spec));
    }
}
