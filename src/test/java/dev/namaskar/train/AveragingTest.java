package dev.namaskar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.run.Standing;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.StoppingRules;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTest {
    private static final int VOCABULARY = 5;
    private static final Network NETWORK =
            NetworkSpec.tokens(VOCABULARY).recurrent("gru", 4).dense(VOCABULARY).build();

    private static Trainer trainer(Params params, int threads) {
        return new Trainer(
                NETWORK,
                params,
                Optimizers.named("nesterov-lookahead", Map.of("lr", 0.1)).clipByGlobalNorm(1),
                new TrainerTest.Letters(4, 3, VOCABULARY),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                new TrainerSettings(threads, 2, 11, true, GemmLibrary.JAVA));
    }

    /** The weights after every step, without any averaging. */
    private static List<float[]> path(int steps) {
        List<float[]> path = new ArrayList<>();
        Params params = NETWORK.initialize(3);
        try (Trainer trainer = trainer(params, 1)) {
            for (int i = 0; i < steps; i++) {
                trainer.step();
                path.add(params.values().clone());
            }
        }
        return path;
    }

    /** Weights of the mean in double precision: w_i to the power they fade by, divided by their sum. */
    private static double[] mean(List<float[]> path, double decay) {
        double[] mean = new double[path.get(0).length];
        double sum = 0;
        for (int k = 0; k < path.size(); k++) {
            double weight = decay == 0 ? 1 : Math.pow(decay, path.size() - 1 - k);
            sum += weight;
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weight * path.get(k)[i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= sum;
        }
        return mean;
    }

    private static void assertClose(float[] found, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("parameter %d", i).isCloseTo(expected[i], within(2e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"ema:0.9,0.9,0", "ema:0.5,0.5,0", "polyak:0,0,0", "polyak:0.5,0,10", "polyak:0.92,0,18", "polyak,0,10"})
    void theMeanIsOfTheWeightsAfterEachStep(String rule, double decay, int before) {
        List<float[]> path = path(20);
        Params params = NETWORK.initialize(3);
        try (Trainer trainer = trainer(params, 2)) {
            Training training = new Training(trainer, StoppingRules.afterSteps(20)).average(Averaging.parse(rule));
            training.run();
            assertClose(training.parameters(), mean(path.subList(before, 20), decay));
            assertThat(params.values()).as("the weights go their own way").containsExactly(path.get(19));
        }
    }

    @Test
    void validationSeesTheMeanAndTheBestIsKept() {
        List<float[]> path = path(12);
        List<float[]> seen = new ArrayList<>();
        try (Trainer trainer = trainer(NETWORK.initialize(3), 1)) {
            Training training = new Training(trainer, StoppingRules.afterSteps(12))
                    .average(Averaging.parse("polyak:0.5"))
                    .validate(4, weights -> {
                        seen.add(weights.clone());
                        return seen.size() == 3 ? 2 : 4 - seen.size();
                    });
            training.run();
            assertThat(seen.get(0)).containsExactly(path.get(3));
            assertClose(seen.get(1), mean(path.subList(6, 8), 0));
            assertClose(seen.get(2), mean(path.subList(6, 12), 0));
            assertThat(training.parameters()).containsExactly(seen.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ema:0.8", "polyak:0.5", "polyak:0.1", "nt-asgd:1"})
    void aStoppedRunGoesOnWithTheSameBits(String rule) {
        for (int stop : new int[] {3, 5, 8, 11}) {
            Saved saved = new Saved();
            float[] whole;
            try (Trainer first = trainer(NETWORK.initialize(3), 2)) {
                Training training = training(first, rule).checkpoint(stop, saved);
                training.run();
                whole = training.parameters();
            }
            try (Trainer second = trainer(NETWORK.initialize(8), 1)) {
                second.restore(Objects.requireNonNull(saved.snapshot));
                assertThat(second.steps()).isEqualTo(stop);
                Training training = training(second, rule).resume(Objects.requireNonNull(saved.standing));
                training.run();
                assertThat(training.parameters()).as("stopped after %d", stop).containsExactly(whole);
            }
        }
    }

    private static Training training(Trainer trainer, String rule) {
        return new Training(trainer, StoppingRules.afterSteps(12))
                .average(Averaging.parse(rule))
                .validate(1, weights -> Math.abs(weights[0] - 0.4) + weights[5] * weights[5]);
    }

    /** Keeps the first checkpoint. */
    private static final class Saved implements Training.Checkpointer {
        @Nullable
        Snapshot snapshot;

        @Nullable
        Standing standing;

        @Override
        public void save(Snapshot taken, Standing stood) {
            if (snapshot == null) {
                snapshot = taken;
                standing = stood;
            }
        }
    }

    /** Algorithm 1 of Merity et al. 2018 in its own words: trigger at the first v_t > min of logs[0 .. t-n-1], t > n. */
    @Test
    void nonMonotonicTriggerIsThePapers() {
        SplitMix64 random = new SplitMix64(4);
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + random.nextInt(4);
            List<Double> losses = new ArrayList<>();
            for (int t = 0; t < 14; t++) {
                losses.add(3.0 - 0.1 * t + random.nextInt(4) * 0.1);
            }
            int expected = -1;
            for (int t = n + 1; t < losses.size() && expected < 0; t++) {
                double min = Double.POSITIVE_INFINITY;
                for (int l = 0; l < t - n; l++) {
                    min = Math.min(min, losses.get(l));
                }
                expected = losses.get(t) > min ? t : -1;
            }
            Iterator<Double> told = losses.iterator();
            List<Long> begun = new ArrayList<>();
            try (Trainer trainer = trainer(NETWORK.initialize(3), 1)) {
                new Training(trainer, StoppingRules.afterSteps(14))
                        .average(new Averaging.NonMonotonic(n))
                        .validate(1, weights -> told.next())
                        .listen(new TrainingListener() {
                            @Override
                            public void onAveraging(long step) {
                                begun.add(step);
                            }
                        })
                        .run();
            }
            // validation t comes after step t + 1, and averaging begins with the step after it
            assertThat(begun).isEqualTo(expected < 0 ? List.of() : List.of(expected + 2L));
        }
    }

    @Test
    void aTriggerByValidationWantsValidation() {
        try (Trainer trainer = trainer(NETWORK.initialize(3), 1)) {
            Training training = new Training(trainer, StoppingRules.afterSteps(5)).average(Averaging.parse("nt-asgd"));
            assertThatIllegalArgumentException()
                    .isThrownBy(training::run)
                    .withMessageContaining("averaging by nt-asgd:5 goes by validation losses");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ema:0.999", "ema:0.5", "polyak:0.5", "polyak:0", "nt-asgd:5"})
    void textMakesTheSameRuleAgain(String text) {
        assertThat(Averaging.parse(text).spec()).isEqualTo(text);
        assertThat(Averaging.parse(text.replace(":", "(") + ")")).isEqualTo(Averaging.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mean | expected averaging by ema:0.999, polyak:0.5 or nt-asgd:5, found \"mean\"",
                "ema:1 | a decay above 0 and below 1",
                "ema:0 | a decay above 0 and below 1",
                "ema:-1 | a decay above 0 and below 1",
                "ema:NaN | expected a finite number",
                "ema:a | expected a finite number",
                "ema:0.9,0.8 | expected ema:decay",
                "polyak:1 | at least 0 and below 1",
                "polyak:-0.1 | at least 0 and below 1",
                "nt-asgd:0 | 1 or more validations",
                "nt-asgd:1.5 | expected a whole number",
                "'' | expected a name with numbers"
            })
    void whatDoesNotHoldIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Averaging.parse(text))
                .withMessageContaining(message);
    }
}
