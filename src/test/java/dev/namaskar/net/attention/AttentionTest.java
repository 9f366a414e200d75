package dev.namaskar.net.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.EncoderDecoderPass;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.GradientReport;
import dev.namaskar.train.check.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for attention and for encoder-decoders, whatever their numbers are. */
class AttentionTest {
    private static final int SYMBOLS = 6;
    private static final int TARGETS = 5;
    private static final int HIDDEN = 4;

    /** Reads symbols both ways, and writes through attention between two recurrent layers and above them. */
    private static EncoderDecoder model(AttentionScore score, String cell, double dropout) {
        return new EncoderDecoder(
                NetworkSpec.tokens(SYMBOLS)
                        .embedding(3)
                        .dropout(dropout)
                        .bidirectional(cell, HIDDEN, Merge.CONCATENATE)
                        .dropout(dropout),
                NetworkSpec.tokens(TARGETS)
                        .recurrent(cell, HIDDEN)
                        .dropout(dropout)
                        .then(attention(score, 3, 2 * HIDDEN))
                        .recurrent(cell, HIDDEN)
                        .then(attention(score, 2, 2 * HIDDEN))
                        .dense(HIDDEN, Activation.TANH)
                        .dense(TARGETS));
    }

    /** Of another width than its input, where that can be. */
    private static Attention attention(AttentionScore score, int width, int memoryWidth) {
        return new Attention(score, score == AttentionScore.GENERAL ? HIDDEN : width, memoryWidth);
    }

    /** The same over values, so that there is a gradient of the source. */
    private static EncoderDecoder valueModel(AttentionScore score) {
        return new EncoderDecoder(
                NetworkSpec.values(2).recurrent("gru", HIDDEN),
                NetworkSpec.tokens(TARGETS)
                        .recurrent("gru", HIDDEN)
                        .then(attention(score, 3, HIDDEN))
                        .dense(TARGETS));
    }

