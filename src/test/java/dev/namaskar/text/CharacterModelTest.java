package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.decoding.Greedy;
import dev.namaskar.decoding.Sampler;
import dev.namaskar.decoding.Softmax;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterModelTest {
    private static final UnknownPolicy REFUSE = new UnknownPolicy.Refuse();
    private static final UnknownPolicy SKIP = new UnknownPolicy.Skip();
    private static final String TEXT = "नमस्कार 🙏 𠀀 hello namaskar\n";

    /** A fresh network, its weights made larger so that its probabilities differ. */
    private static CharacterModel model(Vocabulary vocabulary, String cell, long seed) {
        Network network = NetworkSpec.tokens(vocabulary.size())
                .recurrent(cell, 16)
                .dropout(0.5)
                .recurrent(cell, 12)
                .dense(vocabulary.size())
                .build();
        Params params = network.initialize(seed);
        for (int i = 0; i < params.values().length; i++) {
            params.values()[i] *= 3;
        }
        return new CharacterModel(network, params, vocabulary);
    }

    private static CharacterModel model(Unit unit) {
        return model(Vocabulary.of(TEXT, unit), "gru", 7);
    }

    private static String generate(CharacterModel model, String prime, int length, Sampler sampler, long seed) {
        StringBuilder text = new StringBuilder();
        model.generate(prime, REFUSE, length, sampler, new SplitMix64(seed), c -> {
            text.appendCodePoint(c);
            return true;
        });
        return text.toString();
    }

    private static Sampler sampler(long seed) {
        return Sampler.of(1, null, null, new SplitMix64(seed));
    }

    @Test
    void probabilitiesAreTheSoftmaxInFallingOrder() {
        CharacterModel model = model(Unit.CODEPOINT);
        List<Candidate> all = model.next("hello", 1000, REFUSE);
        float[] logits = logitsAfter(model, "hello");

        assertThat(all).hasSize(model.vocabulary().size());
        assertThat(all.stream().mapToDouble(Candidate::probability).sum()).isCloseTo(1, within(1e-12));
        double divisor = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i]))
                .sum();
        double last = 1;
        for (Candidate candidate : all) {
            assertThat(candidate.probability())
                    .isCloseTo(Math.exp(logits[candidate.index()]) / divisor, within(1e-6))
                    .isLessThanOrEqualTo(last);
            assertThat(candidate.symbol()).isEqualTo(model.vocabulary().text(candidate.index()));
            last = candidate.probability();
        }
        assertThat(model.next("hello", 3, REFUSE)).isEqualTo(all.subList(0, 3));
        assertThat(model.next("h?e?llo", 3, SKIP)).isEqualTo(all.subList(0, 3));
    }

    private static float[] logitsAfter(CharacterModel model, String text) {
        OpenText open = model.open();
        open.read(text, REFUSE);
        return open.logits();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void aPrimeReadAtOnceEqualsOneReadLetterByLetter(String cell) {
        Vocabulary vocabulary = Vocabulary.of(TEXT, Unit.CODEPOINT);
        CharacterModel model = model(vocabulary, cell, 3);
        String prime = TEXT.repeat(25); // longer than what is read at a time
        OpenText atOnce = model.open();
        atOnce.read(prime, REFUSE);
        OpenText byLetter = model.open();
        prime.codePoints().forEach(c -> byLetter.read(Character.toString(c), REFUSE));

        assertThat(byLetter.logits()).usingComparatorWithPrecision(1e-5f).containsExactly(atOnce.logits());
        assertThat(byLetter.state().values())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(atOnce.state().values());
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void whatIsWrittenIsWellFormedAndOfTheLengthAskedFor(Unit unit) {
        CharacterModel model = model(unit);
        for (int seed = 0; seed < 20; seed++) {
            String written = generate(model, "नम", 60, sampler(seed), seed);
            assertThat(written.codePointCount(0, written.length())).isEqualTo(60);
            assertThat(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(written)
                    .doesNotContain("\ufffd");
            assertThat(written.codePoints()).allMatch(c -> c < 0xD800 || c > 0xDFFF);
        }
    }

    @Test
    void everyByteRuleIsReachedAndNoneIsBroken() {
        // Even odds for every byte: all lengths of characters come up, and the decoder must accept each.
        Network network = NetworkSpec.tokens(256).recurrent("rnn", 2).dense(256).build();
        CharacterModel even = new CharacterModel(network, Params.zeros(network.params()), Vocabulary.ofBytes());
        String written = generate(even, "x", 20_000, sampler(4), 4);

        for (int bytes = 1; bytes <= 4; bytes++) {
            int size = bytes;
            assertThat(written.codePoints()
                            .filter(c -> Character.toString(c).getBytes(StandardCharsets.UTF_8).length == size)
                            .count())
                    .isGreaterThan(100);
        }
        assertThat(written.codePoints().filter(Character::isValidCodePoint).count())
                .isEqualTo(20_000);
        byte[] encoded = written.getBytes(StandardCharsets.UTF_8);
        assertThat(Corpus.of(written, Unit.BYTE).symbols().length()).isEqualTo(encoded.length);
    }

    @Test
    void theSameSeedWritesTheSameAndAnotherDoesNot() {
        CharacterModel model = model(Unit.CODEPOINT);
        String first = generate(model, "hello", 100, sampler(1), 1);
        assertThat(generate(model, "hello", 100, sampler(1), 1)).isEqualTo(first);
        assertThat(generate(model, "hello", 100, sampler(2), 2)).isNotEqualTo(first);
        assertThat(generate(model, "hello", 40, sampler(1), 1))
                .isEqualTo(first.substring(0, first.offsetByCodePoints(0, 40)));
        assertThat(generate(model, "hello", 0, sampler(1), 1)).isEmpty();
    }

    @Test
    void greedyWritingFollowsNext() {
        CharacterModel model = model(Unit.CODEPOINT);
        StringBuilder expected = new StringBuilder("hello");
        for (int i = 0; i < 20; i++) {
            expected.append(model.next(expected.toString(), 1, REFUSE).get(0).symbol());
        }
        assertThat("hello" + generate(model, "hello", 20, new Greedy(), 1)).isEqualTo(expected.toString());
    }

    @Test
    void writingGoesOutAsItIsProducedAndCanBeEnded() {
        List<Integer> seen = new ArrayList<>();
        model(Unit.CODEPOINT).generate("h", REFUSE, Long.MAX_VALUE, sampler(1), new SplitMix64(1), c -> {
            seen.add(c);
            return seen.size() < 5;
        });
        assertThat(seen).hasSize(5);
    }

    @Test
    void withoutAPrimeItStartsAsAfterALineFeedOrAnywhere() {
        CharacterModel lines = model(Unit.CODEPOINT);
        assertThat(generate(lines, "", 30, sampler(5), 5)).isEqualTo(generate(lines, "\n", 30, sampler(5), 5));

        CharacterModel letters = model(Vocabulary.of("abcdefgh", Unit.CODEPOINT), "rnn", 1);
        List<String> firsts = IntStream.range(0, 60)
                .mapToObj(seed -> generate(letters, "", 3, sampler(seed), seed))
                .peek(text -> assertThat(text).hasSize(3))
                .map(text -> text.substring(0, 1))
                .distinct()
                .toList();
        assertThat(firsts).hasSizeGreaterThan(4);
        assertThat(generate(letters, "", 0, sampler(1), 1)).isEmpty();
    }

    @Test
    void theScoreIsTheSumOfWhatNextSays() {
        String text = TEXT + "hello hello नमस्कार";
        for (Unit unit : Unit.values()) {
            CharacterModel model = model(unit);
            Corpus corpus = Corpus.of(text, unit);
            int[] symbols = model.vocabulary().encode(text);
            int first = unit == Unit.BYTE ? "न".getBytes(StandardCharsets.UTF_8).length : 1;
            double nats = 0;
            for (int i = first; i < symbols.length; i++) {
                OpenText open = model.open();
                open.read(java.util.Arrays.copyOf(symbols, i));
                double[] weights = new double[model.vocabulary().size()];
                double sum = Softmax.weights(open.logits(), weights);
                nats -= Math.log(weights[symbols[i]] / sum);
            }
            for (GemmLibrary library : List.of(GemmLibrary.JAVA, GemmLibrary.best())) {
                Score score = model.score(corpus.encode(model.vocabulary()), library);
                assertThat(score.characters()).isEqualTo(text.codePointCount(0, text.length()) - 1);
                assertThat(score.nats()).isCloseTo(nats, within(1e-3));
                assertThat(score.natsPerChar()).isCloseTo(nats / score.characters(), within(1e-5));
                assertThat(score.bitsPerChar()).isCloseTo(score.natsPerChar() / 0.6931471805599453, within(1e-12));
                assertThat(Math.log(score.perplexity())).isCloseTo(score.natsPerChar(), within(1e-12));
            }
        }
    }

    @Test
    void longTextsAreScoredWithoutASeam() {
        CharacterModel model = model(Unit.CODEPOINT);
        int[] symbols = model.vocabulary().encode(TEXT.repeat(400));
        Score whole = model.score(Tokens.of(symbols), GemmLibrary.JAVA);
        Score start = model.score(Tokens.of(symbols).slice(0, 4097), GemmLibrary.JAVA);
        Score longer = model.score(Tokens.of(symbols).slice(0, 4098), GemmLibrary.JAVA);
        OpenText open = model.open();
        open.read(java.util.Arrays.copyOf(symbols, 4097));
        double[] weights = new double[model.vocabulary().size()];
        double sum = Softmax.weights(open.logits(), weights);

        assertThat(longer.nats() - start.nats()).isCloseTo(-Math.log(weights[symbols[4097]] / sum), within(1e-3));
        assertThat(whole.characters()).isEqualTo(symbols.length - 1);
    }

    @Test
    void manyThreadsMayAskAtOnce() {
        CharacterModel model = model(Unit.CODEPOINT);
        List<Candidate> expected = model.next("hello na", 4, REFUSE);
        assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> model.next("hello na", 4, REFUSE)))
                .allMatch(expected::equals);
    }

    @Test
    void wrongQuestionsAreAnsweredInWords() {
        CharacterModel model = model(Unit.CODEPOINT);
        assertThatThrownBy(() -> model.next("", 1, REFUSE)).hasMessageContaining("an empty text");
        assertThatThrownBy(() -> model.next("???", 1, SKIP)).hasMessageContaining("none that the model knows");
        assertThatThrownBy(() -> model.next("h?", 1, REFUSE)).hasMessageContaining("'?' (U+003F) at character 2");
        assertThatThrownBy(() -> model.next("h", 0, REFUSE)).hasMessageContaining("`top`: ");
        assertThatThrownBy(() -> model.open().logits()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.score(Tokens.of(1), GemmLibrary.JAVA)).hasMessageContaining("at least 2");
        CharacterModel bytes = model(Unit.BYTE);
        assertThatThrownBy(() -> bytes.score(Corpus.of("न", Unit.BYTE).symbols(), GemmLibrary.JAVA))
                .hasMessageContaining("found 1");
    }

    /** The same parameters read out at every step and at the last, and with a bounded memory. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 300})
    void aWindowIsWhatTheLastSymbolsSay(int window) {
        Vocabulary vocabulary = Vocabulary.of("abcdef", Unit.CODEPOINT);
        Network every = NetworkSpec.tokens(6).recurrent("lstm", 5).dense(6).build();
        Network last =
                NetworkSpec.tokens(6).recurrent("lstm", 5).lastStep().dense(6).build();
        Params params = every.initialize(3);
        CharacterModel all = new CharacterModel(every, params, vocabulary);
        CharacterModel unbounded = new CharacterModel(last, new Params(last.params(), params.values()), vocabulary);
        CharacterModel bounded =
                new CharacterModel(last, new Params(last.params(), params.values()), vocabulary, window);
        SplitMix64 random = new SplitMix64(window);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            text.append((char) ('a' + random.nextInt(6)));
        }
        for (int length : new int[] {1, 2, 3, 4, 8, 299, 300, 301, 600}) {
            String prime = text.substring(0, length);
            String seen = prime.substring(Math.max(0, length - window));
            assertThat(unbounded.next(prime, 6, REFUSE)).isEqualTo(all.next(prime, 6, REFUSE));
            assertThat(bounded.next(prime, 6, REFUSE)).as(prime).isEqualTo(all.next(seen, 6, REFUSE));
        }
        assertThat(generate(unbounded, "ab", 40, sampler(5), 5)).isEqualTo(generate(all, "ab", 40, sampler(5), 5));
        OpenText open = bounded.open();
        String written = "abcde";
        open.read(written, REFUSE);
        for (int i = 0; i < 20; i++) {
            String seen = written.substring(Math.max(0, written.length() - window));
            OpenText fresh = all.open();
            fresh.read(seen, REFUSE);
            assertThat(open.logits()).isEqualTo(fresh.logits());
            written += Character.toString(open.write(new Greedy()));
        }
        assertThatThrownBy(() -> new CharacterModel(last, bounded.params(), vocabulary, -1))
                .hasMessageContaining("expected a window of 0 or more symbols, found -1");
        assertThatThrownBy(() -> bounded.extendedBy(Vocabulary.of("xyz", Unit.CODEPOINT)))
                .hasMessageContaining("reads out the last step alone");
    }

    @Test
    void marksAreNeverWritten() {
        Vocabulary vocabulary = Vocabulary.fromList(Unit.CODEPOINT, List.of("<pad>", "a", "<unk>", "b"));
        CharacterModel model = model(vocabulary, "gru", 2);
        for (long seed = 0; seed < 20; seed++) {
            assertThat(generate(model, "", 50, sampler(seed), seed)).matches("[ab]{50}");
        }
        assertThat(model.next("zzz", 4, REFUSE))
                .hasSize(4)
                .extracting(Candidate::symbol)
                .contains("<pad>", "<unk>");
    }

    @Test
    void networksThatCannotForeseeAreRefused() {
        Vocabulary vocabulary = Vocabulary.of("abc", Unit.CODEPOINT);
        List<NetworkSpec> wrong = List.of(
                NetworkSpec.tokens(4).recurrent("rnn", 2).dense(3),
                NetworkSpec.tokens(3).recurrent("rnn", 2).dense(4),
                NetworkSpec.values(3).recurrent("rnn", 2).dense(3),
                NetworkSpec.tokens(3).bidirectional("rnn", 2, Merge.SUM).dense(3));
        for (NetworkSpec spec : wrong) {
            Network network = spec.build();
            assertThatThrownBy(() -> new CharacterModel(network, Params.zeros(network.params()), vocabulary))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void newSymbolsTakeFromOldOnesNoMoreThanTheirShare(int embedding) {
        Vocabulary symbols = Vocabulary.of("hello", Unit.CODEPOINT);
        NetworkSpec input = NetworkSpec.tokens(symbols.size());
        Network network = (embedding > 0 ? input.embedding(embedding) : input)
                .recurrent("gru", 9)
                .recurrent("lstm", 7)
                .dense(symbols.size())
                .build();
        Params params = network.initialize(3);
        for (int i = 0; i < params.values().length; i++) {
            params.values()[i] *= 4;
        }
        CharacterModel old = new CharacterModel(network, params, symbols);
        CharacterModel grown = old.extendedBy(Vocabulary.of("helicopter", Unit.CODEPOINT));

        assertThat(grown.vocabulary().toList()).containsExactly("e", "h", "l", "o", "c", "i", "p", "r", "t");
        for (Candidate candidate : old.next("hello", 4, REFUSE)) {
            double share = grown.next("hello", 9, REFUSE).stream()
                            .filter(c -> c.index() == candidate.index())
                            .findFirst()
                            .orElseThrow()
                            .probability()
                    / candidate.probability();
            assertThat(share).isBetween(4.0 / 9 - 1e-6, 1.0);
        }
        assertThat(logitsAfter(grown, "hello")).startsWith(logitsAfter(old, "hello"));
        // A new symbol's logit is the mean of the old, and it is read as their mean is.
        float[] logits = logitsAfter(grown, "hello");
        double mean = (logits[0] + logits[1] + logits[2] + logits[3]) / 4;
        assertThat((double) logits[8]).isCloseTo(mean, within(1e-5));
        assertThat(logitsAfter(grown, "hci")).isEqualTo(logitsAfter(grown, "htp"));
        assertThat(old.extendedBy(Vocabulary.of("hole", Unit.CODEPOINT))).isSameAs(old);
    }

    @Test
    void aModelGrowsOnlyInItsOwnUnitAndBehindADenseLayer() {
        assertThatThrownBy(() -> model(Unit.CODEPOINT).extendedBy(Vocabulary.ofBytes()))
                .hasMessageContaining("a model keeps its unit");
        Network bare = NetworkSpec.tokens(4).recurrent("gru", 4).build();
        CharacterModel model = new CharacterModel(bare, bare.initialize(1), Vocabulary.of("helo", Unit.CODEPOINT));
        assertThatThrownBy(() -> model.extendedBy(Vocabulary.of("x", Unit.CODEPOINT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends in a dense layer");
    }
}
