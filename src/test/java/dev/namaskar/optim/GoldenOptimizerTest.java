package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
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

    // Not 1e-12: PyTorch keeps Nadam's product of momenta in float32.
    private static final double ALMOST_EXACT = 1e-8;

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

    /** Holds the naive references, which other tests rely on, to the same vectors in double. */
    @ParameterizedTest
    @MethodSource("paths")
    void theNaiveReferenceFollowsToo(String path) {
        JsonNode expected = FILE.get("paths").get(path).get("w");
        Optimizer optimizer = optimizer(path, FILE.get("paths").get(path).get("settings"));
        double[] w = Vectors.numbers(FILE.get("w0"));
        ReferenceRule[] rules = new ReferenceRule[w.length];
        Arrays.setAll(rules, i -> new ReferenceRule(optimizer.name(), optimizer.settings()));
        for (int step = 0; step < expected.size(); step++) {
            double[] point = new double[w.length];
            Arrays.setAll(point, i -> rules[i].gradientPoint(w[i]));
            double[] gradient = gradient(point);
            for (int i = 0; i < w.length; i++) {
                w[i] = rules[i].update(w[i], gradient[i], optimizer.learningRate());
                assertThat(w[i]).isCloseTo(expected.get(step).get(i).doubleValue(), within(ALMOST_EXACT));
            }
        }
    }

    private static double worstError(Optimizer optimizer, JsonNode expected) {
        double[] start = Vectors.numbers(FILE.get("w0"));
        float[] w = new float[start.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) start[i];
        }
        OptimizerState state = optimizer.init(w.length);
        double worst = 0;
        for (int step = 0; step < expected.size(); step++) {
            optimizer.project(w, state);
            double[] point = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                point[i] = w[i];
            }
            double[] exact = gradient(point);
            float[] gradient = new float[w.length];
            for (int i = 0; i < w.length; i++) {
                gradient[i] = (float) exact[i];
            }
            optimizer.update(w, gradient, state);
            for (int i = 0; i < w.length; i++) {
                double wanted = expected.get(step).get(i).doubleValue();
                worst = Math.max(worst, Math.abs(w[i] - wanted) / Math.max(Math.abs(wanted), FLOOR));
            }
        }
        return worst;
    }

    private static double[] gradient(double[] w) {
        double[] b = Vectors.numbers(FILE.get("b"));
        double[] gradient = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            double[] row = Vectors.numbers(FILE.get("A").get(i));
            gradient[i] = -b[i];
            for (int j = 0; j < w.length; j++) {
                gradient[i] += row[j] * w[j];
            }
        }
        return gradient;
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
