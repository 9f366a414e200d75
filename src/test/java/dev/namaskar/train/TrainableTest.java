package dev.namaskar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.GradientReport;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model of two networks over one buffer, written outside: trained and checked as a network is. */
class TrainableTest {
    private static final int SYMBOLS = 5;
    private static final int SOURCE_STEPS = 6;
    private static final int STEPS = 4;

    /** Reads values, hands its last state to a network over tokens: the least encoder-decoder there is. */
    private static final class EncoderDecoder implements Trainable {
        private final ParamLayout params = new ParamLayout();
        private final Network encoder;
        private final Network decoder;

        EncoderDecoder(int units) {
            encoder = new Network(NetworkSpec.values(2).recurrent("gru", units).lastStep(), params, "encoder.");
            decoder = new Network(
                    NetworkSpec.tokens(SYMBOLS)
                            .recurrent("gru", units)
                            .dropout(0.25)
                            .dense(SYMBOLS),
                    params,
                    "decoder.");
        }

        Params initialize(long seed) {
            Params fresh = Params.zeros(params);
            encoder.initialize(fresh, seed);
            decoder.initialize(fresh, seed + 1);
            return fresh;
        }

        @Override
        public ParamLayout params() {
            return params;
        }

        private record Both(NetworkWeights encoder, NetworkWeights decoder, SharedWeights all)
                implements SharedWeights {
            @Override
            public int parts() {
                return all.parts();
            }

            @Override
            public void load(float[] values, int part, boolean training) {
                all.load(values, part, training);
            }
        }

        @Override
        public SharedWeights weights(Gemm gemm) {
            NetworkWeights first = encoder.weights(gemm);
            NetworkWeights second = decoder.weights(gemm);
            return new Both(first, second, SharedWeights.of(List.of(first, second)));
        }

        @Override
        public TrainingPass pass(SharedWeights weights, Gemm gemm) {
            Both both = (Both) weights;
            Pass reading = new Pass(encoder, both.encoder, gemm);
            Pass writing = new Pass(decoder, both.decoder, gemm).withInputGradients();
            Mirror gradient = gemm.mirror(params.size());
            return new TrainingPass() {
                private Frames read = new Frames(1);

                @Override
                public Frames forward(
                        Batch batch, State initial, State end, boolean training, long dropoutKey, int firstRow) {
                    State none = encoder.zeroState(batch.rows());
                    read = reading.forward(batch.source().sequences(), none, none, training, dropoutKey, firstRow);
                    State bridge = decoder.zeroState(batch.rows());
                    System.arraycopy(read.values(), read.at(), bridge.values(), 0, read.size());
                    return writing.forward(batch.sequences(), bridge, bridge, training, dropoutKey, firstRow);
                }

                @Override
                public float[] backward() {
                    writing.backward(gradient);
                    float[] dBridge = writing.initialStateGradient().values();
                    System.arraycopy(dBridge, 0, read.gradients(), read.at(), read.size());
                    reading.backward(gradient);
                    return gradient.heap();
                }

                @Override
                public void wantInputGradients() {
                    reading.withInputGradients();
                }

                @Override
                public float[] sourceGradient() {
                    return reading.inputGradient();
                }
            };
        }
    }

    /** Values whose mean's sign says whether the first or the second symbol is to be written again and again. */
    private static final class SignsToSymbols implements BatchSource {
        @Override
        public BatchShape shape() {
            BatchShape.Sequence source =
                    BatchShape.Sequence.values(SOURCE_STEPS, 2).withLengths();
            return BatchShape.classes(BatchShape.Sequence.tokens(STEPS).withLengths())
                    .withSource(source)
                    .withWeights();
        }

        @Override
        public int rows() {
            return 8;
        }

        @Override
        public long perEpoch() {
            return 10;
        }

        @Override
        public boolean startsFresh(long number) {
            return true;
        }

        @Override
        public void read(long number, Batch into) {
            SplitMix64 random = new SplitMix64(SplitMix64.mix(number));
            into.resize(1 + random.nextInt(STEPS), 0);
            into.resize(into.steps(), into.steps());
            into.source().resize(2 + random.nextInt(SOURCE_STEPS - 1), 0);
            for (int b = 0; b < rows(); b++) {
                int sign = random.nextInt(2);
                into.lengths[b] = random.nextInt(into.steps() + 1);
                into.source().lengths[b] = 1 + random.nextInt(into.source().steps());
                for (int t = 0; t < into.source().steps(); t++) {
                    for (int f = 0; f < 2; f++) {
                        into.source().values[(t * rows() + b) * 2 + f] = sign * 2 - 1 + 0.3f * random.nextFloat();
                    }
                }
                for (int t = 0; t < into.steps(); t++) {
                    into.tokens[t * rows() + b] = t == 0 ? 2 : sign;
                    into.classes[t * rows() + b] = sign;
                    into.weights[t * rows() + b] = t % 2 == 0 ? 1 : 0.5f;
                }
            }
        }
    }

    private static Objective crossEntropy() {
        return Objective.of(new SoftmaxCrossEntropy());
    }

