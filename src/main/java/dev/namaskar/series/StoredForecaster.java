package dev.namaskar.series;

import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forecaster that has learned nothing yet, so that it can be fitted elsewhere in the same way.
 *
 * @param otherwise what is taken where a history leaves the domain of the transform, or null
 */
record StoredForecaster(
        ForecastSpecMap specification,
        @Nullable ForecastSpecMap otherwise,
        RunSettings run,
        @Nullable Integer members,
        Fitting.Calibration calibration) {
    private static final String NAME = "forecaster";

    private static final RecordCodec CODEC = ForecastSpecMap.CODEC
            .with(
                    OptimizerSpec.class,
                    optimizer -> Map.of("name", optimizer.name(), "settings", optimizer.settings()),
                    StoredForecaster::optimizer)
            .with(Averaging.class, Averaging::spec, text -> Averaging.parse(String.valueOf(text)))
            .with(GemmChoice.class, GemmChoice::toString, text -> GemmChoice.named(String.valueOf(text)));

    @SuppressWarnings("unchecked") // names to values, as every map of JSON
    private static OptimizerSpec optimizer(Object map) {
        Map<String, Object> stored = (Map<String, Object>) map;
        return new OptimizerSpec(
                String.valueOf(stored.get("name")), (Map<String, Object>) stored.getOrDefault("settings", Map.of()));
    }

    /** Everything as JSON. */
    String text() {
        return Json.write(CODEC.write(this));
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IOException if it is something else
     */
    static StoredForecaster fromText(String text) throws IOException {
        return CODEC.read(NAME, StoredForecaster.class, Json.readObject(NAME, text));
    }
}
