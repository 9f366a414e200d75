package dev.namaskar.spark.evaluate;

import dev.namaskar.files.Safetensors;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The forecaster that this executor asked last, read once for all series. */
final class KeptModel {
    private record Kept(byte[] file, SeriesModel model) {}

    private static @Nullable Kept kept;

    private KeptModel() {}

    /** The forecaster of a file's content. */
    static synchronized SeriesModel open(byte[] file) throws IOException {
        Kept before = kept;
        if (before != null && (before.file() == file || Arrays.equals(before.file(), file))) {
            return before.model();
        }
        try (Safetensors content = Safetensors.of("the forecaster", file)) {
            SeriesModel model = SeriesFile.read(content).model();
            kept = new Kept(file, model);
            return model;
        }
    }
}
