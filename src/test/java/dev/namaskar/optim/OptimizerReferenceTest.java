package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer with settings drawn by chance against the naive double reference; and faults that it must notice. */
class OptimizerReferenceTest {
    private static final int STEPS = 60;
    private static final int SIZE = 37;
    private static final double TOLERANCE = 2e-5;

    static List<String> names() {
        return Optimizers.all().stream().map(NamedOptimizer::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void followsTheReferenceWithItsDefaults(String name) {
        Optimizer optimizer = Optimizers.named(name);
        assertThat(worst(optimizer, name, optimizer.settings(), 5)).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void followsTheReferenceWithAnySettings(String name) {
        SplitMix64 random = new SplitMix64(name.hashCode());
        for (int trial = 0; trial < 25; trial++) {
            Map<String, Object> settings = drawn(Optimizers.named(name).settings(), random);
            Optimizer optimizer = Optimizers.named(name, settings);
            assertThat(optimizer.settings()).isEqualTo(settings);
            assertThat(worst(optimizer, name, settings, trial))
                    .as("%s %s", name, settings)
                    .isLessThan(TOLERANCE);
        }
    }

    /** A rule with a typical fault each, hung into the production chain. */
    @Test
    void noticesPlantedErrors() {
        Map<String, GradientTransform> faulty = Map.of(
                "no bias correction", new UncorrectedAdam(1),
                "a sign", new UncorrectedAdam(-1),
                "eps wrong", new Adam(0.8, 0.95, 1e-4, false),
                "betas swapped", new Adam(0.95, 0.8, 1e-8, false),
                "largest instead of mean square", new Adam(0.8, 0.95, 1e-8, true));
        Map<String, Object> settings =
                Optimizers.named("adam", Map.of("beta1", 0.8, "beta2", 0.95)).settings();
        faulty.forEach((fault, rule) -> assertThat(
                        worst(Optimizer.of("adam", 1e-3, Map.of(), rule), "adam", settings, 3))
                .as(fault)
                .isGreaterThan(TOLERANCE));
    }

    @Test
    void noticesDecayInTheWrongPlace() {
        Optimizer intoTheGradient = Optimizers.named("adam", Map.of("weight_decay", 0.1));
        Optimizer beside = Optimizers.adam(1e-3).decoupledWeightDecay(0.1, true);
        assertThat(worst(beside, "adam", intoTheGradient.settings(), 3)).isGreaterThan(TOLERANCE);
        assertThat(worst(intoTheGradient, "adam", beside.settings(), 3)).isGreaterThan(TOLERANCE);
        assertThat(worst(beside, "adam", beside.settings(), 3)).isLessThan(TOLERANCE);
    }

    @Test
    void lookaheadWithoutItsPointAheadIsNotSutskevers() {
        Optimizer plain = Optimizers.named("momentum", Map.of("lr", 0.05));
        Map<String, Object> settings =
                Optimizers.named("nesterov-lookahead", Map.of("lr", 0.05)).settings();
        assertThat(worst(plain, "nesterov-lookahead", settings, 3)).isGreaterThan(100 * TOLERANCE);
    }

    /** Worst error over a run on a bent valley, against the size of the parameters (at least 0.1). */
    private static double worst(Optimizer optimizer, String reference, Map<String, Object> settings, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] expected = new double[SIZE];
        float[] w = new float[SIZE];
        List<ReferenceRule> rules = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            w[i] = (float) random.nextGaussian();
            expected[i] = w[i];
            rules.add(new ReferenceRule(reference, settings));
        }
        OptimizerState state = optimizer.init(SIZE);
        double worst = 0;
        for (int step = 1; step <= STEPS; step++) {
            optimizer.project(w, state);
            float[] gradient = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                gradient[i] = (float) slope(w[i], i, step);
            }
            optimizer.update(w, gradient, state);
            for (int i = 0; i < SIZE; i++) {
                ReferenceRule rule = rules.get(i);
                double slope = slope(rule.gradientPoint(expected[i]), i, step);
                expected[i] = rule.update(expected[i], slope, (Double) settings.get("lr"));
                worst = Math.max(worst, Math.abs(w[i] - expected[i]) / Math.max(0.1, Math.abs(expected[i])));
            }
        }
        return worst;
    }

    // Smooth, never zero for long, a different pull for each coordinate and step, as mini-batches give.
    private static double slope(double w, int coordinate, int step) {
        return 0.5 * Math.tanh(w - 0.3) + 0.7 * Math.sin(1.7 * coordinate + 0.9 * step) + 0.2;
    }

    private static Map<String, Object> drawn(Map<String, Object> usual, SplitMix64 random) {
        Map<String, Object> settings = new LinkedHashMap<>(usual);
        for (String key : usual.keySet()) {
            Object value = switch (key) {
                case "lr" -> Math.pow(10, -3 + 2 * random.nextDouble());
                case "momentum", "alpha", "rho", "beta", "beta1" -> 0.5 + 0.45 * random.nextDouble();
                case "beta2" -> 0.8 + 0.1999 * random.nextDouble();
                case "eps" -> Math.pow(10, -8 + 6 * random.nextDouble());
                case "weight_decay" -> random.nextInt(2) * 0.1 * random.nextDouble();
                case "momentum_decay", "lr_decay", "initial_accumulator_value" -> 0.1 * random.nextDouble();
                case "decoupled_weight_decay", "centered" -> random.nextInt(2) == 1;
                default -> null;
            };
            if (value != null) {
                settings.put(key, value);
            }
        }
        if (usual.containsKey("dampening") && Boolean.FALSE.equals(usual.get("nesterov"))) {
            settings.put("dampening", random.nextDouble());
        }
        return settings;
    }

    /** Adam as a beginner writes it. */
    private record UncorrectedAdam(double sign) implements GradientTransform {
        @Override
        public int arrays() {
            return 2;
        }

        @Override
        public void apply(float[] gradient, float[] params, TransformState state, int from, int to) {
            for (int i = from; i < to; i++) {
                float m = 0.8f * state.array(0)[i] + 0.2f * gradient[i];
                float s = 0.95f * state.array(1)[i] + 0.05f * gradient[i] * gradient[i];
                state.array(0)[i] = m;
                state.array(1)[i] = s;
                gradient[i] = (float) (sign * 1e-3 * m / (Math.sqrt(s) + 1e-8));
            }
        }
    }
}
