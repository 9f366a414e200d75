package dev.namaskar.translation;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.params.RecordCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * How vectors are scaled, {@code (x - mean) / deviation} by the training vectors; a column that never changes has a
 * deviation of 1.
 */
record VectorScale(List<String> columns, List<Double> mean, List<Double> deviation) {
    VectorScale {
        columns = List.copyOf(columns);
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (columns.isEmpty() || mean.size() != columns.size() || deviation.size() != columns.size()) {
            throw new IllegalArgumentException("expected a mean and a deviation for each of at least one column, found "
                    + columns.size() + ", " + mean.size() + " and " + deviation.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!Double.isFinite(mean.get(i))
                    || !(deviation.get(i) > 0)
                    || deviation.get(i).isInfinite()) {
                throw new IllegalArgumentException("expected a finite mean and a deviation above 0 for column "
                        + columns.get(i) + ", found " + mean.get(i) + " and " + deviation.get(i));
            }
        }
    }

    static VectorScale of(List<String> columns, List<DescribedVector> rows) {
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            double average = rows.stream()
                    .mapToDouble(row -> row.values()[column])
                    .average()
                    .orElse(0);
            double variance = rows.stream()
                    .mapToDouble(row -> Math.pow(row.values()[column] - average, 2))
                    .average()
                    .orElse(0);
            mean.add(average);
            deviation.add(variance > 0 ? Math.sqrt(variance) : 1);
        }
        return new VectorScale(columns, mean, deviation);
    }

    /**
     * The vector as the encoder reads it.
     *
     * @throws IllegalArgumentException if it has another number of values
     */
    Source source(float... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException("expected a vector of " + columns.size() + " values, " + columns
                    + ", found one of " + values.length);
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) ((values[i] - mean.get(i)) / deviation.get(i));
        }
        return Source.ofVector(scaled);
    }

    String toJson() {
        return Json.write(RecordCodec.PLAIN.write(this));
    }

    static VectorScale fromJson(String what, String json) throws MalformedFileException {
        try {
            return RecordCodec.PLAIN.read(what, VectorScale.class, Json.readObject(what, json));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }
}
