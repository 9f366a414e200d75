package dev.namaskar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.namaskar.files.PyTorchLayout;
import dev.namaskar.files.Safetensors;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final int VOCABULARY = 9;

    /** Ten steps of PyTorch in float64: carried state, clipping, Adam and a schedule, all at once. */
    @ParameterizedTest
    @CsvSource({"rnn,1", "gru,2", "lstm,2"})
    void followsPyTorchsTrajectory(String cell, int layers) throws IOException {
        int batch = 4;
        int steps = 5;
        int count = 10;
        Path file = Path.of("src/test/resources/trajectories/trajectory-" + cell + "-" + layers + "x8.safetensors");
        try (Safetensors recorded = Safetensors.open(file)) {
            Network network = model(7, cell, 8, layers, 0);
            Params params = Params.zeros(network.params());
            for (Slot slot : network.params().slots()) {
                PyTorchLayout.set(params, slot, recorded.floats(recorded.tensor(slot.name())));
            }
            long[] tokens = recorded.longs(recorded.tensor("tokens"));
            double[] losses = recorded.doubles(recorded.tensor("losses"));
            Optimizer adam = Optimizers.adam(1e-2).clipByGlobalNorm(0.5).with(Schedules.cosine(count, 0.1));
            TrainerSettings settings = new TrainerSettings(2, 2, 1, true, GemmLibrary.best());
            try (Trainer trainer = new Trainer(
                    network,
                    params,
                    adam,
                    new Stream(tokens, batch, steps),
                    () -> Objective.of(new SoftmaxCrossEntropy()),
                    settings)) {
                for (int k = 0; k < count; k++) {
                    assertThat(trainer.step()).as("loss of step " + (k + 1)).isCloseTo(losses[k], offset(2e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void threadsChangeNoBit(int threads) {
        float[] alone = train(3, 1, 12, "gru").params().values();
        assertThat(train(3, threads, 12, "gru").params().values()).containsExactly(alone);
    }

    @Test
    void shardsRoundDifferentlyAndNoMore() {
        float[] one = train(1, 1, 5, "lstm").params().values();
        float[] three = train(3, 3, 5, "lstm").params().values();
        assertThat(three).isNotEqualTo(one);
        for (int i = 0; i < one.length; i++) {
            assertThat(three[i]).isCloseTo(one[i], org.assertj.core.data.Offset.offset(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "nesterov-lookahead", "rmsprop"})
    void resumesBitForBit(String optimizerName) {
        Optimizer optimizer = Optimizers.named(optimizerName).clipByGlobalNorm(1);
        Network network = model(VOCABULARY, "lstm", 6, 2, 0.25);
        Params straight = network.initialize(3);
        Params stopped = straight.copy();
        Snapshot middle;
        try (Trainer whole = trainer(network, straight, optimizer, 2, 2)) {
            steps(whole, 17);
        }
        try (Trainer first = trainer(network, stopped, optimizer, 2, 2)) {
            steps(first, 8);
            middle = first.snapshot();
            steps(first, 3);
        }
        Params resumed = network.initialize(99);
        try (Trainer second = trainer(network, resumed, optimizer, 2, 1)) {
            second.restore(middle);
            steps(second, 9);
        }
        assertThat(resumed.values()).containsExactly(straight.values());
    }

    @Test
    void refusesASnapshotOfAnotherRun() {
        Network network = model(VOCABULARY, "rnn", 6, 1, 0);
        Network other = model(VOCABULARY, "rnn", 7, 1, 0);
        Optimizer adam = Optimizers.adam(1e-2);
        try (Trainer here = trainer(network, network.initialize(1), adam, 2, 1);
                Trainer there = trainer(other, other.initialize(1), adam, 2, 1)) {
            assertThatThrownBy(() -> here.restore(there.snapshot()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parameters " + network.params().size() + ", the checkpoint has "
                            + other.params().size());
        }
    }

    @Test
    void stopsAtNotANumberBeforeItSpoilsAnything() {
        Network network = model(VOCABULARY, "gru", 6, 1, 0);
        Params params = network.initialize(1);
        Slot slot = network.params().slot("rnn.weight_hh_l0");
        try (Trainer trainer = trainer(network, params, Optimizers.adam(1e-2), 2, 1)) {
            steps(trainer, 2);
            params.values()[slot.offset() + 4] = Float.NaN;
            float[] before = params.values().clone();
            assertThatThrownBy(trainer::step)
                    .isInstanceOf(NotANumberException.class)
                    .hasMessageContaining("at step 3")
                    .hasMessageContaining("parameters of \"rnn.weight_hh_l0\" (NaN at entry 4)");
            assertThat(params.values()).containsExactly(before);
            assertThat(trainer.steps()).isEqualTo(2);
        }
    }

    /**
     * The rule for a steady run: under 1 KB a step whatever the sizes, all threads together. Packed products are called by
     * handles of their library, which are objects.
     */
    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void steadyStepsAllocateNextToNothing(GemmLibrary library) {
        try (Trainer trainer = steadyRun(library)) {
            steps(trainer, 3000); // until the compiler has seen that what is made in a step does not leave it
            long[] crew = threadsAtWork();
            long before = allocatedBy(crew);
            int count = 200;
            steps(trainer, count);
            assertThat((allocatedBy(crew) - before) / count)
                    .as("bytes a step")
                    .isLessThan(library == GemmLibrary.ONEDNN_PACKED ? 4096 : 1024);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 16, true",
        "2, 1, 16, true",
        "4, 2, 16, true",
        "3, 1, 16, false",
        "1, 1, 23, false",
        "64, 2, 256, false"
    })
    void tinyProductsStayInJava(int rows, int threads, int hidden, boolean inJava) {
        Network network = model(5, "lstm", hidden, 1, 0);
        try (Trainer trainer = Trainer.of(
                network,
                network.initialize(1),
                Optimizers.adam(1e-3),
                new Letters(rows, 2, 5),
                SoftmaxCrossEntropy::new,
                threads)) {
            assertThat(trainer.library() == GemmLibrary.JAVA).isEqualTo(inJava);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void residentMemoryIsFlatOverTenThousandSteps(GemmLibrary library) throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "the kernel does not tell resident memory in /proc");
        try (Trainer trainer = steadyRun(library)) {
            steps(trainer, 1000);
            System.gc();
            long outsideHeap = directMemory();
            long resident = residentKilobytes(status);
            steps(trainer, 10_000);
            System.gc();
            // reading a file, which this test does itself, may take a few kilobytes
            assertThat(directMemory() - outsideHeap)
                    .as("bytes outside the heap")
                    .isLessThan(64 * 1024);
            assertThat(residentKilobytes(status) - resident)
                    .as("kilobytes grown")
                    .isLessThan(32 * 1024);
        }
    }

    private static Trainer steadyRun(GemmLibrary library) {
        Network network = model(VOCABULARY, "lstm", 16, 2, 0.1);
        return new Trainer(
                network,
                network.initialize(1),
                Optimizers.adam(1e-3).clipByGlobalNorm(5),
                new Letters(6, 8, VOCABULARY),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                new TrainerSettings(2, 2, 1, true, library));
    }

    private static long[] threadsAtWork() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("namaskar-worker"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private static long allocatedBy(long[] crew) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(crew)).sum();
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long residentKilobytes(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static Trainer train(int shards, int threads, int count, String cell) {
        Network network = model(VOCABULARY, cell, 6, 2, 0.25);
        try (Trainer trainer =
                trainer(network, network.initialize(3), Optimizers.adam(1e-2).clipByGlobalNorm(1), shards, threads)) {
            steps(trainer, count);
            return trainer;
        }
    }

    private static Trainer trainer(Network network, Params params, Optimizer optimizer, int shards, int threads) {
        return new Trainer(
                network,
                params,
                optimizer,
                new Letters(5, 7, VOCABULARY),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                new TrainerSettings(threads, shards, 11, true, GemmLibrary.best()));
    }

    private static void steps(Trainer trainer, int count) {
        for (int i = 0; i < count; i++) {
            trainer.step();
        }
    }

    private static Network model(int vocabulary, String cell, int hidden, int layers, double dropout) {
        NetworkSpec spec = NetworkSpec.tokens(vocabulary);
        for (int layer = 0; layer < layers; layer++) {
            spec = spec.recurrent(cell, hidden);
            spec = dropout == 0 ? spec : spec.then(new Dropout(dropout, layer == 0));
        }
        return spec.dense(vocabulary).build();
    }

    /** Recorded tokens {@code [count * T + 1, B]}, a window of T after another. */
    private record Stream(long[] tokens, int rows, int steps) implements BatchSource {
        @Override
        public BatchShape shape() {
            return BatchShape.text(steps);
        }

        @Override
        public long perEpoch() {
            return tokens.length / rows / steps;
        }

        @Override
        public boolean startsFresh(long number) {
            return number == 0;
        }

        @Override
        public void read(long number, Batch into) {
            int from = (int) number * steps * rows;
            for (int i = 0; i < steps * rows; i++) {
                into.tokens[i] = (int) tokens[from + i];
                into.classes[i] = (int) tokens[from + rows + i];
            }
        }
    }

    /** Random letters, the same for the same number. */
    record Letters(int rows, int steps, int vocabulary) implements BatchSource {
        @Override
        public BatchShape shape() {
            return BatchShape.text(steps);
        }

        @Override
        public long perEpoch() {
            return 6;
        }

        @Override
        public boolean startsFresh(long number) {
            return number % 6 == 0;
        }

        @Override
        public void read(long number, Batch into) {
            SplitMix64 random = new SplitMix64(number);
            for (int i = 0; i < into.tokens.length; i++) {
                into.tokens[i] = random.nextInt(vocabulary);
                into.classes[i] = (into.tokens[i] + 1) % vocabulary;
            }
        }
    }
}
