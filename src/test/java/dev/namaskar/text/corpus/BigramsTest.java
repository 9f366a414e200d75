package dev.namaskar.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.SharedText;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BigramsTest {
    @Test
    void probabilitiesAreTheFormulasByHand() {
        // a b a b a c: c(a)=3 as a context with followers b b c, c(b)=2 followed by a a; V = 4, symbol 3 unseen.
        Bigrams bigrams = Bigrams.count(Tokens.of(0, 1, 0, 1, 0, 2), 4);
        double b = (2 + 1) / (6 + 4.0);
        assertThat(bigrams.probability(0, 1)).isCloseTo((2 + 2 * b) / (3 + 2), within(1e-15));
        assertThat(bigrams.probability(0, 3)).isCloseTo(2 * 0.1 / 5, within(1e-15));
        assertThat(bigrams.probability(2, 0)).isCloseTo(0.4, within(1e-15)); // c was never followed
        double expected = -(Math.log(bigrams.probability(3, 0)) + Math.log(bigrams.probability(0, 1))) / 2;
        assertThat(bigrams.nats(Tokens.of(3, 0, 1))).isCloseTo(expected, within(1e-15));
        assertThat(bigrams.nats(Tokens.of(1))).isNaN();
    }

    @Test
    void probabilitiesSumToOne() {
        int[] text = new Random(8).ints(500, 0, 9).toArray();
        Bigrams bigrams = Bigrams.count(Tokens.of(text), 12);
        for (int previous = 0; previous < 12; previous++) {
            double sum = 0;
            for (int next = 0; next < 12; next++) {
                sum += bigrams.probability(previous, next);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void longTextsAreScannedWithoutASeam() {
        int[] text = new Random(8).ints(20_000, 0, 5).toArray();
        Bigrams whole = Bigrams.count(Tokens.of(text), 5);
        double sum = 0;
        for (int i = 1; i < text.length; i++) {
            sum -= Math.log(whole.probability(text[i - 1], text[i]));
        }
        assertThat(whole.nats(Tokens.of(text))).isCloseTo(sum / (text.length - 1), within(1e-9));
    }

    @Test
    void shakespeareIsWhereBigramsShouldBe() throws IOException {
        try (Corpus corpus = Corpus.read(List.of(SharedText.file(SharedText.SHAKESPEARE)), Unit.CODEPOINT)) {
            Vocabulary vocabulary = corpus.vocabulary();
            Tokens tokens = corpus.encode(vocabulary);
            long cut = corpus.cut(0.1);
            Bigrams bigrams = Bigrams.count(tokens.slice(0, cut), vocabulary.size());
            // Below the unigrams' 3.3 nats, above what any network of the protocol reaches (1.9).
            assertThat(bigrams.nats(tokens.slice(cut, tokens.length()))).isBetween(2.4, 2.6);
        }
    }
}
