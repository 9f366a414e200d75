package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final UnknownPolicy REFUSE = new UnknownPolicy.Refuse();

    private static CharacterModel model(NetworkSpec layers) {
        Network network = layers.dense(5).build();
        return new CharacterModel(network, network.initialize(4), Vocabulary.of("abc न", Unit.CODEPOINT));
    }

    @Test
    void isWhatReadingStepByStepShows() {
        CharacterModel model = model(NetworkSpec.tokens(5).recurrent("lstm", 7).recurrent("gru", 3));
        Trace trace = Trace.of(model, "ab नc", 2, REFUSE);
        assertThat(trace.symbols()).containsExactly("a", "b", " ", "न", "c");
        assertThat(trace.units()).containsOnlyKeys("h_l0", "c_l0", "h_l1");
        String text = "";
        for (int t = 0; t < 5; t++) {
            double surprise = text.isEmpty()
                    ? Double.NaN
                    : -Math.log(probability(model, text, trace.symbols().get(t)));
            text += trace.symbols().get(t);
            OpenText open = model.open();
            open.read(text, REFUSE);
            for (String part : trace.units().keySet()) {
                assertThat(trace.units().get(part)[t])
                        .as(part)
                        .containsExactly(open.state().get(part), within(1e-6f));
            }
            List<Candidate> next = model.next(text, 2, REFUSE);
            assertThat(trace.next().get(t))
                    .extracting(Candidate::symbol)
                    .isEqualTo(next.stream().map(Candidate::symbol).toList());
            if (t > 0) {
                assertThat(trace.surprise()[t]).isCloseTo(surprise, within(1e-6));
            }
        }
        assertThat(trace.surprise()[0]).isNaN();
    }

    private static double probability(CharacterModel model, String prime, String symbol) {
        return model.next(prime, 5, REFUSE).stream()
                .filter(candidate -> candidate.symbol().equals(symbol))
                .findFirst()
                .orElseThrow()
                .probability();
    }

    @Test
    void olderStatesStandInTheRowsAbove() {
        CharacterModel model = model(NetworkSpec.tokens(5).then(new Recurrent("rnn", 4).withOrder(3)));
        assertThat(Trace.of(model, "abc", 1, REFUSE).units()).containsOnlyKeys("h_l0");
    }

    @Test
    void aTextThatCannotBeReadIsNamed() {
        CharacterModel model = model(NetworkSpec.tokens(5).recurrent("lstm", 1024));
        assertThatThrownBy(() -> Trace.of(model, "", 1, REFUSE)).hasMessageContaining("1 to 8192 characters");
        assertThatThrownBy(() -> Trace.of(model, "a".repeat(9000), 1, REFUSE)).hasMessageContaining("found 9000");
        assertThatThrownBy(() -> Trace.of(model, "ax", 1, REFUSE)).hasMessageContaining("'x' (U+0078) at character 2");
    }
}