    private static Batch batch(boolean tokens, int sourceSteps, int steps, int rows, long seed, int... lengths) {
        BatchShape.Sequence source =
                tokens ? BatchShape.Sequence.tokens(sourceSteps) : BatchShape.Sequence.values(sourceSteps, 2);
        Batch batch = new Batch(
                BatchShape.classes(BatchShape.Sequence.tokens(steps).withLengths())
                        .withSource(source.withLengths()),
                rows);
        SplitMix64 random = new SplitMix64(seed);
        for (int i = 0; i < batch.source().tokens.length; i++) {
            batch.source().tokens[i] = random.nextInt(SYMBOLS);
        }
        for (int i = 0; i < batch.source().values.length; i++) {
            batch.source().values[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < batch.tokens.length; i++) {
            batch.tokens[i] = random.nextInt(TARGETS);
            batch.classes[i] = random.nextInt(TARGETS);
        }
        for (int b = 0; b < rows; b++) {
            batch.source().lengths[b] = lengths[2 * b];
            batch.lengths[b] = lengths[2 * b + 1];
        }
        return batch;
    }

    static Stream<Arguments> checked() {
        List<Arguments> cases = new ArrayList<>();
        for (GemmLibrary library : GemmLibrary.available()) {
            for (AttentionScore score : AttentionScore.values()) {
                cases.add(Arguments.of(score, library));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("checked")
    void gradientsAgreeWithDifferences(AttentionScore score, GemmLibrary library) {
        Batch tokens = batch(true, 5, 4, 4, 3, 5, 4, 1, 2, 3, 0, 0, 3);
        assertPasses(
                GradientCase.drawn(Trainable.of(model(score, "lstm", 0.25)), tokens, crossEntropy(), Reduction.MEAN, 5),
                library);
        int[] lengths = {4, 1, 0, 3};
        assertPasses(
                GradientCase.drawn(model(score, "gru", 0), 4, 4, new SoftmaxCrossEntropy(), Reduction.MEAN, 9, lengths),
                library);
        Batch values = batch(false, 5, 4, 3, 3, 5, 4, 1, 2, 3, 3);
        GradientReport report = assertPasses(
                GradientCase.drawn(Trainable.of(valueModel(score)), values, crossEntropy(), Reduction.SUM, 6), library);
        assertThat(report.tensors())
                .extracting(GradientReport.Tensor::name)
                .contains("source", "bridge.head.weight", "decoder.attention0.key.weight");
        assertThat(report.tensors()).allSatisfy(t -> assertThat(t.analytic()).isNotZero());
    }

    private static Objective crossEntropy() {
        return Objective.of(new SoftmaxCrossEntropy(0.1));
    }

    private static GradientReport assertPasses(GradientCase at, GemmLibrary library) {
        GradientReport report = new GradientCheck(at, library, 12).run();
        assertThat(report.worst()).as(() -> "worst: " + report.worstTensor()).isLessThan(GradientCheck.TOLERANCE);
        assertThat(report.passed()).isTrue();
        return report;
    }

    static Stream<Arguments> plantedErrors() {
        return Stream.of(
                wrong("no gradient by the bridge", (g, m) -> zero(g, m, "bridge.head.weight")),
                wrong("keys' gradient of the wrong sign", (g, m) -> negate(g, m, "decoder.attention0.key.weight")),
                wrong("values' gradient a twentieth short", (g, m) -> shorten(g, m, "decoder.attention0.value.weight")),
                wrong("queries' gradient dropped", (g, m) -> zero(g, m, "decoder.attention0.query.weight")),
                wrong("nothing comes to the encoder", (g, m) -> zero(g, m, "encoder.rnn.weight_ih_l0")),
                wrong("source gradient of the wrong sign", (g, m) -> {
                    for (int i = 0; i < g.source().length; i++) {
                        g.source()[i] *= -1;
                    }
                }));
    }

    private static Arguments wrong(String what, BiConsumer<Gradients, EncoderDecoder> change) {
        return Arguments.of(what, change);
    }

    private static void scale(Gradients gradients, EncoderDecoder model, String name, float by) {
        Slot slot = model.params().slot(name);
        for (int i = slot.offset(); i < slot.end(); i++) {
            gradients.params()[i] *= by;
        }
    }

    private static void zero(Gradients gradients, EncoderDecoder model, String name) {
        scale(gradients, model, name, 0);
    }

    private static void negate(Gradients gradients, EncoderDecoder model, String name) {
        scale(gradients, model, name, -1);
    }

    private static void shorten(Gradients gradients, EncoderDecoder model, String name) {
        scale(gradients, model, name, 0.95f);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plantedErrors")
    void aPlantedErrorIsFound(String what, BiConsumer<Gradients, EncoderDecoder> change) {
        EncoderDecoder model = valueModel(AttentionScore.DOT);
        Batch batch = batch(false, 5, 4, 3, 3, 5, 4, 1, 2, 3, 3);
        GradientCase at = GradientCase.drawn(Trainable.of(model), batch, crossEntropy(), Reduction.SUM, 6);
        GradientCheck check = new GradientCheck(at, GemmLibrary.JAVA, 30);
        Gradients gradients = check.backPropagated();
        assertThat(check.compare(gradients).passed()).isTrue();
        change.accept(gradients, model);
        assertThat(check.compare(gradients).passed()).isFalse();
    }

    private static float[] gradient(EncoderDecoder model, Params params, GemmLibrary library, Batch batch) {
        Gemm gemm = library.open();
        SharedWeights weights = model.weights(gemm);
        weights.load(params.values(), true);
        EncoderDecoderPass pass = model.pass(weights, gemm);
        Frames out = pass.forward(batch.source().sequences(), batch.sequences(), true, 3, 0);
        crossEntropy().compute(out, batch, 1);
        return pass.backward().clone();
    }

    private static float[] logits(EncoderDecoder model, Params params, GemmLibrary library, Batch batch) {
        EncoderDecoderPass pass = model.predictor(params, library);
        Frames out = pass.forward(batch.source().sequences(), batch.sequences(), false, 0, 0);
        float[] real = new float[out.size()];
        for (int b = 0; b < out.batch(); b++) {
            for (int t = 0; t < out.length(b); t++) {
                System.arraycopy(out.values(), out.at(t, b), real, (b * out.steps() + t) * out.width(), out.width());
            }
        }
        return real;
    }

    /** The same examples with more padding, of source and target, which holds ids that do not exist. */
    @ParameterizedTest
    @EnumSource
    void paddingChangesNothing(AttentionScore score) {
        EncoderDecoder model = model(score, "lstm", 0);
        Params params = model.initialize(4);
        Batch tight = batch(true, 5, 4, 3, 8, 5, 4, 2, 3, 4, 1);
        Batch wide = new Batch(
                BatchShape.classes(BatchShape.Sequence.tokens(9).withLengths())
                        .withSource(BatchShape.Sequence.tokens(8).withLengths()),
                3);
        Arrays.fill(wide.tokens, -7);
        Arrays.fill(wide.source().tokens, 99);
        System.arraycopy(tight.tokens, 0, wide.tokens, 0, tight.tokens.length);
        System.arraycopy(tight.classes, 0, wide.classes, 0, tight.classes.length);
        System.arraycopy(tight.lengths, 0, wide.lengths, 0, 3);
        System.arraycopy(tight.source().tokens, 0, wide.source().tokens, 0, tight.source().tokens.length);
        System.arraycopy(tight.source().lengths, 0, wide.source().lengths, 0, 3);
        for (GemmLibrary library : GemmLibrary.available()) {
            float[] expected = logits(model, params, library, tight);
            float[] found = logits(model, params, library, wide);
            for (int b = 0; b < 3; b++) {
                int row = 4 * TARGETS;
                assertThat(Arrays.copyOfRange(found, b * 9 * TARGETS, b * 9 * TARGETS + row))
                        .as(library + ", row " + b)
                        .isEqualTo(Arrays.copyOfRange(expected, b * row, (b + 1) * row));
            }
            assertThat(gradient(model, params, library, wide)).isEqualTo(gradient(model, params, library, tight));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfTheBatchChangesNothing(AttentionScore score) {
        EncoderDecoder model = model(score, "gru", 0);
        Params params = model.initialize(4);
        Batch batch = batch(true, 5, 4, 3, 8, 5, 4, 2, 3, 4, 1);
        int[] order = {2, 0, 1};
        Batch turned = new Batch(batch.shape(), 3);
        for (int b = 0; b < 3; b++) {
            Batch one = new Batch(batch.shape(), 1);
            batch.copyRows(order[b], one);
            for (int t = 0; t < 4; t++) {
                turned.tokens[t * 3 + b] = one.tokens[t];
            }
            for (int t = 0; t < 5; t++) {
                turned.source().tokens[t * 3 + b] = one.source().tokens[t];
            }
            turned.lengths[b] = one.lengths[0];
            turned.source().lengths[b] = one.source().lengths[0];
        }
        for (GemmLibrary library : GemmLibrary.available()) {
            float[] expected = logits(model, params, library, batch);
            float[] found = logits(model, params, library, turned);
            int row = 4 * TARGETS;
            for (int b = 0; b < 3; b++) {
                assertThat(Arrays.copyOfRange(found, b * row, (b + 1) * row))
                        .isEqualTo(Arrays.copyOfRange(expected, order[b] * row, (order[b] + 1) * row));
            }
        }
    }

    /** Steps of one with the state carried on are one call of T; and rows that share a source are rows with one each. */
    @ParameterizedTest
    @EnumSource
    void stepsOfOneAreOneCall(AttentionScore score) {
        EncoderDecoder model = model(score, "lstm", 0);
        Params params = model.initialize(4);
        Batch batch = batch(true, 5, 4, 2, 8, 5, 4, 3, 4);
        int[] sources = {1, 0, 1};
        for (GemmLibrary library : GemmLibrary.available()) {
            EncoderDecoderPass whole = model.predictor(params, library);
            EncoderDecoderPass.Encoded read = whole.encode(batch.source().sequences());
            int[] tokens = new int[4 * 3];
            SplitMix64 random = new SplitMix64(2);
            Arrays.setAll(tokens, i -> random.nextInt(TARGETS));
            State start = model.decoder().zeroState(3);
            for (int b = 0; b < 3; b++) {
                read.initial().copyRows(sources[b], 1, start, b);
            }
            Frames all =
                    whole.decode(Sequences.ofTokens(4, 3, tokens), read.memory().forRows(sources), start.copy());
            float[] expected = Arrays.copyOfRange(all.values(), all.at(), all.at() + all.size());

            EncoderDecoderPass steps = model.predictor(params, library);
            Memory memory = steps.encode(batch.source().sequences()).memory();
            State state = start.copy();
            for (int t = 0; t < 4; t++) {
                Sequences now = Sequences.ofTokens(1, 3, Arrays.copyOfRange(tokens, t * 3, t * 3 + 3));
                Frames out = steps.decode(now, memory.forRows(sources), state);
                for (int i = 0; i < out.size(); i++) {
                    assertThat(out.values()[out.at() + i]).isCloseTo(expected[t * out.size() + i], within(1e-5f));
                }
            }
        }
    }

    /** A pass that has read another source since computes its keys anew. */
    @Test
    void anotherMemoryHasOtherKeys() {
        EncoderDecoder model = model(AttentionScore.DOT, "gru", 0);
        Params params = model.initialize(4);
        EncoderDecoderPass pass = model.predictor(params, GemmLibrary.JAVA);
        Batch first = batch(true, 5, 4, 2, 8, 5, 4, 3, 4);
        Batch second = batch(true, 5, 4, 2, 9, 4, 4, 5, 2);
        float[] expected = logits(model, params, GemmLibrary.JAVA, second);
        pass.forward(first.source().sequences(), first.sequences(), false, 0, 0);
        EncoderDecoderPass.Encoded read = pass.encode(second.source().sequences());
        Frames out = pass.decode(second.sequences(), read.memory(), read.initial());
        assertThat(Arrays.copyOf(expected, TARGETS))
                .isEqualTo(Arrays.copyOfRange(out.values(), out.at(0, 0), out.at(0, 0) + TARGETS));
    }

    @Test
    void weightsAddUpToOneOverRealFrames() {
        EncoderDecoder model = model(AttentionScore.ADDITIVE, "gru", 0);
        EncoderDecoderPass pass = model.predictor(model.initialize(4), GemmLibrary.JAVA);
        Batch batch = batch(true, 5, 4, 3, 8, 5, 4, 2, 3, 0, 2);
        EncoderDecoderPass.Encoded read = pass.encode(batch.source().sequences());
        Frames out = pass.decode(batch.sequences(), read.memory(), read.initial());
        float[] weights = read.memory().weights();
        assertThat(weights).hasSize(4 * 3 * 5);
        for (int t = 0; t < 4; t++) {
            for (int b = 0; b < 3; b++) {
                double sum = 0;
                for (int s = 0; s < 5; s++) {
                    float weight = weights[(t * 3 + b) * 5 + s];
                    assertThat(weight).isBetween(0f, 1f);
                    assertThat(s < batch.source().lengths[b] || weight == 0).isTrue();
                    sum += weight;
                }
                boolean attends = t < batch.lengths[b] && batch.source().lengths[b] > 0;
                assertThat(sum).isCloseTo(attends ? 1 : 0, within(1e-6));
            }
        }
        assertThat(out.values()).doesNotContain(Float.NaN);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Network network = NetworkSpec.values(2)
                .then(new Attention(AttentionScore.DOT, 3, 4))
                .build();
        Pass pass = Pass.of(network, network.initialize(1).values(), GemmLibrary.JAVA, false);
        State none = network.zeroState(1);
        Sequences x = Sequences.ofValues(1, 1, 1, 2);
        assertThatIllegalStateException()
                .isThrownBy(() -> pass.predict(x, none))
                .withMessageContaining("expected a memory")
                .withMessageContaining("found none");
        Frames narrow = new Frames(3).shape(2, 1, null).reserve(GemmLibrary.JAVA.open());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.forward(x, new Memory(narrow), none, none, false, 0, 0))
                .withMessageContaining("[B=1,F=4], found [B=1,F=3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Memory(narrow).forRows(0, 1))
                .withMessageContaining("found row 1");
        assertThatIllegalStateException().isThrownBy(() -> new Memory(narrow).weights());
        assertThatIllegalArgumentException().isThrownBy(() -> new Attention(AttentionScore.DOT, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.values(2)
                        .then(new Attention(AttentionScore.GENERAL, 3, 4))
                        .build())
                .withMessageContaining("as wide as its input, 2, found a width of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncoderDecoder(
                        NetworkSpec.values(2).dense(2),
                        NetworkSpec.tokens(3).embedding(2).dense(3)))
                .withMessageContaining("recurrent layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncoderDecoder.of(java.util.Map.of("", network)))
                .withMessageContaining("an encoder, a bridge and a decoder");
        assertThatIllegalStateException()
                .isThrownBy(() -> valueModel(AttentionScore.DOT)
                        .predictor(valueModel(AttentionScore.DOT).initialize(1), GemmLibrary.JAVA)
                        .backward());
    }

    @Test
    void theModelIsMadeOfItsNetworks() {
        EncoderDecoder model = model(AttentionScore.DOT, "gru", 0);
        EncoderDecoder again = EncoderDecoder.of(model.networks());
        assertThat(again.params()).isSameAs(model.params());
        assertThat(again.decoder()).isSameAs(model.decoder());
        NetworkSpec decoder = model.decoder().spec();
        assertThat(NetworkSpec.fromMap(decoder.toMap())).isEqualTo(decoder);
    }
}
