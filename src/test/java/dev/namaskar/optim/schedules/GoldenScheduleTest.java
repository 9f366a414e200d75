package dev.namaskar.optim.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.optim.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The learning rate of each update as PyTorch's schedulers set it; settings stand in the curves' names. */
class GoldenScheduleTest {
    private static final JsonNode FILE = Vectors.read("schedules.json");

    static List<String> curves() {
        return new ArrayList<>(FILE.get("lr").propertyNames());
    }

    @ParameterizedTest
    @MethodSource("curves")
    void follows(String curve) {
        String[] words = curve.split("_");
        double base = FILE.get("base_lr").doubleValue();
        double last = numberAt(words, words.length - 1);
        Schedule schedule;
        if (curve.startsWith("constant")) {
            schedule = Schedules.constant();
        } else if (curve.startsWith("step")) {
            schedule = Schedules.step((int) numberAt(words, 1), last);
        } else if (curve.startsWith("exponential")) {
            schedule = Schedules.exponential(last);
        } else if (curve.startsWith("cosine")) {
            schedule = new CosineDecay((int) numberAt(words, 1), 0, true);
        } else if (curve.startsWith("linear_warmup")) {
            schedule = Schedules.linearWarmup((int) last);
        } else if (curve.startsWith("warm_restarts")) {
            schedule = Schedules.warmRestarts((int) numberAt(words, 2), (int) last);
        } else {
            assertThat(curve).matches("one_cycle_\\d+_max_.*");
            schedule = Schedules.oneCycle((int) numberAt(words, 2));
            base = last;
        }
        double[] expected = Vectors.numbers(FILE.get("lr").get(curve));
        for (int step = 0; step < expected.length; step++) {
            double rate = base * schedule.factor(step);
            assertThat(Math.abs(rate - expected[step]) / Math.max(Math.abs(expected[step]), 1e-9))
                    .as("%s at step %d: expected %s, found %s", curve, step, expected[step], rate)
                    .isLessThan(1e-9);
        }
    }

    private static double numberAt(String[] words, int place) {
        String digits = words[place].replaceAll("[^0-9.]", "");
        return digits.isEmpty() ? 0 : Double.parseDouble(digits);
    }
}
