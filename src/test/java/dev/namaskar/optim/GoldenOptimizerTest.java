package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Paths on {@code f(w) = w'Aw/2 - b'w} that PyTorch took in float64, with whatever settings the file names. */
class GoldenOptimizerTest {
    private static final double TOLERANCE = 2e-5;
    // Below this a coordinate's error is measured against the size of the path, not of the coordinate.
    private static final double FLOOR = 0.05;

    private static final JsonNode FILE = Vectors.read("optimizers.json");

    static List<String> paths() {
        return new ArrayList<>(FILE.get("paths").propertyNames());
    }

    @Test
    void theFileHasPaths() {
        assertThat(paths()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void follows(String path) {
        JsonNode expected = FILE.get("paths").get(path).get("w");
        Optimizer optimizer = optimizer(path, FILE.get("paths").get(path).get("settings"));
        assertThat(worstError(optimizer, expected))
                .as("worst relative error of %s", optimizer.settings())
                .isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noticesARateThatIsATenthOfAPercentOff(String path) {
        JsonNode settings = FILE.get("paths").get(path).get("settings");
        Optimizer optimizer = optimizer(path, settings);
        Map<String, Object> off = new LinkedHashMap<>(optimizer.settings());
        off.put("lr", 1.001 * settings.get("lr").doubleValue());
        assertThat(worstError(
                        Optimizers.named(optimizer.name(), off),
                        FILE.get("paths").get(path).get("w")))
                .isGreaterThan(TOLERANCE);
    }

    @Test
    void startsWhereTheFileStarts() {
        assertThat(Vectors.numbers(FILE.get("w0"))).hasSameSizeAs(Vectors.numbers(FILE.get("b")));
        assertThat(FILE.get("steps").intValue()).isCloseTo(40, within(40));
    }

    private static double worstError(Optimizer optimizer, JsonNode expected) {
        double[][] a = new double[FILE.get("A").size()][];
        for (int i = 0; i < a.length; i++) {
            a[i] = Vectors.numbers(FILE.get("A").get(i));
        }
        double[] b = Vectors.numbers(FILE.get("b"));
        double[] start = Vectors.numbers(FILE.get("w0"));
        float[] w = new float[start.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) start[i];
        }
        OptimizerState state = optimizer.init(w.length);
        double worst = 0;
        for (int step = 0; step < expected.size(); step++) {
            optimizer.project(w, state);
            float[] gradient = new float[w.length];
            for (int i = 0; i < w.length; i++) {
                double sum = -b[i];
                for (int j = 0; j < w.length; j++) {
                    sum += a[i][j] * w[j];
                }
                gradient[i] = (float) sum;
            }
            optimizer.update(w, gradient, state);
            for (int i = 0; i < w.length; i++) {
                double wanted = expected.get(step).get(i).doubleValue();
                worst = Math.max(worst, Math.abs(w[i] - wanted) / Math.max(Math.abs(wanted), FLOOR));
            }
        }
        return worst;
    }

    /** PyTorch tells the classes of its optimizers apart by name only, so the path's name says which one it was. */
    private static Optimizer optimizer(String path, JsonNode settings) {
        Map<String, Object> ours = new LinkedHashMap<>();
        for (String key : settings.propertyNames()) {
            JsonNode value = settings.get(key);
            if (key.equals("betas")) {
                ours.put("beta1", value.get(0).doubleValue());
                ours.put("beta2", value.get(1).doubleValue());
            } else {
                ours.put(key, value.isBoolean() ? (Object) value.booleanValue() : (Object) value.doubleValue());
            }
        }
        return Optimizers.named(family(path), ours);
    }

    private static String family(String path) {
        if (path.startsWith("nag_lookahead")) {
            return "nesterov-lookahead";
        }
        for (String family : List.of("adamw", "adamax", "adagrad", "adadelta", "adam", "amsgrad", "rmsprop", "nadam")) {
            if (path.startsWith(family)) {
                return family;
            }
        }
        assertThat(path).matches("(sgd|momentum|nesterov).*");
        return "sgd";
    }
}
