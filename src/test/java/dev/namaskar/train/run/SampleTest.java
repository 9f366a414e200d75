package dev.namaskar.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.Tagger;
import dev.namaskar.labelling.Transcriber;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.data.TaggedSentence;
import dev.namaskar.labelling.data.TaggedSeries;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.train.settings.RunSettings;
import dev.namaskar.translation.Decoding;
import dev.namaskar.translation.DescribedVector;
import dev.namaskar.translation.DescriptionModel;
import dev.namaskar.translation.TextPair;
import dev.namaskar.translation.TranslationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of training shows along its run: what the model says, without a bit of the model being another. */
class SampleTest {
    private static final List<String> WORDS = words();

    @TempDir
    private Path folder;

    private final List<Object> samples = new ArrayList<>();
    private final TrainingListener lines = new RunLines(line -> {
        if (line.containsKey("sample")) {
            Json.write(line);
            samples.add(line.get("sample"));
        }
    });

    private static List<String> words() {
        Random random = new Random(1);
        return IntStream.range(0, 30)
                .mapToObj(i ->
                        random.ints(4, 'a', 'e').mapToObj(Character::toString).reduce("", String::concat))
                .distinct()
                .toList();
    }

    private static List<Map<String, String>> answers(List<String> inputs, List<String> right, List<String> said) {
        return IntStream.range(0, Sample.EXAMPLES)
                .mapToObj(i -> Map.of("input", inputs.get(i), "right", right.get(i), "said", said.get(i)))
                .toList();
    }

    private void assertTold(List<Map<String, String>> answers) {
        assertThat(samples).last().isEqualTo(Map.of("answers", answers));
    }

    private static void assertSame(TaskModel watched, TaskModel alone) {
        assertThat(watched.stored().params().values())
                .containsExactly(alone.stored().params().values());
    }

    @Test
    void aClassifierShowsItsLabelBesideTheRightOne() {
        List<LabelledText> texts =
                WORDS.stream().map(w -> new LabelledText(w, w.substring(0, 1))).toList();
        Classifier model = Classifier.training()
                .hidden(6)
                .steps(9)
                .threads(1)
                .heldOut(0)
                .listen(lines)
                .on(texts);

        assertTold(answers(
                WORDS,
                texts.stream().map(LabelledText::label).toList(),
                model.classify(WORDS, 1).stream().map(one -> one.get(0).label()).toList()));
        assertSame(
                model,
                Classifier.training().hidden(6).steps(9).threads(1).heldOut(0).on(texts));
    }

    @Test
    void whatIsHeldOutIsShownWhereSomethingIs() {
        List<LabelledText> texts = new ArrayList<>();
        for (String word : WORDS) {
            for (String end : List.of("x", "y", "z", "xx", "yy", "zz", "xy", "yx")) {
                texts.add(new LabelledText(word + end, word.substring(0, 1)));
            }
        }
        List<String> learned = new ArrayList<>();
        Classifier.training()
                .hidden(4)
                .steps(3)
                .threads(1)
                .heldOut(0.2)
                .notes(learned::add)
                .listen(lines)
                .on(texts);
        List<?> first = (List<?>) ((Map<?, ?>) samples.get(0)).get("answers");

        assertThat(learned).anyMatch(note -> note.matches("learning .*; [1-9][0-9]+ validate"));
        assertThat(first).hasSize(Sample.EXAMPLES);
        // The first examples of all are not all held out: other ones are shown.
        assertThat(first)
                .extracting(one -> ((Map<?, ?>) one).get("input"))
                .isNotEqualTo(texts.stream()
                        .limit(Sample.EXAMPLES)
                        .map(LabelledText::text)
                        .toList());
    }

    @Test
    void aTaggerShowsItsTags() {
        List<TaggedSentence> sentences = WORDS.stream()
                .map(w -> new TaggedSentence(List.of(w, "ab"), List.of(w.startsWith("a") ? "A" : "B", "B")))
                .toList();
        Tagger model = Tagger.training()
                .hidden(5)
                .steps(9)
                .threads(1)
                .heldOut(0)
                .listen(lines)
                .on(sentences);

        assertTold(answers(
                WORDS.stream().map(w -> w + " ab").toList(),
                sentences.stream().map(s -> String.join(" ", s.tags())).toList(),
                WORDS.stream()
                        .map(w -> model.tag(w + " ab").stream()
                                .map(token -> token.tags().get(0).label())
                                .reduce((a, b) -> a + " " + b)
                                .orElseThrow())
                        .toList()));
        assertSame(
                model,
                Tagger.training().hidden(5).steps(9).threads(1).heldOut(0).on(sentences));
    }

    @Test
    void aTaggerOfChannelsToo() {
        Random random = new Random(3);
        List<TaggedSeries> series = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            float[] values = new float[6];
            List<String> tags = new ArrayList<>();
            for (int t = 0; t < values.length; t++) {
                values[t] = (float) random.nextGaussian();
                tags.add(values[t] > 0 ? "up" : "down");
            }
            series.add(new TaggedSeries(new ChannelSequence(values, 1, ""), tags));
        }
        Tagger.training().hidden(4).steps(3).threads(1).listen(lines).onChannels(series);

