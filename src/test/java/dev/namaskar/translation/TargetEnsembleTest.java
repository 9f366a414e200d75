package dev.namaskar.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Params;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several encoders and decoders in one model write by the mean of their logits. */
class TargetEnsembleTest {
    private static final List<TextPair> PAIRS = List.of(
            new TextPair("ab", "b a"),
            new TextPair("cab", "b a c"),
            new TextPair("bca", "a c b"),
            new TextPair("c", "c"),
            new TextPair("abca", "a c b a"));

    private static TranslationModel three;

    @TempDir
    private Path folder;

    private static TranslationTraining small() {
        return at(0.02);
    }

    private static TranslationTraining at(double rate) {
        return TranslationModel.training()
                .hidden(8)
                .embedding(5)
                .layers(l -> l.withLayers(1).withDropout(0.1))
                .heldOut(0)
                .batch(3)
                .learningRate(rate)
                .steps(30)
                .threads(1);
    }

    @BeforeAll
    static void learn() {
        three = small().ensemble(3).on(PAIRS);
    }

    private static TranslationModel only(TranslationModel all, Params... networks) throws IOException {
        List<Params> each = List.of(networks);
        Model stored = all.stored();
        return TranslationModel.of(
                "some", new Model(stored.networks(), each.get(0), stored.texts(), each.subList(1, each.size())));
    }

    @Test
    void eachNetworkIsWhatARunOfItsOwnSeedLearns() {
        for (int k = 0; k < 3; k++) {
            long seed = RunSettings.NONE.withSeed(1).memberSeed(k);
            TranslationModel alone = small().seed(seed).on(PAIRS);
            assertThat(three.stored().ensemble().get(k).values())
                    .isEqualTo(alone.stored().params().values());
        }
    }

    /** {@code ln p} of a target by passes of the networks themselves, in double. */
    private static double logProbability(List<Params> networks, String source, String target) {
        EncoderDecoder model = three.network();
        int[] read = three.sources().encode(source);
        int[] written = three.targets().encode(target);
        int end = model.decoder().spec().outputWidth() - 1;
        int[] input = new int[written.length + 1];
        input[0] = end;
        System.arraycopy(written, 0, input, 1, written.length);
        double[][] logits = new double[input.length][end + 1];
        for (Params network : networks) {
            Frames out = model.predictor(network, GemmLibrary.JAVA)
                    .forward(
                            Sequences.ofTokens(read.length, 1, read),
                            Sequences.ofTokens(input.length, 1, input),
                            false,
                            0,
                            0);
            for (int t = 0; t < input.length; t++) {
                for (int k = 0; k <= end; k++) {
                    logits[t][k] += out.values()[out.at(t, 0) + k] / (double) networks.size();
                }
            }
        }
        double sum = 0;
        for (int t = 0; t < input.length; t++) {
            double all = Arrays.stream(logits[t]).map(Math::exp).sum();
            sum += logits[t][t < written.length ? written[t] : end] - Math.log(all);
        }
        return sum;
    }

    @Test
    void theSearchAndTheLossGoByTheMeanOfTheLogits() {
        List<Params> networks = three.stored().ensemble();
        Translation best = three.translate("cab", 1).get(0);
        double expected = logProbability(networks, "cab", best.text());
        assertThat(best.logProbability()).isCloseTo(expected, within(1e-5));
        assertThat(logProbability(networks.subList(0, 1), "cab", best.text())).isNotCloseTo(expected, within(1e-3));
        TranslationReport report = three.evaluate(List.of(new TextPair("cab", best.text())), Decoding.USUAL);
        assertThat(-report.natsPerSymbol() * (best.symbols().size() + 1)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void networksThatAreTheSameAnswerAsOne() throws IOException {
        Params first = three.stored().params();
        TranslationModel one = only(three, first);
        TranslationModel twice = only(three, first, first);
        for (String source : List.of("ab", "bca", "c")) {
            assertThat(twice.translate(source, 3)).isEqualTo(one.translate(source, 3));
            assertThat(twice.attention(source, "a b")).isDeepEqualTo(one.attention(source, "a b"));
        }
    }

    @Test
    void attentionIsTheMeanOfTheNetworks() throws IOException {
        float[][] mean = new float[3][3];
        for (Params network : three.stored().ensemble()) {
            float[][] weights = only(three, network).attention("cab", "b a");
            for (int i = 0; i < 9; i++) {
                mean[i / 3][i % 3] += weights[i / 3][i % 3] / 3;
            }
        }
        float[][] all = three.attention("cab", "b a");
        for (int i = 0; i < 9; i++) {
            assertThat(all[i / 3][i % 3]).isCloseTo(mean[i / 3][i % 3], within(1e-6f));
        }
    }

    @Test
    void aFileHoldsThemAll() throws IOException {
        Path file = folder.resolve("three.safetensors");
        three.write(file);
        TranslationModel read = TranslationModel.read(file);
        assertThat(read.stored().members()).hasSize(2);
        assertThat(read.translate("abca", 2)).isEqualTo(three.translate("abca", 2));
    }

    /** A step that hardly moves shows where each network began. */
    @Test
    void eachNetworkGoesOnFromItself() throws IOException {
        TranslationModel further = at(1e-12).steps(1).from(three).on(PAIRS);
        for (int k = 0; k < 3; k++) {
            assertThat(further.stored().ensemble().get(k).values())
                    .containsExactly(three.stored().ensemble().get(k).values(), within(1e-6f));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().steps(1).ensemble(2).from(three).on(PAIRS))
                .withMessageContaining("`ensemble`: expected 3, as the trained model has, found 2");
        TranslationModel two = small().steps(1)
                .ensemble(2)
                .from(only(three, three.stored().params()))
                .on(PAIRS);
        assertThat(two.stored().members()).hasSize(1);
    }

    @Test
    void describingIsTheSame() {
        List<DescribedVector> rows = List.of(
                new DescribedVector(new float[] {1, 0}, "red", "1"),
                new DescribedVector(new float[] {0, 1}, "blue", "2"));
        DescriptionModel two = DescriptionModel.training()
                .hidden(4)
                .heldOut(0)
                .ensemble(2)
                .steps(20)
                .threads(1)
                .on(Collections.nCopies(4, rows).stream().flatMap(List::stream).toList());
        assertThat(two.stored().members()).hasSize(1);
        assertThat(two.describe(1, 1, 0)).hasSize(1);
    }
}