    @Test
    void gradientsOfBothNetworksAndOfTheSourceAgreeWithDifferences() {
        EncoderDecoder model = new EncoderDecoder(3);
        Batch batch = new Batch(new SignsToSymbols().shape(), 8);
        new SignsToSymbols().read(5, batch);
        for (GemmLibrary library : GemmLibrary.available()) {
            for (Reduction reduction : Reduction.values()) {
                GradientCase at = GradientCase.drawn(model, batch, crossEntropy(), reduction, 7);
                GradientReport report = new GradientCheck(at, library, 20).run();

                assertThat(report.worst())
                        .as(() -> "worst: " + report.worstTensor())
                        .isLessThan(GradientCheck.TOLERANCE);
                assertThat(report.passed()).isTrue();
                assertThat(report.tensors())
                        .extracting(GradientReport.Tensor::name)
                        .contains(
                                "encoder.rnn.weight_ih_l0", "decoder.rnn.weight_hh_l0", "decoder.head.bias", "source");
                assertThat(report.tensors())
                        .allSatisfy(t -> assertThat(t.analytic()).isNotZero());
            }
        }
    }

    private static float[] trained(int threads, int steps) {
        EncoderDecoder model = new EncoderDecoder(6);
        Params params = model.initialize(3);
        TrainerSettings settings = new TrainerSettings(threads, 3, 1, true, GemmLibrary.JAVA);
        try (Trainer trainer = new Trainer(
                model, params, Optimizers.adam(0.02), new SignsToSymbols(), TrainableTest::crossEntropy, settings)) {
            for (int i = 0; i < steps; i++) {
                trainer.step();
            }
        }
        return params.values();
    }

    @Test
    void theSameBitsWhateverTheThreads() {
        assertThat(trained(2, 7)).isEqualTo(trained(1, 7));
    }

    @Test
    void theModelLearns() {
        EncoderDecoder model = new EncoderDecoder(6);
        float[] params = trained(1, 150);
        Gemm gemm = GemmLibrary.JAVA.open();
        SharedWeights weights = model.weights(gemm);
        weights.load(params, false);
        Batch batch = new Batch(new SignsToSymbols().shape(), 8);
        new SignsToSymbols().read(10_001, batch);
        State nothing = new State(model.state(), 8);
        Frames out = model.pass(weights, gemm).forward(batch, nothing, nothing, false, 0, 0);
        for (int b = 0; b < 8; b++) {
            for (int t = 0; t < batch.lengths[b]; t++) {
                int at = out.at(t, b);
                float[] row = Arrays.copyOfRange(out.values(), at, at + SYMBOLS);
                int best = row[0] > row[1] ? 0 : 1;
                assertThat(best).isEqualTo(batch.classes[t * 8 + b]);
            }
        }
    }

    @Test
    void aTrainedModelGoesOnFromASnapshotToTheSameBits() {
        EncoderDecoder model = new EncoderDecoder(4);
        TrainerSettings settings = new TrainerSettings(1, 2, 9, true, GemmLibrary.JAVA);
        Params whole = model.initialize(1);
        Params resumed = model.initialize(2);
        try (Trainer first = new Trainer(
                        model,
                        whole,
                        Optimizers.adam(0.01),
                        new SignsToSymbols(),
                        TrainableTest::crossEntropy,
                        settings);
                Trainer second = new Trainer(
                        model,
                        resumed,
                        Optimizers.adam(0.01),
                        new SignsToSymbols(),
                        TrainableTest::crossEntropy,
                        settings)) {
            for (int i = 0; i < 3; i++) {
                first.step();
            }
            second.restore(first.snapshot());
            for (int i = 0; i < 3; i++) {
                first.step();
                second.step();
            }
        }
        assertThat(resumed.values()).isEqualTo(whole.values());
    }

    @Test
    void batchesSayWhatTheyHave() {
        Batch batch = new Batch(new SignsToSymbols().shape(), 3);
        assertThatIllegalArgumentException().isThrownBy(() -> batch.resize(STEPS + 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> batch.resize(1, -1));
        assertThatIllegalStateException()
                .isThrownBy(() -> new Batch(BatchShape.text(2), 1).source())
                .withMessageContaining("source");
        batch.resize(3, 3);
        System.arraycopy(new int[] {3, 0, 2}, 0, batch.lengths, 0, 3);
        System.arraycopy(new float[] {1, 9, 2, 0.5f, 9, 0, 0.25f, 9, 9}, 0, batch.weights, 0, 9);
        assertThat(batch.targetCount()).isEqualTo(5);
        assertThat(batch.targetWeight()).isEqualTo(1 + 0.5 + 0.25 + 2);
        Batch labels = new Batch(BatchShape.labels(BatchShape.Sequence.values(9, 1), 4), 2);
        System.arraycopy(new int[] {4, 1}, 0, labels.targetLengths, 0, 2);
        assertThat(labels.targetWeight()).isEqualTo(5);
        assertThat(labels.sequences().steps()).isEqualTo(9);
    }
}
