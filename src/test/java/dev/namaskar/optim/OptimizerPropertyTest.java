package dev.namaskar.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.SplitMix64;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every optimizer whatever its rule. */
class OptimizerPropertyTest {
    private static final int SIZE = 9001;

    static List<Optimizer> optimizers() {
        List<Optimizer> all = new ArrayList<>();
        for (NamedOptimizer each : Optimizers.all()) {
            all.add(Optimizers.named(each.name()));
            all.add(Optimizers.named(each.name(), Map.of("weight_decay", 0.01))
                    .clipByGlobalNorm(3)
                    .clipByValue(0.05)
                    .with(Schedules.linearWarmup(3).times(Schedules.reduceOnPlateau(0.5, 0))));
        }
        all.add(Optimizers.named("rmsprop", Map.of("centered", true, "momentum", 0.9)));
        return all;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anyPartitionOnAnyThreadsGivesTheSameBits(Optimizer optimizer) {
        float[] whole = normal(SIZE, 1);
        float[] parts = whole.clone();
        OptimizerState first = optimizer.init(SIZE);
        OptimizerState second = optimizer.init(SIZE);
        Random random = new Random(7);
        for (int step = 0; step < 4; step++) {
            optimizer.project(whole, first);
            optimizer.update(whole, normal(SIZE, 10 + step), first);

            optimizer.project(parts, second);
            float[] gradient = normal(SIZE, 10 + step);
            double[] sums = new double[optimizer.normBlocks(second)];
            IntStream.range(0, sums.length)
                    .parallel()
                    .forEach(k -> sums[k] = optimizer.sumOfSquares(gradient, second, k));
            double sum = 0;
            for (double part : sums) {
                sum += part;
            }
            optimizer.begin(gradient, second, sum);
            List<int[]> ranges = partition(SIZE, random);
            ranges.parallelStream().forEach(r -> optimizer.apply(parts, gradient, second, r[0], r[1]));
            assertThat(parts).isEqualTo(whole);
            assertThat(second.values()).isEqualTo(first.values());
            assertThat(second.learningRate()).isEqualTo(first.learningRate());
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void resumesFromACopiedStateWithTheSameBits(Optimizer optimizer) {
        float[] w = normal(101, 1);
        OptimizerState state = optimizer.init(101);
        run(optimizer, w, state, 0, 5);
        float[] resumed = w.clone();
        OptimizerState restored =
                Optimizers.named(optimizer.name(), optimizer.settings()).restore(101, state.step(), state.values());
        run(optimizer, w, state, 5, 9);
        run(optimizer, resumed, restored, 5, 9);
        assertThat(resumed).containsExactly(w);
        assertThat(restored.values()).containsExactly(state.values());
        assertThat(restored.step()).isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void noneAndOneParameter(Optimizer optimizer) {
        float[] none = new float[0];
        optimizer.update(none, new float[0], projected(optimizer, none));
        float[] one = {0.5f};
        optimizer.update(one, new float[] {1}, projected(optimizer, one));
        assertThat(one[0]).isFinite().isLessThan(0.5f);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aZeroGradientLeavesWeightsAloneWithoutDecay(Optimizer optimizer) {
        float[] w = normal(50, 3);
        float[] before = w.clone();
        OptimizerState state = projected(optimizer, w);
        optimizer.update(w, new float[50], state);
        if (optimizer.settings().get("weight_decay").equals(0.0)) {
            assertThat(w).containsExactly(before);
        } else {
            assertThat(w).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void allocatesNothingThatGrowsWithTheParameters(Optimizer optimizer) {
        float[] w = normal(SIZE, 1);
        float[] gradient = normal(SIZE, 2);
        OptimizerState state = optimizer.init(SIZE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < 20; step++) {
                optimizer.project(w, state);
                optimizer.update(w, gradient, state);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in 20 updates").isLessThan(SIZE);
    }

    @Test
    void denormalMomentsAreFlushed() {
        Optimizer adam = Optimizers.adam(1e-3);
        float[] w = {1, 1};
        OptimizerState state = adam.init(2);
        adam.update(w, new float[] {1e-3f, 1}, state);
        for (int step = 0; step < 2000; step++) {
            adam.update(w, new float[2], state);
        }
        for (float moment : state.values()) {
            assertThat(moment == 0 || moment >= Float.MIN_NORMAL)
                    .as("moment %s", moment)
                    .isTrue();
        }
        assertThat(state.values()[0]).isBetween(0f, 1e-36f);
        assertThat(state.values()[3]).isPositive();
    }

    @Test
    void lookaheadInsistsOnItsPointAhead() {
        Optimizer nesterov = Optimizers.named("nesterov-lookahead");
        OptimizerState state = nesterov.init(1);
        float[] w = {1};
        assertThatIllegalStateException()
                .isThrownBy(() -> nesterov.update(w, new float[] {1}, state))
                .withMessageContaining("call project");
        nesterov.project(w, state);
        nesterov.update(w, new float[] {1}, state);
        nesterov.project(w, state);
        float ahead = w[0];
        nesterov.project(w, state);
        assertThat(w[0]).as("projecting twice is projecting once").isEqualTo(ahead);
        assertThatIllegalStateException().isThrownBy(state::values).withMessageContaining("update before saving");
    }

    @Test
    void comesBackFromThePointAhead() {
        Optimizer nesterov = Optimizers.named("nesterov-lookahead", Map.of("lr", 0.1));
        OptimizerState state = nesterov.init(100);
        float[] w = normal(100, 1);
        run(nesterov, w, state, 0, 3);
        float[] before = w.clone();
        float[] values = state.values();
        nesterov.unproject(w, state);
        assertThat(w).isEqualTo(before);
        nesterov.project(w, state);
        assertThat(w).isNotEqualTo(before);
        nesterov.unproject(w, state);
        assertThat(w).containsExactly(before, within(1e-6f));
        assertThat(state.values()).isEqualTo(values);
        assertThatIllegalStateException().isThrownBy(() -> nesterov.update(w, normal(100, 2), state));
    }

    @Test
    void anotherScheduleKeepsTheMoments() {
        ParamLayout layout = new ParamLayout();
        layout.add("w", Role.DENSE, 1, 5, 5);
        Params params = new Params(layout, normal(25, 1));
        Optimizer nadam = Optimizers.named("nadam");
        OptimizerState state = nadam.init(params);
        run(nadam, params.values(), state, 0, 3);
        Optimizer onPlateau = nadam.with(Schedules.reduceOnPlateau(0.5, 0));
        OptimizerState changed = onPlateau.restore(params, state);
        float[] other = params.values().clone();
        nadam.update(params.values(), normal(25, 9), state);
        onPlateau.update(other, normal(25, 9), changed);
        assertThat(other).isEqualTo(params.values());
        assertThat(changed.step()).isEqualTo(4);
        assertThat(changed.values()).hasSize(2 * 25 + 4 + 16).startsWith(state.values());
    }

    @Test
    void saysWhatDoesNotFit() {
        Optimizer adam = Optimizers.adam(1e-3);
        OptimizerState state = adam.init(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam.update(new float[4], new float[3], state))
                .withMessage("expected 3 parameters, as the optimizer state has, found 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam.update(new float[3], new float[2], state))
                .withMessageContaining("expected 3 gradients");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam.apply(new float[3], new float[3], state, 1, 4))
                .withMessage("expected a range within 0..3, found 1..4");
        assertThatIllegalStateException()
                .isThrownBy(() -> adam.apply(new float[3], new float[3], state, 0, 3))
                .withMessageContaining("begin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam.restore(3, 5, new float[5]))
                .withMessageContaining("expected an optimizer state of 6 values for 3 parameters, found 5");
        assertThatIllegalArgumentException().isThrownBy(() -> adam.restore(3, -1, new float[6]));
        Optimizer nadam = Optimizers.named("nadam");
        float[] damaged = nadam.init(3).values();
        damaged[6] = 0.5f;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nadam.restore(3, 0, damaged))
                .withMessageContaining("at place 6");
        assertThat(adam.init(3).gradientNorm()).isNaN();
        assertThat(adam.init(3).learningRate()).isCloseTo(0, within(0.0));
    }

    private static OptimizerState projected(Optimizer optimizer, float[] w) {
        OptimizerState state = optimizer.init(w.length);
        optimizer.project(w, state);
        return state;
    }

    private static void run(Optimizer optimizer, float[] w, OptimizerState state, int from, int to) {
        for (int step = from; step < to; step++) {
            optimizer.project(w, state);
            optimizer.update(w, normal(w.length, 100 + step), state);
            optimizer.report(step % 3, state);
        }
    }

    private static List<int[]> partition(int size, Random random) {
        int[] cuts = IntStream.concat(IntStream.of(0, size), random.ints(9, 0, size + 1))
                .sorted()
                .toArray();
        List<int[]> ranges = new ArrayList<>();
        for (int k = 1; k < cuts.length; k++) {
            ranges.add(Arrays.copyOfRange(cuts, k - 1, k + 1));
        }
        Collections.shuffle(ranges, random);
        return ranges;
    }

    private static float[] normal(int size, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
