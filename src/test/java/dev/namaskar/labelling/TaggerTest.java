package dev.namaskar.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.labelling.data.LabelProbability;
import dev.namaskar.labelling.data.TaggedSentence;
import dev.namaskar.labelling.data.TokenTag;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggerTest {
    @TempDir
    Path folder;

    /**
     * Sentences of random words; the tag of a word is what it ends in, but for words before one that begins with z, which
     * are "z": so that spelling and what follows both tell.
     */
    private static List<TaggedSentence> sentences(int count, long seed) {
        Random random = new Random(seed);
        List<TaggedSentence> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                StringBuilder word = new StringBuilder(random.nextInt(4) == 0 ? "z" : "");
                for (int k = 1 + random.nextInt(4); k > 0; k--) {
                    word.append((char) ('a' + random.nextInt(5)));
                }
                words.add(word.append(random.nextBoolean() ? 'x' : 'y').toString());
            }
            List<String> tags = new ArrayList<>();
            for (int n = 0; n < words.size(); n++) {
                String word = words.get(n);
                boolean before = n + 1 < words.size() && words.get(n + 1).startsWith("z");
                tags.add(before ? "z" : word.substring(word.length() - 1));
            }
            all.add(new TaggedSentence(words, tags));
        }
        return all;
    }

    @Test
    void readsWordsItHasNeverSeenAndWhatComesAfterThem() throws IOException {
        Tagger model = Tagger.training()
                .hidden(16)
                .embedding(8)
                .dropout(0)
                .batch(16)
                .steps(300)
                .learningRate(0.01)
                .threads(1)
                .on(sentences(300, 1));

        TaggingReport report = model.evaluate(sentences(200, 2));
        assertThat(report.accuracy()).isGreaterThan(0.97);
        assertThat(report.sequences()).isEqualTo(200);
        assertThat(model.tag("abcx zdy").stream().map(TokenTag::tag)).containsExactly("z", "y");

        Path file = folder.resolve("m.safetensors");
        model.write(file);
        assertThat(Tagger.read(file).tag("abx zey dy")).isEqualTo(model.tag("abx zey dy"));
        assertThat(TaskKind.read(file)).isInstanceOf(Tagger.class).hasToString(model.toString());
        assertThatThrownBy(() -> Classifier.read(file))
                .hasMessageContaining("expected a classifier, found a model for another task, tag");
    }

    /** By word, what the network knows of a token is its own symbol; a new token is the unknown one. */
    @Test
    void byWordATokenIsASymbol() {
        Tagger model = Tagger.training()
                .unit(Lexicon.Cut.WORD)
                .hidden(8)
                .steps(5)
                .threads(1)
                .on(sentences(100, 3));

        assertThat(model.tag(List.of(List.of("never", "seen")), 3))
                .isEqualTo(List.of(List.of(
                        new TokenTag(
                                "never",
                                model.tag(List.of(List.of("x1", "x2")), 3)
                                        .get(0)
                                        .get(0)
                                        .tags()),
                        new TokenTag(
                                "seen",
                                model.tag(List.of(List.of("x1", "x2")), 3)
                                        .get(0)
                                        .get(1)
                                        .tags()))));
        assertThat(model.tag("ax").get(0).tags().stream()
                        .mapToDouble(LabelProbability::probability)
                        .sum())
                .isLessThanOrEqualTo(1 + 1e-9);
    }

    @Test
    void companyChangesNothing() {
        Tagger model = Tagger.training().hidden(8).steps(10).threads(1).on(sentences(80, 4));
        List<List<String>> many =
                sentences(90, 5).stream().map(TaggedSentence::tokens).toList();
        List<List<TokenTag>> together = model.tag(many, 3);

        for (int i = 0; i < many.size(); i += 11) {
            assertThat(together.get(i))
                    .isEqualTo(model.tag(List.of(many.get(i)), 3).get(0));
        }
    }

    @Test
    void aTokenEndsAtItsLastCodePoint() {
        Lexicon letters = new Lexicon(Lexicon.Cut.CODEPOINT, List.of("a", " "));
        assertThat(Tagger.ends(letters, List.of("ab", "\uD83D\uDE42", "c"))).containsExactly(1, 3, 5);
        Item item = Tagger.item(letters, List.of("a", "b"));
        assertThat(item.tokens()).containsExactly(0, 1, 2);
        assertThat(item.weights()).containsExactly(1, 0, 1);
    }

    /** A second run goes on with the layers of a first, and learns tags that it did not have. */
    @Test
    void goesOnWithAModel() throws IOException {
        Tagger first = Tagger.training().hidden(8).steps(40).threads(1).on(sentences(80, 6));
        Path file = folder.resolve("first");
        first.write(file);
        Path more = folder.resolve("more.tsv");
        Files.writeString(more, "ax\tx\nbo\tother\n\ncy\ty\n");
        List<String> notes = new ArrayList<>();

        Trained<Tagger> second = Tagger.training()
                .from(file)
                .steps(1)
                .learningRate(1e-9)
                .threads(1)
                .notes(notes::add)
                .fit(more);

        assertThat(second.model().tags()).containsExactly("x", "y", "z", "other");
        assertThat(second.model().lexicon().symbols()).isEqualTo(first.lexicon().symbols());
        assertThat(notes).anyMatch(note -> note.contains("fresh are head.weight, head.bias"));
        float[] before = first.stored().params().get("rnn.weight_hh_l0");
        float[] after = second.model().stored().params().get("rnn.weight_hh_l0");
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-6f));
        }
        assertThat(second.report().figures()).containsEntry("from", "first").containsEntry("examples", 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a;X\\nb              | line 2: expected a token, one tab and a tag, found no tab
        a;X\\n;Y             | line 2: expected a token, one tab and a tag, found nothing before the tab
        a;X\\n\\nb;          | line 3: expected a token, one tab and a tag, found nothing behind the tab
        a;X\\nb;X            | at least two tags, found [X]
        1;b;b;X;x;_;0;_;_;_\\na;X | line 2: expected the 10 columns of CoNLL-U, a number first, found
        \\n \\n              | expected lines of a token, a tab and a tag, found none
        """)
    void saysWhichLineIsWrong(String content, String message) throws IOException {
        Path file = folder.resolve("t.tsv");
        Files.writeString(file, content.replace("\\n", "\n").replace(';', '\t'));

        assertThatThrownBy(() -> Tagger.train(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void readsUniversalDependencies() throws IOException {
        String rest = "~_~_~0~_~_~_";
        Path file = folder.resolve("t.conllu");
        Files.writeString(file, """
            # sent_id = 1
            1-2~don't~_~_~_~_~_~_~_~_
            1~do~do~AUX%s
            2~n't~not~PART%s

            1~#~#~SYM%s
            1.1~gone~go~VERB%s
            2~a b~_~NOUN%s
            # the end\
            """.replace("%s", rest).replace('~', '\t'));

        assertThat(TaggedSentence.read(file, null))
                .extracting(one -> one.tokens() + " " + one.tags())
                .containsExactly("[do, n't] [AUX, PART]", "[#, a b] [SYM, NOUN]");

        Files.writeString(file, "1~do~do~_~VB~_~0~_~_~_".replace('~', '\t'));
        assertThatThrownBy(() -> TaggedSentence.read(file, null))
                .hasMessageContaining("t.conllu, line 1: expected a part of speech (UPOS) in column 4, found none");
    }

    @Test
    void aHeadingIsNoToken() throws IOException {
        Path file = Files.writeString(folder.resolve("t.tsv"), "\"Word\"\tPOS\n\nword\tNOUN\nword\tpos\n");
        assertThat(TaggedSentence.read(file, null))
                .containsExactly(new TaggedSentence(List.of("word", "word"), List.of("NOUN", "pos"), "line 3"));
    }

    @Test
    void sentencesAreWhatBlankLinesPart() throws IOException {
        Path file = folder.resolve("t.tsv");
        Files.writeString(file, "\n\na\tX\nb\tY\n \n\nc\tX");

        assertThat(TaggedSentence.read(file, null))
                .containsExactly(
                        new TaggedSentence(List.of("a", "b"), List.of("X", "Y"), "line 3"),
                        new TaggedSentence(List.of("c"), List.of("X"), "line 7"));
        Tagger model = Tagger.training().hidden(4).steps(1).threads(1).on(sentences(40, 7));
        assertThatThrownBy(() -> model.evaluate(file))
                .hasMessageContaining("line 3")
                .hasMessageContaining("\"X\"");
        assertThatThrownBy(() -> model.tag(" ")).hasMessageContaining("one token or more");
    }
}
