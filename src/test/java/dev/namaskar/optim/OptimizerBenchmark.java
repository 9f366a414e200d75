package dev.namaskar.optim;

import dev.namaskar.kernels.Reductions;
import dev.namaskar.params.SplitMix64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per parameter of one update on one thread: {@code org.openjdk.jmh.Main OptimizerBenchmark} on the test
 * class path. {@link #adamWithStateInOneArray} is a shape that C2 does not vectorise, the reason why every moment is an
 * array of its own; a rule that costs about as much as that is not vectorised either.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(OptimizerBenchmark.SIZE)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OptimizerBenchmark {
    static final int SIZE = 200_000;

    @Param({
        "sgd",
        "momentum",
        "nesterov",
        "nesterov-lookahead",
        "adagrad",
        "adadelta",
        "rmsprop",
        "adam",
        "adamax",
        "nadam",
        "amsgrad"
    })
    public String name = "adam";

    private Optimizer optimizer = Optimizers.adam(1e-3);
    private OptimizerState state = optimizer.init(SIZE);
    private final float[] params = new float[SIZE];
    private final float[] gradient = new float[SIZE];
    private final float[] fresh = new float[SIZE];
    private final float[] moments = new float[2 * SIZE];

    /** Parameters and a gradient by chance. */
    @Setup
    public void prepare() {
        optimizer = Optimizers.named(name);
        state = optimizer.init(SIZE);
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < SIZE; i++) {
            params[i] = (float) random.nextGaussian();
            fresh[i] = (float) random.nextGaussian();
        }
    }

    /** The production path; the fresh gradient's copy is part of the time. */
    @Benchmark
    public float[] update() {
        System.arraycopy(fresh, 0, gradient, 0, SIZE);
        optimizer.project(params, state);
        optimizer.update(params, gradient, state);
        return params;
    }

    /** The sum that clipping by global norm needs. */
    @Benchmark
    public double sumOfSquares() {
        return Reductions.sumOfSquares(fresh, 0, SIZE);
    }

    /** Adam with both moments in windows of one array, index plus offset. */
    @Benchmark
    public float[] adamWithStateInOneArray() {
        System.arraycopy(fresh, 0, gradient, 0, SIZE);
        windows(params, gradient, moments, 0, SIZE);
        return params;
    }

    private static void windows(float[] w, float[] g, float[] state, int meansAt, int squaresAt) {
        for (int i = 0; i < w.length; i++) {
            float m = 0.9f * state[meansAt + i] + 0.1f * g[i];
            float s = 0.999f * state[squaresAt + i] + 0.001f * g[i] * g[i];
            state[meansAt + i] = m;
            state[squaresAt + i] = s;
            w[i] -= 1e-3f * m / ((float) Math.sqrt(s) + 1e-8f);
        }
    }
}
