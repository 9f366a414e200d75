import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.*;
import dev.namaskar.net.attention.*;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;
import dev.namaskar.train.settings.*;
import java.util.*;

/**
 * Milliseconds of a training step of an encoder-decoder: two lstm layers of 256 that read both ways, one that attends and
 * writes, 128 pairs of lengths as those of words and their phonemes, Adam and clipping. step_translate_pytorch.py is its twin.
 * Usage: StepTranslate STEPS THREADS
 */
public class StepTranslate {
    static final int ROWS = 128, SOURCES = 28, TARGETS = 42, HIDDEN = 256, EMBEDDING = 128;

    public static void main(String[] args) {
        int steps = Integer.parseInt(args[0]);
        int threads = Integer.parseInt(args[1]);
        NetworkSpec encoder = new RecurrentLayers("lstm", 1, HIDDEN, 2, 0.3, null)
                .bothWaysAbove(NetworkSpec.tokens(SOURCES).embedding(EMBEDDING).dropout(0.3));
        NetworkSpec decoder = new RecurrentLayers("lstm", 1, HIDDEN, 1, 0.3, null)
                .above(NetworkSpec.tokens(TARGETS).embedding(EMBEDDING).dropout(0.3))
                .then(new Attention(AttentionScore.DOT, HIDDEN, 2 * HIDDEN))
                .dense(HIDDEN, Activation.TANH)
                .dropout(0.3)
                .dense(TARGETS);
        EncoderDecoder model = new EncoderDecoder(encoder, decoder);
        BatchShape shape = BatchShape.classes(BatchShape.Sequence.tokens(16).withLengths())
                .withSource(BatchShape.Sequence.tokens(16).withLengths());
        BatchSource batches = BatchSource.of(shape, ROWS, StepTranslate::fill);
        List<Double> times = new ArrayList<>();
        var process = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long used = 0;
        try (Trainer trainer = new Trainer(
                Trainable.of(model),
                model.initialize(1),
                Optimizers.adam(2e-3).clipByGlobalNorm(2),
                batches,
                () -> Objective.of(new SoftmaxCrossEntropy(0.1)),
                TrainerSettings.of(threads, 1).withoutCarriedState())) {
            for (int step = 0; step < steps; step++) {
                used = step == steps / 2 ? process.getProcessCpuTime() : used;
                long begun = System.nanoTime();
                trainer.step();
                times.add((System.nanoTime() - begun) * 1e-6);
            }
            used = process.getProcessCpuTime() - used;
        }
        List<Double> warm = times.subList(steps / 2, steps);
        Collections.sort(warm);
        System.out.printf(
                Locale.ROOT,
                "{\"who\":\"namaskar\",\"parameters\":%d,\"ms_per_step\":%.2f,\"cpu_ms_per_step\":%.2f}%n",
                model.params().size(),
                warm.get(warm.size() / 2),
                used * 1e-6 / warm.size());
    }

    /** Lengths of 5 to 10 and 4 to 9, as they stand together in a batch of about equal length. */
    static void fill(long number, Batch into) {
        Random random = new Random(number);
        into.resize(10, 10).source().resize(10, 0);
        for (int b = 0; b < ROWS; b++) {
            into.source().lengths[b] = 5 + random.nextInt(6);
            into.lengths[b] = 1 + into.source().lengths[b] - random.nextInt(2);
            into.lengths[b] = Math.min(10, into.lengths[b]);
            for (int t = 0; t < 10; t++) {
                into.source().tokens[t * ROWS + b] = random.nextInt(SOURCES);
                into.tokens[t * ROWS + b] = random.nextInt(TARGETS);
                into.classes[t * ROWS + b] = random.nextInt(TARGETS);
            }
        }
    }
}
