package dev.namaskar.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.labelling.data.LabelProbability;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {
    @TempDir
    Path folder;

    /** Words of a, b and c, called after the letter that they begin and end with, or "mixed". */
    static List<LabelledText> words(int count, long seed) {
        Random random = new Random(seed);
        List<LabelledText> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder word = new StringBuilder();
            int length = 1 + random.nextInt(12);
            for (int j = 0; j < length; j++) {
                word.append((char) ('a' + random.nextInt(3)));
            }
            char last = word.charAt(length - 1);
            words.add(new LabelledText(word.toString(), word.charAt(0) == last ? String.valueOf(last) : "mixed"));
        }
        return words;
    }

    static Classifier small(List<LabelledText> examples) {
        return Classifier.training()
                .hidden(12)
                .embedding(6)
                .dropout(0)
                .batch(16)
                .steps(400)
                .threads(1)
                .on(examples);
    }

    @Test
    void learnsWhatBothEndsOfAWordSayAndTellsItOfWordsItHasNotSeen() throws IOException {
        Classifier model = small(words(400, 1));

        assertThat(model.labels()).containsExactly("a", "b", "c", "mixed");
        assertThat(model.evaluate(words(300, 2)).accuracy()).isGreaterThan(0.95);

        Path file = folder.resolve("m.safetensors");
        model.write(file);
        Classifier again = Classifier.read(file);
        assertThat(again.classify("abca", 4)).isEqualTo(model.classify("abca", 4));
        assertThat(again.toString()).isEqualTo(model.toString());
        assertThat(model.classify("abca", 4).stream()
                        .mapToDouble(LabelProbability::probability)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void whatIsOddAboutLabelsIsSaid() {
        List<LabelledText> odd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            odd.add(new LabelledText("text " + i, "usual"));
        }
        odd.add(new LabelledText("text 7", "Usual"));
        odd.add(new LabelledText("text 8", "once"));
        List<String> notes = new ArrayList<>();
        Classifier.training().hidden(4).steps(1).notes(notes::add).on(odd);
        assertThat(notes)
                .anyMatch(note -> note.startsWith("95.2 % of the examples are called usual"))
                .contains(
                        "labels that differ in case alone are learned as different ones: Usual, usual",
                        "labels with one example, which say little: Usual, once")
                .anyMatch(note ->
                        note.equals("the same input has several labels in 4 examples, such as example \"text 7\""
                                + " (Usual, usual)"));

        List<String> none = new ArrayList<>();
        Classifier.training().hidden(4).steps(1).notes(none::add).on(words(100, 3));
        assertThat(none).hasSize(1).allMatch(note -> note.startsWith("learning "));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        List<LabelledText> words = words(100, 3);
        Classifier one =
                Classifier.training().hidden(8).steps(30).seed(4).threads(1).on(words);
        Classifier same =
                Classifier.training().hidden(8).steps(30).seed(4).threads(1).on(words);
        Classifier other =
                Classifier.training().hidden(8).steps(30).seed(5).threads(1).on(words);

        assertThat(one.stored().params().values())
                .isEqualTo(same.stored().params().values());
        assertThat(one.stored().params().values())
                .isNotEqualTo(other.stored().params().values());
    }

    /** Texts that are read together are padded to the longest; neither that nor their order may change an answer. */
    @Test
    void companyChangesNothing() {
        Classifier model = Classifier.training().hidden(8).steps(20).threads(1).on(words(100, 6));
        List<String> texts =
                new ArrayList<>(words(150, 7).stream().map(LabelledText::text).toList());
        List<List<LabelProbability>> together = model.classify(texts, 4);

        for (int i = 0; i < texts.size(); i += 13) {
            assertThat(together.get(i)).isEqualTo(model.classify(texts.get(i), 4));
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(order, new Random(1));
        List<List<LabelProbability>> shuffled =
                model.classify(order.stream().map(texts::get).toList(), 4);
        for (int i = 0; i < order.size(); i++) {
            assertThat(shuffled.get(i)).isEqualTo(together.get(order.get(i)));
        }
    }

    /** An ensemble says the mean of what its networks say, each learned from a start and in an order of its own. */
    @Test
    void anEnsembleAveragesItsNetworks() throws IOException {
        List<LabelledText> words = words(120, 10);
        Classifier all =
                Classifier.training().hidden(6).steps(40).threads(1).ensemble(3).on(words);
        Path file = folder.resolve("e");
        all.write(file);
        Classifier read = Classifier.read(file);

        assertThat(read.stored().members()).hasSize(2);
        assertThat(read.stored().members().get(0).values())
                .isNotEqualTo(read.stored().params().values());
        assertThat(read.classify("abcb", 4)).isEqualTo(all.classify("abcb", 4));
        double[] mean = new double[4];
        for (Params member : all.stored().ensemble()) {
            Model one = new Model(all.stored().networks(), member, all.stored().texts());
            Classifier alone = new Classifier("one", one);
            for (LabelProbability p : alone.classify("abcb", 4)) {
                mean[all.labels().indexOf(p.label())] += p.probability() / 3;
            }
        }
        for (LabelProbability p : all.classify("abcb", 4)) {
            assertThat(p.probability()).isCloseTo(mean[all.labels().indexOf(p.label())], within(1e-12));
        }
        Classifier first = Classifier.training().hidden(6).steps(40).threads(1).on(words);
        assertThat(first.stored().params().values())
                .isEqualTo(all.stored().params().values());
    }

    @Test
    void charactersThatTrainingDidNotHaveAreOneSymbolMore() {
        Classifier model = Classifier.training().hidden(8).steps(20).threads(1).on(words(100, 8));

        assertThat(model.classify("aéb", 4)).isEqualTo(model.classify("a\uD83D\uDE42b", 4));
        assertThat(model.classify("aéb", 4)).isNotEqualTo(model.classify("acb", 4));
    }

    @Test
    void balancedLabelsWeighAlikeHoweverRare() {
        List<LabelledText> examples = new ArrayList<>();
        // nothing in the text tells the label, so that the best answer is how much each label weighs
        for (int i = 0; i < 90; i++) {
            examples.add(new LabelledText("aa", i < 9 ? "rare" : "usual"));
        }

        double plain = Classifier.training()
                .hidden(8)
                .dropout(0)
                .heldOut(0)
                .steps(300)
                .threads(1)
                .on(examples)
                .classify("aa", 2)
                .stream()
                .filter(p -> p.label().equals("rare"))
                .findFirst()
                .orElseThrow()
                .probability();
        double balanced = Classifier.training()
                .hidden(8)
                .dropout(0)
                .heldOut(0)
                .steps(300)
                .threads(1)
                .balance(1)
                .on(examples)
                .classify("aa", 2)
                .stream()
                .filter(p -> p.label().equals("rare"))
                .findFirst()
                .orElseThrow()
                .probability();

        assertThat(plain).isCloseTo(0.1, within(0.03));
        assertThat(balanced).isCloseTo(0.5, within(0.05));
    }

    @Test
    void textsAndNumbersInPlaceOfLabelsAreRefused() {
        List<LabelledText> swapped = new ArrayList<>();
        List<LabelledText> numbers = new ArrayList<>();
        for (LabelledText one : words(100, 8)) {
            swapped.add(new LabelledText(one.label(), one.text() + swapped.size()));
            numbers.add(new LabelledText(one.text() + numbers.size(), "0." + numbers.size()));
        }

        assertThatThrownBy(() -> Classifier.training().on(swapped))
                .hasMessageContaining("expected labels that come back, found 100 different ones of 100 examples")
                .hasMessageContaining("labels seem to stand first");
        assertThatThrownBy(() -> Classifier.training().on(numbers))
                .hasMessageContaining("expected labels that come back, found 100 different ones")
                .hasMessageNotContaining("stand first");
    }

    @Test
    void saysWhichLabelsDifferInCaseAlone() {
        List<String> notes = new ArrayList<>();
        List<LabelledText> examples = new ArrayList<>(words(60, 8));
        examples.replaceAll(one -> new LabelledText(
                one.text(),
                one.text().length() % 2 == 0 ? one.label() : one.label().toUpperCase(Locale.ROOT)));

        Classifier.training().hidden(4).steps(2).threads(1).notes(notes::add).on(examples);

        assertThat(notes)
                .anyMatch(note -> note.startsWith("labels that differ in case alone are learned as different"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a;x\\nb              | line 2: expected a text, one tab and a label, found no tab
        a;x\\n;y             | line 2: expected a text, one tab and a label, found nothing before the tab
        a;x\\n\\nb;          | line 3: expected a text, one tab and a label, found nothing behind the tab
        a;x;y                | line 1: expected a text, one tab and a label, found a second tab at column 4
        a;x\\nb;x            | at least two labels, found [x]
        \\n \\n              | expected lines of a text, a tab and a label, found none
        """)
    void saysWhichLineIsWrong(String content, String message) throws IOException {
        Path file = folder.resolve("t.tsv");
        Files.writeString(file, content.replace("\\n", "\n").replace(';', '\t'));

        assertThatThrownBy(() -> Classifier.train(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void refusesUnknownLabelsEmptyTextsAndModelsOfAnotherKind() throws IOException {
        Classifier model = Classifier.training().hidden(4).steps(2).threads(1).on(words(50, 9));
        Path file = folder.resolve("t.tsv");
        Files.writeString(file, "aa\tzebra\n");
        assertThatThrownBy(() -> model.evaluate(file))
                .hasMessageContaining("line 1: expected labels that the model knows")
                .hasMessageContaining("\"zebra\"");
        assertThatThrownBy(() -> model.classify("", 1)).hasMessageContaining("at least one character");
        assertThatThrownBy(() -> model.classify("a", 0)).hasMessageContaining("top");
        Path other = folder.resolve("other.safetensors");
        var network = NetworkSpec.tokens(3).recurrent("rnn", 2).dense(3).build();
        ModelFile.write(other, new Model(network, network.initialize(1)));
        assertThatThrownBy(() -> Classifier.read(other)).hasMessageContaining("expected a classifier");
    }

    @Test
    void scoresAreThoseOfTheConfusion() {
        ClassificationReport report = new ClassificationReport(
                List.of("a", "b", "c", "unused"),
                new int[][] {{8, 1, 1, 0}, {2, 3, 0, 0}, {0, 0, 5, 0}, {0, 0, 0, 0}},
                0.5);

        assertThat(report.examples()).isEqualTo(20);
        assertThat(report.accuracy()).isEqualTo(0.8);
        assertThat(report.precision(0)).isEqualTo(0.8);
        assertThat(report.recall(1)).isEqualTo(0.6);
        assertThat(report.macroF1()).isCloseTo((0.8 + 6.0 / 9 + 10.0 / 11) / 3, within(1e-12));
        assertThat(report.precision(3)).isZero();
        assertThat(report).hasToString("20 examples: accuracy 0.8000, macro F1 0.7919, 0.5000 nats");
    }
}
