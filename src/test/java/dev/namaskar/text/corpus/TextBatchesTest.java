package dev.namaskar.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextBatchesTest {
    /** The peer's slicing, step by step: reshape to B rows of n, transpose, cut T steps, start over when fewer are left. */
    private static void checkAgainstPeer(int[] text, int streams, int steps, int batches) {
        int n = (text.length - 1) / streams;
        int[][] xs = new int[n][streams];
        int[][] ys = new int[n][streams];
        for (int i = 0; i < n * streams; i++) {
            xs[i % n][i / n] = text[i];
            ys[i % n][i / n] = text[i + 1];
        }
        CorpusBatches found = new CorpusBatches(Tokens.of(text), streams, steps);
        int[] inputs = new int[steps * streams];
        int[] targets = new int[steps * streams];
        int at = 0;
        boolean fresh = true;
        for (int k = 0; k < batches; k++) {
            if (at + steps > n) {
                at = 0;
                fresh = true;
            }
            found.read(k, inputs, targets);
            assertThat(found.startsFresh(k)).isEqualTo(fresh);
            for (int t = 0; t < steps; t++) {
                assertThat(Arrays.copyOfRange(inputs, t * streams, (t + 1) * streams))
                        .isEqualTo(xs[at + t]);
                assertThat(Arrays.copyOfRange(targets, t * streams, (t + 1) * streams))
                        .isEqualTo(ys[at + t]);
            }
            fresh = false;
            at += steps;
        }
    }

    @ParameterizedTest
    @CsvSource({"2,1,1", "3,2,1", "3,1,2", "9,1,8", "100,3,7", "100,4,8", "101,4,25", "1000,32,31", "5000,7,64"})
    void batchesArePeersSlices(int length, int streams, int steps) {
        int[] text = new Random(length).ints(length, 0, 50).toArray();
        checkAgainstPeer(text, streams, steps, 3 * (length / streams / steps + 1));
    }

    @Test
    void randomSizesToo() {
        Random random = new Random(4);
        for (int round = 0; round < 100; round++) {
            int streams = 1 + random.nextInt(9);
            int steps = 1 + random.nextInt(12);
            int length = streams * steps + 1 + random.nextInt(200);
            checkAgainstPeer(random.ints(length, 0, 9).toArray(), streams, steps, 40);
        }
    }

    @Test
    void aTextShorterThanOneBatchSaysWhatToChange() {
        assertThatThrownBy(() -> new CorpusBatches(Tokens.of(new int[4096]), 64, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097")
                .hasMessageContaining("found 4096")
                .hasMessageContaining("`batch` 64")
                .hasMessageContaining("`seq-len` 64");
        assertThatThrownBy(() -> BatchSize.of(0, 1)).hasMessage("`batch`: expected >= 1, found 0");
        assertThatThrownBy(() -> BatchSize.of(1, -3)).hasMessage("`seq-len`: expected >= 1, found -3");
        assertThatThrownBy(() -> BatchSize.of(1 << 20, 1 << 20).requireFits(Integer.MAX_VALUE))
                .hasMessageContaining("1099511627777");
    }

    private static TextBatches automatic(String text) {
        Corpus corpus = Corpus.of(text, Unit.CODEPOINT);
        Vocabulary vocabulary = corpus.vocabulary();
        return Reading.of(corpus).batches(corpus.encode(vocabulary), vocabulary, null, null, 1);
    }

    private static String column(int[] values, int stream, int streams, Vocabulary vocabulary) {
        return vocabulary.decode(IntStream.range(0, values.length / streams)
                .map(t -> values[t * streams + stream])
                .toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"namaskar", "ab", "né"})
    void oneWordIsOneStreamFromItsFirstLetter(String word) {
        TextBatches batches = automatic(word);
        int n = word.length() - 1;
        int[] inputs = new int[n];
        int[] targets = new int[n];
        batches.read(17, inputs, targets);

        assertThat(batches.rows()).isEqualTo(1);
        assertThat(batches.steps()).isEqualTo(n);
        assertThat(batches.startsFresh(17)).isTrue();
        Vocabulary vocabulary = Vocabulary.of(word, Unit.CODEPOINT);
        assertThat(vocabulary.decode(inputs)).isEqualTo(word.substring(0, n));
        assertThat(vocabulary.decode(targets)).isEqualTo(word.substring(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\ntwo\nthree\nfour",
                "one\ntwo\nthree\nfour\n",
                "one two three four",
                "one\r\ntwo\r\nthree\r\nfour\r\n"
            })
    void everyPassStartsAtEveryWordOnce(String text) {
        Corpus corpus = Corpus.of(text, Unit.CODEPOINT);
        Vocabulary vocabulary = corpus.vocabulary();
        TextBatches batches = Reading.WORDS.batches(corpus.encode(vocabulary), vocabulary, 2, 6, 7);
        assertThat(batches.perEpoch()).isEqualTo(2);
        Set<List<String>> orders = new HashSet<>();
        for (int pass = 0; pass < 8; pass++) {
            List<String> seen = new ArrayList<>();
            for (int k = 0; k < 2; k++) {
                int[] inputs = new int[12];
                int[] targets = new int[12];
                batches.read(2L * pass + k, inputs, targets);
                assertThat(batches.startsFresh(2L * pass + k)).isTrue();
                for (int b = 0; b < 2; b++) {
                    String input = column(inputs, b, 2, vocabulary);
                    assertThat(column(targets, b, 2, vocabulary)).startsWith(input.substring(1));
                    // A text of one line is a ring: behind its last word stands its first.
                    seen.add(input.strip().split("\\s", -1)[0].replace("fouron", "four"));
                }
            }
            assertThat(seen).containsExactlyInAnyOrder("one", "two", "three", "four");
            orders.add(seen);
        }
        assertThat(orders).hasSizeGreaterThan(2);
    }

    @Test
    void wordBatchesAreAFunctionOfTheirNumber() {
        TextBatches forwards = automatic("one\ntwo\nthree\nfour\nfive\nsix\n".repeat(20));
        TextBatches backwards = automatic("one\ntwo\nthree\nfour\nfive\nsix\n".repeat(20));
        int n = forwards.rows() * forwards.steps();
        int[][] first = new int[20][n];
        for (int k = 0; k < 20; k++) {
            forwards.read(k, first[k], new int[n]);
        }
        for (int k = 19; k >= 0; k--) {
            int[] inputs = new int[n];
            backwards.read(k, inputs, new int[n]);
            assertThat(inputs).isEqualTo(first[k]);
        }
    }

    @Test
    void afterALineComesAnyLineFromItsStart() {
        for (String text : List.of("ab\ncd\n\nef g", "ab\n\n\ncd\nef g\n")) {
            Corpus corpus = Corpus.of(text, Unit.CODEPOINT);
            Vocabulary vocabulary = corpus.vocabulary();
            TextBatches batches = Reading.WORDS.batches(corpus.encode(vocabulary), vocabulary, null, null, 1);
            assertThat(batches.rows()).isEqualTo(4);
            assertThat(batches.steps()).isEqualTo(5);
            Set<String> seen = new HashSet<>();
            for (int k = 0; k < 200; k++) {
                int[] inputs = new int[20];
                int[] targets = new int[20];
                batches.read(k, inputs, targets);
                for (int b = 0; b < 4; b++) {
                    String input = column(inputs, b, 4, vocabulary);
                    String target = column(targets, b, 4, vocabulary);
                    assertThat(target).startsWith(input.substring(1));
                    seen.add(input + target.substring(4));
                }
            }
            Set<String> lines = Set.of("ab\n", "cd\n", "ef g\n");
            Set<String> expected = new HashSet<>();
            for (String start : List.of("ab\n", "cd\n", "ef g\n", "g\n")) {
                for (String second : lines) {
                    for (String third : lines) {
                        expected.add((start + second + third).substring(0, 6));
                    }
                }
            }
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void sizesAdaptOnlyWhereTheyAreNotAskedFor() {
        Corpus prose = Corpus.of("to be or not to be ".repeat(60), Unit.CODEPOINT);
        Vocabulary vocabulary = prose.vocabulary();
        Tokens tokens = prose.encode(vocabulary);
        assertThat(Reading.of(prose)).isEqualTo(Reading.STREAM);

        TextBatches adapted = Reading.STREAM.batches(tokens, vocabulary, null, null, 1);
        assertThat(adapted.rows()).isEqualTo(17);
        assertThat(adapted.steps()).isEqualTo(64);
        assertThat(Reading.STREAM.batches(tokens, vocabulary, 32, null, 1).steps())
                .isEqualTo(35);
        assertThat(Reading.STREAM.batches(tokens, vocabulary, null, 1000, 1).rows())
                .isEqualTo(1);
        for (Reading reading : Reading.values()) {
            assertThatThrownBy(() -> reading.batches(tokens, vocabulary, 32, 64, 1))
                    .hasMessageContaining("2049");
            assertThatThrownBy(() -> reading.batches(tokens, vocabulary, null, 1140, 1))
                    .hasMessageContaining("1141");
            assertThatThrownBy(() -> reading.batches(tokens, vocabulary, 1140, null, 1))
                    .hasMessageContaining("1141");
            assertThatThrownBy(() -> reading.batches(tokens, vocabulary, 0, null, 1))
                    .hasMessageContaining("`batch`: ");
            assertThatThrownBy(() -> reading.batches(tokens, vocabulary, null, 0, 1))
                    .hasMessageContaining("`seq-len`: ");
            assertThatThrownBy(() -> reading.batches(tokens.slice(0, 1), vocabulary, null, null, 1))
                    .hasMessageContaining("expected at least 2");
        }
        assertThatThrownBy(() ->
                        Reading.WORDS.batches(Tokens.of(0, 0, 0), Vocabulary.of(" ", Unit.CODEPOINT), null, null, 1))
                .hasMessageContaining("blanks");
    }

    @Test
    void listsOfWordsAreToldFromProse() {
        String words = IntStream.range(0, 2000)
                .mapToObj(i -> Integer.toString(i * 7919, 36))
                .collect(Collectors.joining("\n"));
        assertThat(Reading.of(Corpus.of(words, Unit.CODEPOINT))).isEqualTo(Reading.WORDS);
        assertThat(Reading.of(Corpus.of(words, Unit.BYTE))).isEqualTo(Reading.WORDS);
        assertThat(Reading.of(Corpus.of(words + "\ntwo words", Unit.CODEPOINT))).isEqualTo(Reading.STREAM);
        assertThat(Reading.of(Corpus.of((words + "\n").repeat(10), Unit.CODEPOINT)))
                .isEqualTo(Reading.STREAM);
        assertThat(Reading.of(Corpus.of("good day to you", Unit.CODEPOINT))).isEqualTo(Reading.WORDS);
        assertThat(Reading.of(Corpus.of("good day\ngood night\n", Unit.CODEPOINT)))
                .isEqualTo(Reading.WORDS);
        assertThat(Reading.of(Corpus.of("to be or not to be", Unit.CODEPOINT))).isEqualTo(Reading.STREAM);
        assertThat(Reading.of(Corpus.of("good day\ngood night\ngood day\n", Unit.CODEPOINT)))
                .isEqualTo(Reading.STREAM);
        assertThat(Reading.of(Corpus.of("one\none\ntwo\n", Unit.BYTE))).isEqualTo(Reading.WORDS);
        assertThat(Reading.WORDS.defaultValFraction()).isZero();
        assertThat(Reading.STREAM.defaultValFraction()).isEqualTo(0.1);
        TextData tiny = TextData.of(Corpus.of("a b a b", Unit.CODEPOINT));
        assertThat(tiny.reading()).isEqualTo(Reading.STREAM);
        assertThat(tiny.heldOut().length()).isZero();
        assertThat(Reading.named("stream")).isEqualTo(Reading.STREAM);
        assertThat(Reading.named("auto")).isNull();
        assertThatThrownBy(() -> Reading.named("lines")).hasMessageContaining("stream or words");
    }
}
