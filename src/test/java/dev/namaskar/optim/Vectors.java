package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reference vectors that PyTorch made: those on the class path, or others in {@code -Dgolden.dir}. */
public final class Vectors {
    private Vectors() {}

    public static JsonNode read(String name) {
        String elsewhere = elsewhere();
        try (InputStream in = elsewhere.isEmpty()
                ? Vectors.class.getResourceAsStream("/golden/" + name)
                : Files.newInputStream(Path.of(elsewhere, name))) {
            assertThat(in).as("golden/%s", name).isNotNull();
            return new ObjectMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The folder that takes the place of those on the class path; empty for none. */
    public static String elsewhere() {
        return System.getProperty("golden.dir", "");
    }

    public static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }
}
