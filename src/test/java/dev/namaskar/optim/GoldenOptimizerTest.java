package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;

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
    // A coordinate's error is relative to the coordinate, or to this part of the path's extent if that is larger.
    private static final double FLOOR = 0.1;
    // Not 1e-12: PyTorch keeps Nadam's product of momenta in float32.
    private static final double ALMOST_EXACT = 1e-7;

    private static final JsonNode FILE = Vectors.read("optimizers.json");

    /** Parameters after each step. */
    private record Path(double[][] points) {
        double worstError(Path wanted, int steps) {
            double extent = Arrays.stream(wanted.points)
                    .flatMapToDouble(Arrays::stream)
                    .map(Math::abs)
                    .max()
                    .orElse(0);
            double worst = 0;
            for (int step = 0; step < steps; step++) {
                for (int i = 0; i < points[step].length; i++) {
                    double expected = wanted.points[step][i];
                    double error = Math.abs(points[step][i] - expected) / Math.max(Math.abs(expected), FLOOR * extent);
                    worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
                }
            }
            return worst;
        }

        double worstError(Path wanted) {
            return worstError(wanted, points.length);
        }
    }

    static List<String> paths() {
        return new ArrayList<>(FILE.get("paths").propertyNames());
    }

    @Test
    void theFileHasPaths() {
        assertThat(paths()).hasSizeGreaterThanOrEqualTo(10);
    }

    /** Holds the naive references, which this and other tests rely on, to the vectors in double. */
    @ParameterizedTest
    @MethodSource("paths")
    void theNaiveReferenceFollows(String path) {
        assertThat(reference(optimizer(path), gradients(path), false).worstError(golden(path)))
                .isLessThan(ALMOST_EXACT);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void followsWithThePathsOwnGradients(String path) {
        Optimizer optimizer = optimizer(path);
        assertThat(production(optimizer, gradients(path)).worstError(golden(path)))
                .as("worst relative error of %s", optimizer.settings())
                .isLessThan(TOLERANCE);
    }

    /**
     * Where a step overshoots again and again, each magnifying the rounding errors of the one before, no float path can
     * stay near. The double reference with nothing but its parameters rounded tells from which step on that is so.
     */
    @ParameterizedTest
    @MethodSource("paths")
    void followsWithGradientsWhereItStands(String path) {
        Optimizer optimizer = optimizer(path);
        Path rounded = reference(optimizer, new double[0][], true);
        int steps = rounded.points().length;
        while (rounded.worstError(golden(path), steps) > TOLERANCE / 10) {
            steps--;
        }
        // none of the paths that come with the project is of that kind
        assertThat(steps).isGreaterThanOrEqualTo(Vectors.elsewhere().isEmpty() ? 40 : 10);
        assertThat(production(optimizer, new double[0][]).worstError(golden(path), steps))
                .as("worst relative error of %s in %d steps", optimizer.settings(), steps)
                .isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noticesARateThatIsOnePercentOff(String path) {
        Optimizer optimizer = optimizer(path);
        Map<String, Object> off = new LinkedHashMap<>(optimizer.settings());
        off.put("lr", 1.01 * optimizer.learningRate());
        assertThat(production(Optimizers.named(optimizer.name(), off), gradients(path))
                        .worstError(golden(path)))
                .isGreaterThan(10 * TOLERANCE);
    }

    private static Path golden(String path) {
        JsonNode points = FILE.get("paths").get(path).get("w");
        double[][] expected = new double[points.size()][];
        Arrays.setAll(expected, step -> Vectors.numbers(points.get(step)));
        return new Path(expected);
    }

    /** The gradients that PyTorch saw, taken again where its path stood. */
    private static double[][] gradients(String path) {
        double[][] points = golden(path).points();
        double[][] gradients = new double[points.length][];
        double[] before = Vectors.numbers(FILE.get("w0"));
        double[] w = before;
        // the velocity is the last step
        double ahead = optimizer(path).name().equals("nesterov-lookahead")
                ? (Double) optimizer(path).settings().get("momentum")
                : 0;
        for (int step = 0; step < points.length; step++) {
            double[] point = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                point[i] = w[i] + ahead * (w[i] - before[i]);
            }
            gradients[step] = gradient(point);
            before = w;
            w = points[step];
        }
        return gradients;
    }

    /** The naive reference, with these gradients or, if there are none, those where its parameters stand. */
    private static Path reference(Optimizer optimizer, double[][] gradients, boolean rounded) {
        int steps = FILE.get("steps").intValue();
        double[] w = Vectors.numbers(FILE.get("w0"));
        ReferenceRule[] rules = new ReferenceRule[w.length];
        Arrays.setAll(rules, i -> new ReferenceRule(optimizer.name(), optimizer.settings()));
        Path path = new Path(new double[steps][]);
        for (int step = 0; step < steps; step++) {
            double[] point = new double[w.length];
            Arrays.setAll(point, i -> rules[i].gradientPoint(w[i]));
            double[] gradient = gradients.length > 0 ? gradients[step] : gradient(point);
            for (int i = 0; i < w.length; i++) {
                double next = rules[i].update(w[i], gradient[i], optimizer.learningRate());
                w[i] = rounded ? (float) next : next;
            }
            path.points()[step] = w.clone();
        }
        return path;
    }

    /** The optimizer under test, with these gradients or, if there are none, those where its parameters stand. */
    private static Path production(Optimizer optimizer, double[][] gradients) {
        int steps = FILE.get("steps").intValue();
        float[] w = narrow(Vectors.numbers(FILE.get("w0")));
        OptimizerState state = optimizer.init(w.length);
        Path path = new Path(new double[steps][]);
        for (int step = 0; step < steps; step++) {
            optimizer.project(w, state);
            optimizer.update(w, narrow(gradients.length > 0 ? gradients[step] : gradient(widen(w))), state);
            path.points()[step] = widen(w);
        }
        return path;
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

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    /** PyTorch tells the classes of its optimizers apart by name only, so the path's name says which one it was. */
    private static Optimizer optimizer(String path) {
        JsonNode settings = FILE.get("paths").get(path).get("settings");
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
