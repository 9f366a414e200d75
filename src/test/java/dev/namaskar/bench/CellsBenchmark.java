package dev.namaskar.bench;

import dev.namaskar.cells.Backflow;
import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cells.Step;
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
 * What a unit of a cell costs in a step, in nanoseconds: {@code mvn test-compile exec:exec -Pjmh -Djmh=CellsBenchmark}.
 * A few tenths are what whole vectors take, a few whole ones what a loop takes that goes value by value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CellsBenchmark {
    private static final int SIZE = 32 * 256;

    /** The cell. */
    @Param({"rnn", "gru", "lstm"})
    public String name = "";

    private Cell cell = Cells.named("rnn", 1);
    private Step before = new Step(cell, 0);
    private Step now = before;
    private Backflow flow = new Backflow(cell, 0);

    /** Numbers between -1 and 1. */
    @Setup
    public void fill() {
        cell = Cells.named(name, 1);
        before = new Step(cell, SIZE);
        now = new Step(cell, SIZE);
        flow = new Backflow(cell, SIZE);
        for (int i = 0; i < SIZE; i++) {
            before.h[i] = (float) Math.sin(i);
            flow.dh[i] = (float) Math.cos(i);
        }
    }

    /** From pre-activations to the hidden state. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public float[] forward() {
        cell.forward(before, now, SIZE);
        return now.h;
    }

    /** From the gradient of the hidden state to those of the pre-activations. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public float[] backward() {
        cell.backward(before, now, flow, SIZE);
        return now.gates[0];
    }
}
