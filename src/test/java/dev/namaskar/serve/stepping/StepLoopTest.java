package dev.namaskar.serve.stepping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.stepping.Texts.End;
import dev.namaskar.serve.stepping.Texts.Growth;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.OpenText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that step together, held to the same texts written alone. */
class StepLoopTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static String all(Texts texts) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        assertThat(texts.awaitEnd(LONG)).isTrue();
        texts.take(Duration.ZERO).forEach(growth -> text.append(growth.text()));
        return text.toString();
    }

    private static List<Piece> pieces(Texts texts) throws InterruptedException {
        assertThat(texts.awaitEnd(LONG)).isTrue();
        return texts.take(Duration.ZERO).get(0).pieces();
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.serve.stepping.SmallModels#all")
    void aTextHasTheSameBitsWhoeverSharesItsSteps(CharacterModel model) throws Exception {
        Random random = new Random(7);
        StepLoop loop = new StepLoop(model, new StepLimits(3, 1000));
        String letters = model.vocabulary().unit() == Unit.BYTE
                ? SmallModels.LETTERS
                : model.vocabulary().decode(symbols(model));
        for (int mix = 0; mix < 4; mix++) {
            List<Wish> wishes = Stream.generate(() -> Wish.random(random, letters))
                    .limit(1 + random.nextInt(90))
                    .toList();
            List<Texts> answers = new ArrayList<>();
            for (Wish wish : wishes) {
                answers.add(loop.submit(List.of(wish.prompt(model, random.nextInt(9) == 0 ? 2 : null, false))));
            }
            for (int i = 0; i < wishes.size(); i++) {
                assertThat(all(answers.get(i)))
                        .as(wishes.get(i).toString())
                        .isEqualTo(wishes.get(i).alone(model));
            }
        }
        while (loop.open() > 0) { // a text has ended a moment before it is counted out
            Thread.onSpinWait();
        }
    }

    private static int[] symbols(CharacterModel model) {
        int[] all = new int[model.vocabulary().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.serve.stepping.SmallModels#all")
    void logProbabilitiesAreThoseOfTheLogits(CharacterModel model) throws Exception {
        StepLoop loop = new StepLoop(model, new StepLimits(2, 100));
        Wish wish = new Wish("abcabc".repeat(12) + "b", 9, 1, null, 5);
        Texts texts = loop.submit(List.of(wish.prompt(model, 3, true)));
        for (int i = 0; i < 20; i++) {
            loop.submit(List.of(new Wish("a".repeat(i), 20, 1, null, i).prompt(model, null, false)));
        }

        List<Piece> pieces = pieces(texts);

        String whole = wish.prime() + wish.alone(model);
        assertThat(pieces.stream().map(Piece::text).reduce("", String::concat)).isEqualTo(whole);
        if (model.vocabulary().pieces() != null) {
            assertThat(pieces).anyMatch(piece -> piece.text().length() > 1);
            return; // a piece that was cut has no symbols of its own
        }
        assertThat(pieces).extracting(Piece::text).containsExactly(characters(whole));
        OpenText open = model.open();
        assertThat(pieces.get(0).logProbability()).isNull();
        int at = 0;
        for (Piece piece : pieces) {
            double sum = 0;
            for (int symbol : model.vocabulary().encode(piece.text())) {
                sum += at++ == 0 ? 0 : logSoftmax(open.logits(), symbol);
                open.read(symbol);
            }
            if (piece.logProbability() != null) {
                assertThat(piece.logProbability()).isEqualTo(sum, within(1e-9));
                assertThat(piece.alternatives()).containsKey(piece.text()).hasSizeBetween(3, 4);
            }
        }
    }

    private static String[] characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
    }

    private static double logSoftmax(float[] logits, int index) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        return logits[index] - Math.log(sum);
    }

    @Test
    void textsOfOnePromptGoOnFromOneReading() throws Exception {
        CharacterModel model = SmallModels.bytes();
        StepLoop loop = new StepLoop(model, new StepLimits(2, 100));
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            wishes.add(new Wish("gab", 5 + i % 2, 1, null, i));
        }
        Prompt prompt = new Prompt(
                model.vocabulary().encode("gab"),
                false,
                5,
                null,
                List.of(),
                wishes.stream().map(Wish::draw).toList());

        Texts texts = loop.submit(List.of(prompt, wishes.get(0).prompt(model, null, true)));

        assertThat(texts.awaitEnd(LONG)).isTrue();
        List<Growth> grown = texts.take(Duration.ZERO);
        assertThat(grown).hasSize(10);
        for (int i = 0; i < 9; i++) {
            Wish five = new Wish("gab", 5, 1, null, i);
            assertThat(grown.get(i)).isEqualTo(new Growth(i, five.alone(model), List.of(), End.LENGTH));
        }
        assertThat(grown.get(9).text()).isEqualTo("gab" + wishes.get(0).alone(model));
    }

    @Test
    void aFullQueueTurnsAway() {
        StepLoop loop = new StepLoop(SmallModels.bytes(), new StepLimits(1, 2));
        Wish endless = new Wish("a", 1_000_000, 1, null, 1);
        Texts one = loop.submit(List.of(endless.prompt(loop.model(), null, false)));
        Texts two = loop.submit(List.of(endless.prompt(loop.model(), null, false)));

        assertThatThrownBy(() -> loop.submit(List.of(endless.prompt(loop.model(), null, false))))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(429);
                });
        one.cancel();
        two.cancel();
        while (loop.open() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aBrokenModelFailsItsTextsAndNotItsThread() throws Exception {
        Vocabulary vocabulary = Vocabulary.ofCodePoints('a', 'b');
        Network network = NetworkSpec.tokens(2).recurrent("gru", 4).dense(2).build();
        var params = network.initialize(1);
        StepLoop loop = new StepLoop(new CharacterModel(network, params, vocabulary), new StepLimits(1, 10));
        params.values()[0] = Float.NaN;
        StepLoop broken = new StepLoop(new CharacterModel(network, params, vocabulary), new StepLimits(1, 10));
        Wish wish = new Wish("aba", 5, 1, null, 1);

        for (int i = 0; i < 3; i++) {
            Texts texts = broken.submit(List.of(wish.prompt(broken.model(), null, false)));
            assertThatThrownBy(() -> texts.awaitEnd(LONG)).isInstanceOf(Refusal.class);
        }
        assertThat(all(loop.submit(List.of(wish.prompt(loop.model(), null, false)))))
                .hasSize(5);
    }

    /** Two threads, a long prompt and many short ones: the short ones are over long before it is read. */
    @Test
    void aLongPromptStarvesNobody() throws Exception {
        CharacterModel model = SmallModels.bytes();
        StepLoop loop = new StepLoop(model, new StepLimits(1, 100));
        Texts slow = loop.submit(List.of(new Wish("ab".repeat(200_000), 1, 1, null, 1).prompt(model, null, false)));
        for (int i = 0; i < 20; i++) {
            Texts quick = loop.submit(List.of(new Wish("ab", 5, 1, null, i).prompt(model, null, false)));
            assertThat(quick.awaitEnd(LONG)).isTrue();
        }

        assertThat(slow.ended()).isFalse();
        slow.cancel();
    }

    /** All rows are taken by texts without end: one that comes later need not wait for theirs. */
    @Test
    void longTextsTakeTurns() throws Exception {
        StepLoop loop = new StepLoop(SmallModels.bytes(), new StepLimits(1, 200));
        List<Texts> endless = new ArrayList<>();
        for (int i = 0; i < 2 * RowPass.MOST_ROWS; i++) {
            Wish wish = new Wish("a", 1_000_000, 1, null, i);
            endless.add(loop.submit(List.of(wish.prompt(loop.model(), null, false))));
        }
        Wish wish = new Wish("ab", 200, 1, null, 3);

        assertThat(all(loop.submit(List.of(wish.prompt(loop.model(), null, false)))))
                .isEqualTo(wish.alone(loop.model()));
        for (Texts texts : endless) {
            assertThat(texts.take(LONG)).isNotEmpty();
            assertThat(texts.ended()).isFalse();
            texts.cancel();
        }
    }

    /** Where a native library is there and leaves rows alone: the same texts as each alone by that library. */
    @Test
    void largeNetworksToo() throws Exception {
        CharacterModel model = SmallModels.model(
                SmallModels.LETTERS, 0, spec -> spec.recurrent("lstm", 160).recurrent("lstm", 100));
        StepLoop loop = new StepLoop(model, new StepLimits(2, 1000));
        Random random = new Random(3);
        List<Wish> wishes = Stream.generate(() -> Wish.random(random, SmallModels.LETTERS))
                .limit(70)
                .toList();
        List<String> alone = new ArrayList<>();
        for (Wish wish : wishes) {
            alone.add(all(loop.submit(List.of(wish.prompt(model, null, false)))));
        }
        List<Texts> together = new ArrayList<>();
        wishes.forEach(wish -> together.add(loop.submit(List.of(wish.prompt(model, null, false)))));
        for (int i = 0; i < alone.size(); i++) {
            assertThat(all(together.get(i))).isEqualTo(alone.get(i));
        }
    }
}
