package dev.namaskar.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.OpenText;
import dev.namaskar.text.Score;
import dev.namaskar.text.TextScorer;
import dev.namaskar.text.TextValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held to be a list of words is learnt and scored whole; what is not is read as a stream, and why is said. */
class ReadingTest {
    private static final String HAN = "的一是在不了有和人这中大为上个国我以要他";

    private static String random(Random random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static Reading.Choice choice(String text) {
        return Reading.choose(Corpus.of(text, Unit.CODEPOINT));
    }

    @Test
    void whatIsTooLongForAWordIsAStream() {
        Random random = new Random(1);
        String line = "ab".repeat(50) + "cde".repeat(3000);
        assertThat(choice(line).reading()).isEqualTo(Reading.STREAM);
        assertThat(choice(line).why()).contains("9100 characters without a blank");
        String paragraphs = IntStream.range(0, 200)
                .mapToObj(i -> random(random, HAN, 80 + random.nextInt(200)) + "。")
                .collect(Collectors.joining("\n"));
        assertThat(choice(paragraphs).reading()).isEqualTo(Reading.STREAM);
        // Sentences of a script without blanks, short ones too.
        assertThat(choice("春眠不覺曉，處處聞啼鳥。\n夜來風雨聲，花落知多少。\n".repeat(50)).reading()).isEqualTo(Reading.STREAM);
        assertThat(choice("你好\n谢谢\n再见\n".repeat(50)).reading()).isEqualTo(Reading.WORDS);
        assertThat(choice("x".repeat(256) + "\nyz\n").reading()).isEqualTo(Reading.WORDS);
        assertThat(choice("x".repeat(257) + "\nyz\n").reading()).isEqualTo(Reading.STREAM);
        assertThat(choice("ไ".repeat(65) + "\nก\n").reading()).isEqualTo(Reading.STREAM);
    }

    @Test
    void theReasonIsSaid() {
        assertThat(choice("one\ntwo\n").why()).isEqualTo("no line has more than one word");
        assertThat(choice("good day\ngood night\n").why()).isEqualTo("it is short and has each line once");
        assertThat(choice("good day to you").why()).isEqualTo("it is short and has each word once");
        assertThat(choice("to be or not to be").why()).isEqualTo("it has a word more than once");
        assertThat(choice("a b\n".repeat(300)).why()).isEqualTo("its lines have several words");
        assertThat(choice("one\n".repeat(20_000)).why()).contains("50000 characters");
        TextData.Wish short16 = new TextData.Wish(null, null, null, 16, 1);
        TextData data = TextData.of(
                Corpus.of("a-word-of-twenty-odd-letters\nb\n", Unit.CODEPOINT),
                Vocabulary.of("a-word-of-twenty-odd-letters\nb\n", Unit.CODEPOINT),
                short16);
        assertThat(data.reading()).isEqualTo(Reading.STREAM);
        assertThat(data.choice().why())
                .isEqualTo("a sequence length of 16 is asked for, and its longest word takes 28");
    }

    /** Each word stands in some row of a pass with all that belongs to it: its letters, and what ends it. */
    @ParameterizedTest
    @EnumSource(Unit.class)
    void everyWordIsLearntToItsEndInEveryPass(Unit unit) {
        Random random = new Random(2);
        for (int round = 0; round < 40; round++) {
            String letters = random.nextBoolean() ? "abcdefghij" : "नमसतकरदलप";
            String between = random.nextBoolean() ? "\n" : random.nextBoolean() ? "\r\n" : " ";
            int longest = round % 2 == 0 ? 200 : 8;
            List<String> words = IntStream.range(0, 2 + random.nextInt(40))
                    .mapToObj(i -> random(random, letters, 2 + random.nextInt(longest)))
                    .toList();
            String text = String.join(between, words) + (random.nextBoolean() ? between : "");
            Corpus corpus = Corpus.of(text, unit);
            Vocabulary vocabulary = corpus.vocabulary();
            TextBatches batches = Reading.WORDS.batches(corpus.encode(vocabulary), vocabulary, null, null, round);
            Set<String> rows = rows(batches, vocabulary);
            for (int i = 0; i < words.size(); i++) {
                String whole = words.get(i) + (i + 1 < words.size() ? between : "");
                assertThat(rows).as("%s in %s", whole, text).anyMatch(row -> row.startsWith(whole));
            }
        }
    }

    /** What each row of one pass reads and predicts, in a unit-free form. */
    private static Set<String> rows(TextBatches batches, Vocabulary vocabulary) {
        Set<String> rows = new HashSet<>();
        int n = batches.rows() * batches.steps();
        int[] inputs = new int[n];
        int[] targets = new int[n];
        for (long number = 0; number < batches.perEpoch(); number++) {
            batches.read(number, inputs, targets);
            for (int b = 0; b < batches.rows(); b++) {
                int[] row = new int[batches.steps() + 1];
                for (int t = 0; t < batches.steps(); t++) {
                    row[t] = inputs[t * batches.rows() + b];
                    row[t + 1] = targets[t * batches.rows() + b];
                }
                rows.add(vocabulary.decode(row));
            }
        }
        return rows;
    }

    @Test
    void aSequenceTooShortForTheWordsIsRefusedWhereWordsAreAskedFor() {
        Corpus corpus = Corpus.of("four\nseven77\n", Unit.CODEPOINT);
        Vocabulary vocabulary = corpus.vocabulary();
        Tokens tokens = corpus.encode(vocabulary);
        assertThat(Reading.WORDS.batches(tokens, vocabulary, null, 7, 1).steps())
                .isEqualTo(7);
        assertThatThrownBy(() -> Reading.WORDS.batches(tokens, vocabulary, null, 6, 1))
                .hasMessageContaining("sequence length of 7")
                .hasMessageContaining("found 6");
        Corpus endless = Corpus.of("x".repeat(5000), Unit.CODEPOINT);
        assertThatThrownBy(() -> Reading.WORDS.batches(
                        endless.encode(endless.vocabulary()), endless.vocabulary(), null, null, 1))
                .hasMessageContaining("at most 4096");
    }

    /** Line by line with the model's own words, one symbol after another. */
    @ParameterizedTest
    @ValueSource(strings = {"codepoint", "byte"})
    void wordsAreScoredLineByLine(String unit) {
        String text = "नमस्कार\nhola\n\nbonjour ami\r\nx\nहै\nlast";
        Corpus corpus = Corpus.of(text, Unit.of(unit));
        Vocabulary vocabulary = corpus.vocabulary();
        Network network = NetworkSpec.tokens(vocabulary.size())
                .recurrent("gru", 7)
                .dense(vocabulary.size())
                .build();
        Params params = network.initialize(3);
        CharacterModel model = new CharacterModel(network, params, vocabulary);
        TextScorer scorer = TextScorer.of(network, params, vocabulary, GemmLibrary.JAVA);
        double nats = 0;
        long characters = 0;
        for (String line : new String[] {"नमस्कार\n", "hola\n", "bonjour ami\r\n", "x\n", "है\n", "last\n"}) {
            int first = line.offsetByCodePoints(0, 1);
            OpenText open = model.open();
            open.read(line.substring(0, first), new UnknownPolicy.Refuse());
            for (int index : vocabulary.encode(line.substring(first))) {
                nats -= logProbability(open.logits(), index);
                open.read(index);
            }
            characters += line.codePointCount(first, line.length());
        }
        Tokens tokens = corpus.encode(vocabulary);
        Score score = scorer.score(tokens, Reading.WORDS);
        assertThat(score.nats()).isCloseTo(nats, within(1e-4 * nats));
        assertThat(score.characters()).isEqualTo(characters);
        assertThat(scorer.score(tokens, Reading.STREAM))
                .isEqualTo(scorer.score(tokens))
                .isNotEqualTo(score);

        TextData data = TextData.of(corpus, vocabulary, new TextData.Wish(Reading.WORDS, 0.0, null, null, 1));
        assertThat(new TextValidation(network, data, GemmLibrary.JAVA).applyAsDouble(params.values()))
                .isEqualTo(score.natsPerChar());
        TextData whole = TextData.of(corpus, vocabulary, new TextData.Wish(Reading.STREAM, 0.0, 2, 5, 1));
        assertThat(new TextValidation(network, whole, GemmLibrary.JAVA).applyAsDouble(params.values()))
                .isEqualTo(scorer.score(tokens).natsPerChar());
    }

    private static double logProbability(float[] logits, int index) {
        double max = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - max))
                .sum();
        return logits[index] - max - Math.log(sum);
    }

    @Test
    void whatIsNoTextToLearnIsSaidInPlainWords() {
        assertThatThrownBy(() -> TextData.of(Corpus.of("a", Unit.CODEPOINT)))
                .hasMessage("the text has one character alone; expected at least two, one to read and one to predict");
        assertThatThrownBy(() -> TextData.of(Corpus.of("🙏", Unit.BYTE))).hasMessageContaining("one character alone");
        for (String blank : new String[] {" \n\n \t", "\u3000\n\u00a0", "\n\n"}) {
            assertThatThrownBy(() -> TextData.of(Corpus.of(blank, Unit.CODEPOINT)))
                    .hasMessageContaining("nothing but blanks and line ends (" + blank.length() + " of them)");
        }
    }
}