        List<?> told = (List<?>) ((Map<?, ?>) samples.get(0)).get("answers");
        assertThat((Map<?, ?>) told.get(0)).extracting("input").isEqualTo("sequence of 6 steps");
        assertThat(((Map<?, ?>) told.get(0)).get("said").toString()).matches("(up|down)( (up|down)){5}");
    }

    @Test
    void aTranscriberShowsItsLabels() throws IOException {
        StringBuilder file = new StringBuilder();
        WORDS.forEach(w -> file.append(w)
                .append('\t')
                .append(String.join(" ", w.split("")))
                .append('\n'));
        Path words = Files.writeString(folder.resolve("words.tsv"), file);
        Transcriber model = Transcriber.training()
                .hidden(5)
                .steps(40)
                .threads(1)
                .heldOut(0)
                .listen(lines)
                .on(words);

        assertTold(answers(
                WORDS,
                WORDS.stream().map(w -> String.join(" ", w.split(""))).toList(),
                WORDS.stream().map(w -> model.transcribe(w).text()).toList()));
        assertSame(
                model,
                Transcriber.training().hidden(5).steps(40).threads(1).heldOut(0).on(words));
    }

    @Test
    void aTranslationModelShowsWhatItWrites() {
        List<TextPair> pairs = WORDS.stream()
                .map(w -> new TextPair(w, w.toUpperCase(Locale.ROOT)))
                .toList();
        TranslationModel model = TranslationModel.training()
                .hidden(8)
                .steps(12)
                .threads(1)
                .heldOut(0)
                .listen(lines)
                .on(pairs);

        assertTold(answers(
                WORDS,
                pairs.stream().map(TextPair::target).toList(),
                model.translate(WORDS, Decoding.USUAL.withBeam(1)).stream()
                        .map(best -> best.isEmpty() ? "" : best.get(0).text())
                        .toList()));
        assertSame(
                model,
                TranslationModel.training()
                        .hidden(8)
                        .steps(12)
                        .threads(1)
                        .heldOut(0)
                        .on(pairs));
    }

    @Test
    void aDescriptionModelToo() {
        List<DescribedVector> rows = IntStream.range(0, 12)
                .mapToObj(i -> new DescribedVector(new float[] {i % 2, 1}, i % 2 == 0 ? "even" : "odd"))
                .toList();
        DescriptionModel model = DescriptionModel.training()
                .hidden(8)
                .steps(12)
                .threads(1)
                .heldOut(0)
                .listen(lines)
                .on(rows);

        List<String> said = rows.stream()
                .map(row -> model.describe(List.of(row.values()), Decoding.USUAL.withBeam(1))
                        .get(0)
                        .get(0)
                        .text())
                .toList();
        assertTold(answers(
                IntStream.range(0, 12).mapToObj(i -> "[" + i % 2 + ".0, 1.0]").toList(),
                rows.stream().map(DescribedVector::text).toList(),
                said));
    }

    @Test
    void aForecasterShowsItsForecastBesideWhatCame() {
        double[] values = new Random(4).doubles(60, 10, 20).toArray();
        Table table = Table.of(Series.of("short", 1, 2, 3), Series.of("sales", values));
        SeriesModel watched =
                SeriesModel.training().horizon(3).steps(20).listen(lines).on(table);
        SeriesModel alone = SeriesModel.training().horizon(3).steps(20).on(table);

        assertThat(samples).isNotEmpty().allSatisfy(sample -> {
            Map<?, ?> told = (Map<?, ?>) sample;
            assertThat(told.get("series")).isEqualTo("sales");
            List<?> history = (List<?>) told.get("history");
            List<?> actual = (List<?>) told.get("actual");
            assertThat(history).last().isIn(boxed(values));
            int origin = boxed(values).indexOf(history.get(history.size() - 1)) + 1;
            assertThat(actual).isEqualTo(boxed(values).subList(origin, origin + 3));
            assertThat(history).isEqualTo(boxed(values).subList(origin - history.size(), origin));
            assertThat((List<?>) told.get("forecast")).hasSize(3).doesNotContainNull();
            assertThat(told.get("held_out")).isEqualTo(false);
        });
        for (int i = 0; i < alone.members().size(); i++) {
            assertThat(watched.members().get(i).values())
                    .containsExactly(alone.members().get(i).values());
        }
    }

    private static List<Double> boxed(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }

    @Test
    void aModelOfTextShowsWhatItWrites() {
        CharacterModel model = CharacterModel.training()
                .hidden(6)
                .seqLen(8)
                .steps(20)
                .run(r -> r.withData(new RunSettings.Data(r.data().batch(), 0.0)))
                .threads(1)
                .listen(lines)
                .on("the quick brown fox. ".repeat(20));

        assertThat(samples).last().isEqualTo(model.generate("", 160, 1));
    }
}
