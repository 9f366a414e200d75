package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.Range;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.run.StepTimes;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench train}: the time of one training step on random characters. */
@Command(
        description = "Time a training step of a character model on random characters.",
        footer = {"", "Example: namaskar bench train --cell lstm --hidden 256 --batch 64 --json"})
public final class BenchTrainCommand extends BenchCommand {
    @Mixin
    private final BenchNetwork shape = new BenchNetwork();

    @Option(names = "--seq-len", defaultValue = "64", description = "Steps of a sequence (default ${DEFAULT-VALUE}).")
    private int steps;

    @Mixin
    private final BenchThreads workers = new BenchThreads();

    @Option(
            names = "--optimizer",
            defaultValue = "adam",
            paramLabel = "NAME",
            description = "The optimizer, its settings behind a colon (default ${DEFAULT-VALUE}).")
    private String optimizer = "adam";

    /** Five seconds, 64 sequences. */
    public BenchTrainCommand() {
        super(5, 64);
    }

    @Override
    public Integer call() {
        Range range = range();
        int batch = batch(1);
        range.atLeast("--seq-len", 1, steps);
        int threads = workers.count(range);
        double seconds = seconds();
        OptimizerSpec rule = range.usage(
                "--optimizer",
                () -> OptimizerSpec.parse(optimizer)
                        .and("schedule", "constant")
                        .forRecurrent()
                        .orElse("clip", 5));
        Network network = shape.network(range);
        TrainerSettings settings = TrainerSettings.of(threads, 1);
        StepTimes times = new StepTimes();
        GemmChoice gemm;
        try (Trainer trainer = new Trainer(
                network,
                network.initialize(1),
                rule.build(0),
                BatchSource.stream(BatchShape.text(steps), batch, this::random),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                settings)) {
            run(trainer, seconds, new StepTimes());
            run(trainer, seconds, times);
            gemm = trainer.gemm();
        }
        print(network, gemm, batch, threads, times.median() * 1e-6);
        return 0;
    }

    private static void run(Trainer trainer, double seconds, StepTimes times) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (int i = 0; i < 5 || System.nanoTime() < end; i++) {
            long from = System.nanoTime();
            trainer.step();
            times.add(System.nanoTime() - from);
        }
    }

    private void print(Network network, GemmChoice gemm, int batch, int threads, double milliseconds) {
        double gflops = trainingFlops(network.spec(), batch, steps) / (milliseconds * 1e6);
        double charsPerSecond = batch * (double) steps / milliseconds * 1e3;
        Map<String, Object> result = new LinkedHashMap<>(shape.toMap());
        result.put("batch", batch);
        result.put("seq_len", steps);
        result.put("threads", threads);
        result.put("optimizer", optimizer);
        result.put("gemm", gemm.toString());
        result.put("ms_per_step", milliseconds);
        result.put("chars_per_s", charsPerSecond);
        result.put("gflops", gflops);
        print(
                result,
                String.format(
                        Locale.ROOT,
                        "%s, batch %d, %d steps, %d threads, %s: %.2f ms a step, %.0f characters/s, %.0f GFLOP/s",
                        shape,
                        batch,
                        steps,
                        threads,
                        gemm,
                        milliseconds,
                        charsPerSecond,
                        gflops));
    }

    /**
     * Floating-point operations of the matrix products that a step needs: two for each weight, row and step, once
     * forward and twice backward. One-hot inputs need none, and the first layer's input wants no gradient.
     */
    public static double trainingFlops(NetworkSpec spec, int batch, int steps) {
        double weights = 0;
        int width = 0;
        for (var layer : spec.layers()) {
            if (layer instanceof Recurrent recurrent) {
                double gates = recurrent.cell().gates();
                weights += gates
                        * recurrent.hidden()
                        * (width
                                + (recurrent.cell().hiddenProducts()
                                        ? (double) recurrent.order() * recurrent.hidden()
                                        : 0));
                width = recurrent.hidden();
            } else {
                int out = layer.outputWidth(width);
                weights += (double) width * out;
                width = out;
            }
        }
        return 6 * weights * batch * steps;
    }

    /** Characters drawn evenly, the same for the same number. */
    private void random(long number, Batch into) {
        SplitMix64 random = new SplitMix64(number);
        for (int i = 0; i < into.tokens.length; i++) {
            into.tokens[i] = random.nextInt(shape.vocabulary());
            into.classes[i] = random.nextInt(shape.vocabulary());
        }
    }
}
