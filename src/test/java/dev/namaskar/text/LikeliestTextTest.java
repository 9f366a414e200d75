package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The likeliest continuations by beam search, against all there are. */
class LikeliestTextTest {
    private static final UnknownPolicy REFUSE = new UnknownPolicy.Refuse();
    private static final Vocabulary SYMBOLS = Vocabulary.ofCodePoints('a', 'b', 'c');

    private static CharacterModel model(long seed) {
        Network network = NetworkSpec.tokens(3).recurrent("gru", 6).dense(3).build();
        var params = network.initialize(seed);
        for (int i = 0; i < params.values().length; i++) {
            params.values()[i] *= 4; // far from even
        }
        return new CharacterModel(network, params, SYMBOLS);
    }

    /** ln p(continuation | prime), by reading symbol by symbol. */
    private static double log(CharacterModel model, String prime, String continuation) {
        double sum = 0;
        String before = prime;
        for (int i = 0; i < continuation.length(); i++) {
            char c = continuation.charAt(i);
            String symbol = String.valueOf(c);
            sum += Math.log(model.next(before, 3).stream()
                    .filter(next -> next.symbol().equals(symbol))
                    .findFirst()
                    .orElseThrow()
                    .probability());
            before += c;
        }
        return sum;
    }

    @Test
    void aWideBeamFindsTheBestOfAll() {
        for (long seed = 1; seed <= 5; seed++) {
            CharacterModel model = model(seed);
            List<String> all = new ArrayList<>(List.of(""));
            for (int i = 0; i < 4; i++) {
                all = all.stream()
                        .flatMap(t -> List.of(t + "a", t + "b", t + "c").stream())
                        .toList();
            }
            List<String> best = all.stream()
                    .sorted(Comparator.comparingDouble(t -> -log(model, "ab", t)))
                    .limit(3)
                    .toList();
            List<LikeliestText.Continuation> found = new LikeliestText(model).after("ab", REFUSE, 4, 81, 3);
            assertThat(found).extracting(LikeliestText.Continuation::text).isEqualTo(best);
            for (LikeliestText.Continuation each : found) {
                assertThat(each.logProbability()).isCloseTo(log(model, "ab", each.text()), within(1e-4));
            }
        }
    }

    @Test
    void aBeamOfOneIsGreedy() {
        CharacterModel model = model(3);
        String greedy = "c";
        for (int i = 0; i < 6; i++) {
            greedy += model.next(greedy, 1).get(0).symbol();
        }
        assertThat(new LikeliestText(model).after("c", REFUSE, 6, 1, 1).get(0).text())
                .isEqualTo(greedy.substring(1));
    }

    @Test
    void whatCannotBeSearchedIsRefused() {
        CharacterModel model = model(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LikeliestText(model).after("", REFUSE, 3, 2, 1))
                .withMessageContaining("an empty text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LikeliestText(model).after("a", REFUSE, 0, 2, 1))
                .withMessageContaining("longest length");
        Network bytes = NetworkSpec.tokens(256).recurrent("gru", 2).dense(256).build();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new LikeliestText(new CharacterModel(bytes, bytes.initialize(1), Vocabulary.ofBytes())))
                .withMessage("`beam`: expected a model of code points that carries a state along, found one of bytes");
    }
}
