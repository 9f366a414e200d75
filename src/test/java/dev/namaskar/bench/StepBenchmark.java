package dev.namaskar.bench;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Forward, loss and backward of a character network in one thread, and one predicted character: {@code mvn test-compile
 * exec:exec -Pjmh -Djmh=StepBenchmark}. Speed of training as a user has it is {@code namaskar bench train}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StepBenchmark {
    private static final int STEPS = 64;
    private static final int BATCH = 32;
    private static final int VOCABULARY = 65;

    /** Kind of cell. */
    @Param({"rnn", "gru", "lstm"})
    public String cell = "rnn";

    private final int[] tokens = new int[STEPS * BATCH];
    private final SequenceLoss loss = new SequenceLoss(new SoftmaxCrossEntropy());
    private Network network = NetworkSpec.tokens(1).recurrent("rnn", 1).build();
    private Pass training = network.predictor(Params.zeros(network.params()));
    private Pass prediction = training;
    private dev.namaskar.net.layers.State state = network.zeroState(1);
    private dev.namaskar.net.layers.State single = state;

    /** A network of 128 units with fresh weights. */
    @Setup
    public void build() {
        network = NetworkSpec.tokens(VOCABULARY)
                .recurrent(cell, 128)
                .dense(VOCABULARY)
                .build();
        Params params = network.initialize(1);
        training = Pass.of(network, params.values(), GemmLibrary.best(), true);
        prediction = network.predictor(params);
        state = network.zeroState(BATCH);
        single = network.zeroState(1);
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = random.nextInt(VOCABULARY);
        }
    }

    /** 64 steps of 32 rows, there and back. */
    @Benchmark
    public float[] forwardAndBackward() {
        Frames out = training.forward(Sequences.ofTokens(STEPS, BATCH, tokens), state, state, true, 1, 0);
        loss.compute(out, Targets.classes(tokens), 1.0 / (STEPS * BATCH));
        return training.backward();
    }

    /** One step of one row in plain Java. */
    @Benchmark
    public float[] nextCharacter() {
        return prediction.predict(Sequences.ofTokens(1, 1, 3), single).values();
    }
}
