package dev.namaskar.optim.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.SplitMix64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @Test
    void cosineIsThePeersAndStaysAtItsEnd() {
        Schedule cosine = Schedules.named("cosine", 2000);
        for (int k = 0; k <= 2000; k += 37) {
            assertThat(cosine.factor(k)).isCloseTo(.1 + .9 * .5 * (1 + Math.cos(Math.PI * k / 2000)), within(1e-12));
        }
        assertThat(cosine.factor(2000)).isCloseTo(0.1, within(1e-12));
        assertThat(cosine.factor(1_000_000_000_000L)).isEqualTo(cosine.factor(2000));
    }

    @Test
    void annealingSwingsUpAgainAsPyTorchsDoes() {
        Schedule annealing = Schedules.named("cosine-annealing(100)");
        assertThat(annealing.factor(100)).isCloseTo(0, within(1e-12));
        assertThat(annealing.factor(150)).isCloseTo(0.5, within(1e-12));
        assertThat(annealing.factor(200)).isCloseTo(1, within(1e-12));
        assertThat(annealing.factor(233)).isCloseTo(annealing.factor(33), within(1e-12));
    }

    @Test
    void oneCyclePeaksWhereItShould() {
        Schedule cycle = Schedules.named("one-cycle(1000,0.25,10,100)");
        assertThat(cycle.factor(0)).isCloseTo(0.1, within(1e-12));
        assertThat(cycle.factor(249)).isCloseTo(1, within(1e-12));
        assertThat(cycle.factor(999)).isCloseTo(1e-3, within(1e-12));
        assertThat(cycle.factor(5000)).isEqualTo(cycle.factor(999));
        for (int k = 1; k < 1000; k++) {
            assertThat(cycle.factor(k) > cycle.factor(k - 1))
                    .as("rises at %d", k)
                    .isEqualTo(k <= 249);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0.3", "2,0.3", "3,0", "3,1", "4,0.25", "10,0.1"})
    void oneCycleSurvivesOddLengths(int steps, double rise) {
        Schedule cycle = new OneCycle(steps, rise, 25, 1e4);
        for (int k = 0; k < steps + 3; k++) {
            assertThat(cycle.factor(k)).isBetween(1 / 25e4 - 1e-12, 1.0);
        }
    }

    @Test
    void inverseSquareRootIsVaswanisInUnitsOfItsPeak() {
        Schedule schedule = Schedules.inverseSquareRoot(400);
        for (int t : new int[] {1, 7, 399, 400, 401, 5000}) {
            double vaswani = Math.min(Math.pow(t, -0.5), t * Math.pow(400, -1.5)) * Math.sqrt(400);
            assertThat(schedule.factor(t - 1)).isCloseTo(vaswani, within(1e-12));
        }
    }

    @Test
    void restartsComeWhenAPeriodIsOver() {
        Schedule schedule = Schedules.named("warm-restarts(3,2,0.1)");
        double mid = 0.1 + 0.9 * 0.5;
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(3)).isEqualTo(1);
        assertThat(schedule.factor(6)).isCloseTo(mid, within(1e-12));
        assertThat(schedule.factor(9)).isEqualTo(1);
        assertThat(schedule.factor(15)).isCloseTo(mid, within(1e-12));
        assertThat(Schedules.warmRestarts(7, 1).factor(7_000_000_007L * 7)).isEqualTo(1);
    }

    @Test
    void productsMultiplyAndSequencesCountAnew() {
        Schedule product = Schedules.named("linear-warmup(10) * exponential(0.5)");
        assertThat(product.factor(3)).isCloseTo(0.4 * 0.125, within(1e-15));
        Schedule sequence = Schedules.named("linear-warmup(4)@4>step(2,0.5)@3>constant");
        double[] expected = {0.25, 0.5, 0.75, 1, 1, 1, 0.5, 1, 1};
        for (int k = 0; k < expected.length; k++) {
            assertThat(sequence.factor(k)).as("step %d", k).isCloseTo(expected[k], within(1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "constant",
                "step(30,0.1)",
                "exponential(0.97)",
                "linear-warmup(10)",
                "cosine(2000,0.1)",
                "cosine-annealing(100,0)",
                "warm-restarts(20,2,0)",
                "one-cycle(100,0.3,25,10000)",
                "inverse-square-root(400)",
                "plateau(0.5,3,0.0001,2,0.01)",
                "linear-warmup(10)*cosine(90,0)",
                "linear-warmup(10)*cosine(90,0)*plateau(0.5,3,0.0001,2,0.01)",
                "constant@50>exponential(0.9)@30>constant",
                "(constant@50>exponential(0.9))*linear-warmup(5)",
                "(constant@5>linear-warmup(9))@50>constant"
            })
    void textMakesTheSameScheduleAgain(String spec) {
        Schedule schedule = Schedules.named(spec);
        assertThat(schedule.spec()).isEqualTo(spec);
        assertThat(Schedules.named(schedule.spec())).isEqualTo(schedule);
    }

    @Test
    void everyNameIsReachable() {
        for (NamedSchedule each : Schedules.all()) {
            String spec = switch (each.name()) {
                case "step", "linear-warmup", "warm-restarts", "inverse-square-root" -> each.name() + "(7)";
                case "exponential" -> "exponential(0.9)";
                default -> each.name();
            };
            assertThat(Schedules.named(spec.toUpperCase(java.util.Locale.ROOT).replace('-', '_'), 100)
                            .spec())
                    .startsWith(each.name());
            assertThat(Schedules.table()).contains("| `" + each.name());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cosine | expected a number of updates of 1 or more for schedule \"cosine\", found 0",
                "cosine(-3) | found -3",
                "cosine(1.5) | expected a whole number, found 1.5",
                "cosine(10,0.1,7) | expected cosine(steps,end)",
                "cosine(ten) | expected a finite number, found \"ten\"",
                "cosine(10,NaN) | expected a finite number, found \"NaN\"",
                "cosine(10 | expected ')' at character 10",
                "cosine(10)) | expected the end at character 11",
                "sine(10) | no schedule \"sine\"; there are cosine, step, constant, ",
                "step | expected step(every,factor)",
                "step(0) | expected every to be 1 or more, found 0",
                "constant*  | expected the name of a schedule at character 10",
                "constant@x>constant | expected a number of updates at character 10",
                "constant@5 | expected '>' and the schedule that follows",
                "constant@0>constant | expected steps to be 1 or more",
                "(constant | expected ')'",
                "'' | expected the name of a schedule at character 1",
                "plateau(2) | expected factor to be above 0 and below 1",
                "linear-warmup(0) | expected steps to be 1 or more",
                "exponential(-1) | expected factor to be 0 or more",
                "one-cycle(10,3) | expected rise to be between 0 and 1"
            })
    void saysWhatIsWrong(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedules.named(spec))
                .withMessageContaining(message.strip());
    }

    /** PyTorch's ReduceLROnPlateau in its own words, mode min, threshold_mode rel. */
    @Test
    void plateauFollowsPyTorchsBookkeeping() {
        SplitMix64 random = new SplitMix64(11);
        for (int trial = 0; trial < 200; trial++) {
            double factor = 0.1 + 0.8 * random.nextDouble();
            int patience = random.nextInt(4);
            double threshold = 0.05 * random.nextDouble();
            int cooldown = random.nextInt(3);
            double least = 0.01 * random.nextInt(3);
            Schedule schedule = new ReduceOnPlateau(factor, patience, threshold, cooldown, least);
            double[] memory = new double[3 + schedule.memorySize()];
            schedule.init(memory, 3);
            double best = Double.POSITIVE_INFINITY;
            double rate = 1;
            int bad = 0;
            int cooling = 0;
            for (int report = 0; report < 60; report++) {
                double loss = random.nextInt(20) == 0 ? Double.NaN : 1 + 0.3 * random.nextGaussian();
                schedule.report(loss, memory, 3);
                if (loss < best * (1 - threshold)) {
                    best = loss;
                    bad = 0;
                } else {
                    bad += 1;
                }
                if (cooling > 0) {
                    cooling -= 1;
                    bad = 0;
                }
                if (bad > patience) {
                    rate = Math.max(rate * factor, least);
                    cooling = cooldown;
                    bad = 0;
                }
                assertThat(schedule.factor(report, memory, 3)).isCloseTo(rate, within(1e-12));
            }
            assertThat(memory).startsWith(0, 0, 0);
        }
    }

    @Test
    void plateauImprovesOnALossBelowZeroToo() {
        Schedule schedule = Schedules.reduceOnPlateau(0.5, 0);
        double[] memory = new double[schedule.memorySize()];
        schedule.init(memory, 0);
        schedule.report(-1, memory, 0);
        schedule.report(-2, memory, 0);
        assertThat(schedule.factor(2, memory, 0)).isEqualTo(1);
        schedule.report(-2, memory, 0);
        assertThat(schedule.factor(3, memory, 0)).isEqualTo(0.5);
    }

    @Test
    void plateauLowersTheRateOfItsOptimizer() {
        Optimizer sgd = Optimizers.named("sgd", Map.of("lr", 0.8, "schedule", "linear-warmup(1)*plateau(0.5,1)"));
        OptimizerState state = sgd.init(1);
        float[] w = {0};
        for (double loss : new double[] {3, 2, 2, 2, 2, 2}) {
            sgd.report(loss, state);
        }
        sgd.update(w, new float[] {1}, state);
        assertThat(state.learningRate()).isCloseTo(0.2, within(1e-12));
        assertThat(w[0]).isEqualTo(-0.2f);
        OptimizerState restored = sgd.restore(1, state.step(), state.values());
        sgd.report(2, restored);
        sgd.report(2, restored);
        sgd.update(w, new float[] {1}, restored);
        assertThat(restored.learningRate()).isCloseTo(0.1, within(1e-12));
    }
}
