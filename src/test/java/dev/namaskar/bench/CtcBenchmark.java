package dev.namaskar.bench;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.CtcObjective;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What CTC takes of a transcriber's step, 64 rows of 100 frames of sound in one thread: {@code mvn test-compile exec:exec
 * -Pjmh -Djmh=CtcBenchmark}.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CtcBenchmark {
    private static final int FRAMES = 100;
    private static final int ROWS = 64;
    private static final int FEATURES = 80;
    private static final int SYMBOLS = 41;

    /** Labels of each row: spoken digits, or sounds of a sentence. */
    @Param({"5", "30"})
    public int labels = 5;

    private final CtcObjective ctc = new CtcObjective(SYMBOLS - 1);
    private final Network network = NetworkSpec.values(FEATURES)
            .bidirectional("gru", 128, Merge.CONCATENATE)
            .dense(SYMBOLS)
            .build();
    private final State zero = network.zeroState(ROWS);
    private Batch batch = new Batch(BatchShape.labels(BatchShape.Sequence.values(FRAMES, FEATURES), labels), ROWS);
    private Pass pass = network.predictor(Params.zeros(network.params()));
    private Frames out = new Frames(SYMBOLS);

    /** The usual network of a transcriber with fresh weights, and features drawn at random. */
    @Setup
    public void build() {
        SplitMix64 random = new SplitMix64(1);
        batch = new Batch(
                BatchShape.labels(BatchShape.Sequence.values(FRAMES, FEATURES).withLengths(), labels), ROWS);
        Arrays.fill(batch.lengths, FRAMES);
        Arrays.fill(batch.targetLengths, labels);
        for (int i = 0; i < batch.values.length; i++) {
            batch.values[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < batch.classes.length; i++) {
            batch.classes[i] = random.nextInt(SYMBOLS - 1);
        }
        pass = Pass.of(network, network.initialize(1).values(), GemmLibrary.best(), true);
        out = pass.forward(batch.sequences(), zero, zero, true, 1, 0);
    }

    /** The network there and back, the loss between. */
    @Benchmark
    public float[] forwardAndBackward() {
        out = pass.forward(batch.sequences(), zero, zero, true, 1, 0);
        ctc.compute(out, batch, 1.0 / (ROWS * labels));
        return pass.backward();
    }

    /** The loss and its gradient alone. */
    @Benchmark
    public double ctcAlone() {
        return ctc.compute(out, batch, 1.0 / (ROWS * labels));
    }
}
