package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Tokens;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dynamic evaluation. */
class AdaptationTest {
    private static final String LEARNT = "the cat sat on the mat and the dog sat on the log\n".repeat(40);
    private static final String OTHER = "dogs and cats eat\n".repeat(60);

    private static CharacterModel model(String cell) {
        return CharacterModel.training()
                .cell(cell)
                .hidden(12)
                .layers(l -> l.withDropout(0.2))
                .threads(1)
                .steps(40)
                .on(LEARNT);
    }

    private static Score score(CharacterModel model, String text, @Nullable Adaptation how) throws IOException {
        try (Corpus corpus = Corpus.of(text, Unit.CODEPOINT)) {
            Tokens tokens = corpus.encode(model.vocabulary());
            return how == null ? model.score(tokens, GemmLibrary.JAVA) : model.score(tokens, GemmLibrary.JAVA, how);
        }
    }

    private static Adaptation by(int steps, String optimizer, double decay) {
        return new Adaptation(steps, OptimizerSpec.parse(optimizer), decay);
    }

    @Test
    void whatRepeatsIsLearntOnTheWayAndTheModelStaysWhatItIs() throws IOException {
        for (String cell : new String[] {"lstm", "sru"}) {
            CharacterModel model = model(cell);
            float[] before = model.params().values().clone();
            Score plain = score(model, OTHER, null);
            Score adapted = score(model, OTHER, Adaptation.USUAL);
            assertThat(adapted.natsPerChar()).as(cell).isLessThan(plain.natsPerChar());
            assertThat(adapted.characters()).isEqualTo(plain.characters());
            assertThat(model.params().values()).isEqualTo(before);
            assertThat(score(model, OTHER, null)).isEqualTo(plain);
            assertThat(score(model, OTHER, Adaptation.USUAL)).isEqualTo(adapted);
        }
    }

    @Test
    void withARateOfZeroItIsThePlainFigure() throws IOException {
        CharacterModel model = model("gru");
        assertThat(score(model, OTHER, by(7, "sgd:lr=0", 0.5)).nats())
                .isCloseTo(score(model, OTHER, null).nats(), within(1e-3));
    }

    /** Segment by segment with passes that are made anew: nothing of a segment is known before it is scored. */
    @Test
    void everySegmentIsScoredByWhatWasLearntFromThoseBeforeIt() throws IOException {
        CharacterModel model = model("gru");
        Network network = model.network();
        double rate = 0.3;
        double decay = 0.125;
        int steps = 9;
        int[] text = model.vocabulary().encode(OTHER.substring(0, 100));
        float[] home = model.params().values();
        float[] w = home.clone();
        State state = network.zeroState(1);
        double nats = 0;
        for (int at = 0; at < text.length - 1; at += steps) {
            int n = Math.min(steps, text.length - 1 - at);
            Pass pass = Pass.of(network, w, GemmLibrary.JAVA, true);
            Frames out = pass.predict(Sequences.ofTokens(n, 1, Arrays.copyOfRange(text, at, at + n)), state);
            for (int t = 0; t < n; t++) {
                double sum = 0;
                for (int k = 0; k < out.width(); k++) {
                    sum += Math.exp(out.values()[out.at(t, 0) + k]);
                }
                int actual = text[at + t + 1];
                nats += Math.log(sum) - out.values()[out.at(t, 0) + actual];
                for (int k = 0; k < out.width(); k++) {
                    double p = Math.exp(out.values()[out.at(t, 0) + k]) / sum;
                    out.gradients()[out.at(t, 0) + k] = (float) ((p - (k == actual ? 1 : 0)) / n);
                }
            }
            float[] gradient = pass.backward();
            for (int i = 0; i < w.length; i++) {
                w[i] -= (float) (rate * gradient[i]);
                w[i] += (float) (decay * (home[i] - w[i]));
            }
        }
        assertThat(score(model, OTHER.substring(0, 100), by(steps, "sgd:lr=" + rate, decay))
                        .nats())
                .isCloseTo(nats, within(1e-2));
    }

    @Test
    void whatLooksAheadIsRefused() {
        Vocabulary symbols = Vocabulary.of("abc", Unit.CODEPOINT);
        Network both = NetworkSpec.tokens(3)
                .bidirectional("gru", 3, Merge.CONCATENATE)
                .dense(3)
                .build();
        assertThatThrownBy(() ->
                        TextScorer.adapting(both, both.initialize(1), symbols, GemmLibrary.JAVA, Adaptation.USUAL))
                .hasMessageStartingWith("`adapt`: expected a network that reads forward");
        assertThatThrownBy(() -> by(0, "sgd", 0)).hasMessageStartingWith("`adapt-steps`: ");
    }
}
