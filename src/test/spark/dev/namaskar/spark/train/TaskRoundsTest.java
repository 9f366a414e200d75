package dev.namaskar.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.ClassifierTraining;
import dev.namaskar.labelling.Tagger;
import dev.namaskar.labelling.TaggerTraining;
import dev.namaskar.labelling.Transcriber;
import dev.namaskar.labelling.TranscriberTraining;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.translation.DescriptionModel;
import dev.namaskar.translation.DescriptionTraining;
import dev.namaskar.translation.TranslationModel;
import dev.namaskar.translation.TranslationTraining;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Models of tasks trained by rounds, on executors that make of files what the driver makes of them. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class TaskRoundsTest {
    @TempDir
    private Path folder;

    private SparkTraining cluster(int replicas, int steps) {
        return SparkTraining.of(
                SparkCluster.session(),
                RoundSettings.of(replicas, steps),
                folder.resolve("rounds").toString());
    }

    /** Words of vowels or of consonants, as a text, a tab and what it is, the latter by the word or by its letters. */
    private Path words(String name, String soft, String hard, int count) throws IOException {
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean vowel = random.nextBoolean();
            for (int j = 2 + random.nextInt(5); j > 0; j--) {
                lines.append((vowel ? "aeioun" : "bdfgkn").charAt(random.nextInt(6)));
            }
            lines.append('\t').append(vowel ? soft : hard).append('\n');
        }
        return Files.writeString(folder.resolve(name), lines);
    }

    private static <M extends TaskModel, S extends TaskTraining<M, S>> S brief(S training) {
        return training.steps(13).batch(8).threads(1).run(r -> r.withGemm(GemmChoice.of(GemmLibrary.JAVA)));
    }

    /** One replica whose mean is taken, on an executor, and no Spark at all: the same file. */
    private <M extends TaskModel, S extends TaskTraining<M, S>> void requireOfOneMachine(
            Path examples, SparkTask<M, S> task) throws IOException {
        Trained<M> alone = task.fit(List.of(examples), UnaryOperator.identity());
        AtomicLong steps = new AtomicLong();
        TrainingListener counter = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                steps.incrementAndGet();
            }
        };
        Trained<M> here = cluster(1, 5).task(List.of(examples), task, training -> training.listen(counter));

        alone.model().write(folder.resolve("alone"));
        here.model().write(folder.resolve("here"));
        assertThat(folder.resolve("here")).hasSameBinaryContentAs(folder.resolve("alone"));
        assertThat(steps).as("told to the driver's listeners").hasPositiveValue();
    }

    @Test
    void oneReplicaIsTrainingWithoutSparkForLabelsOfWholes() throws IOException {
        SparkTask<Classifier, ClassifierTraining> task = (files, placed) -> placed.apply(brief(Classifier.training())
                        .hidden(5)
                        .ensemble(2)
                        .balance(0.5)
                        .run(r -> r.withAverage(Averaging.parse("ema:0.8"))))
                .fit(files.get(0));
        requireOfOneMachine(words("words.tsv", "soft", "hard", 90), task);
    }

    @Test
    void soItIsForTags() throws IOException {
        SparkTask<Tagger, TaggerTraining> task = (files, placed) ->
                placed.apply(brief(Tagger.training()).hidden(5)).fit(files.get(0));
        StringBuilder lines = new StringBuilder();
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            boolean one = random.nextBoolean();
            lines.append(one ? "dog\tNOUN\n" : "runs\tVERB\n").append(random.nextInt(4) == 0 ? "\n" : "");
        }
        requireOfOneMachine(Files.writeString(folder.resolve("tags.tsv"), lines), task);
    }

    @Test
    void soItIsForTranslationsByTwoNetworks() throws IOException {
        SparkTask<TranslationModel, TranslationTraining> task = (files, placed) ->
                placed.apply(brief(TranslationModel.training()).hidden(5)).fit(files.get(0));
        requireOfOneMachine(words("pairs.tsv", "la la", "ta", 90), task);
    }

    /** So many samples of a tone, 8000 a second. */
    private static void whistle(double hertz, int samples, Path file) throws IOException {
        byte[] sound = new byte[samples];
        for (int i = 0; i < samples; i++) {
            sound[i] = (byte) (100 * Math.sin(2 * Math.PI * hertz * i / 8000));
        }
        AudioFormat format = new AudioFormat(8000, 8, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(sound), format, samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    @Test
    void soItIsForRecordingsTranscribedAndTheirVariedCopies() throws IOException {
        SparkTask<Transcriber, TranscriberTraining> task = (files, placed) -> placed.apply(
                        brief(Transcriber.training()).hidden(5).variants(1).bands(4))
                .fit(files.get(0));
        Random random = new Random(5);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            boolean high = random.nextBoolean();
            Path file = folder.resolve(i + ".wav").toAbsolutePath();
            whistle(high ? 2000 : 500, 1600 + random.nextInt(800), file);
            lines.append(file).append('\t').append(high ? "high" : "low").append('\n');
        }
        requireOfOneMachine(Files.writeString(folder.resolve("tones.tsv"), lines), task);
    }

    @Test
    void soItIsForTextsTranscribed() throws IOException {
        SparkTask<Transcriber, TranscriberTraining> task = (files, placed) ->
                placed.apply(brief(Transcriber.training()).hidden(5)).fit(files.get(0));
        requireOfOneMachine(words("sounds.tsv", "la la", "ta", 90), task);
    }

    @Test
    void soItIsForDescriptionsOfVectors() throws IOException {
        SparkTask<DescriptionModel, DescriptionTraining> task = (files, placed) -> placed.apply(
                        brief(DescriptionModel.training()).hidden(5).columns("name", "hex", "size"))
                .fit(files.get(0));
        Random random = new Random(7);
        StringBuilder lines = new StringBuilder("name,hex,size\n");
        for (int i = 0; i < 250; i++) {
            int colour = random.nextInt(1 << 24);
            lines.append(String.format("%s,#%06x,%d%n", colour >> 16 > 127 ? "reddish" : "other", colour, i % 7));
        }
        requireOfOneMachine(Files.writeString(folder.resolve("colours.csv"), lines), task);
    }

    @Test
    void replicasLearnTheirSharesWithTheSameBitsEachTime() throws IOException {
        SparkTask<Classifier, ClassifierTraining> task = (files, placed) ->
                placed.apply(brief(Classifier.training()).hidden(8).steps(60)).fit(files.get(0));
        List<Path> files = List.of(words("words.tsv", "soft", "hard", 300));
        Trained<Classifier> once = cluster(3, 20).task(files, task, training -> training);
        Trained<Classifier> again = cluster(3, 20).task(files, task, training -> training);
        Trained<Classifier> other = cluster(2, 20).task(files, task, training -> training);

        float[] params = once.model().stored().params().values();
        assertThat(again.model().stored().params().values()).isEqualTo(params);
        assertThat(other.model().stored().params().values()).isNotEqualTo(params);
        assertThat(((Number) once.report().figures().get("val_nats")).doubleValue())
                .as("chance is 0.69")
                .isLessThan(0.2);
    }

    @Test
    void whatCannotBeIsSaidInASentence() throws IOException {
        SparkTask<Classifier, ClassifierTraining> task =
                (files, placed) -> placed.apply(brief(Classifier.training())).fit(files.get(0));
        List<Path> few = List.of(words("few.tsv", "soft", "hard", 12));
        assertThatThrownBy(() -> cluster(13, 2).task(few, task, training -> training))
                .hasMessageMatching(".*few.tsv: replica \\d+: expected an example for each of 13 parts, found 12");

        SparkTask<Classifier, ClassifierTraining> apart =
                (files, placed) -> brief(Classifier.training()).steps(1).fit(files.get(0));
        assertThatThrownBy(() -> cluster(2, 2).task(few, apart, training -> training))
                .hasMessage(SparkTask.NOT_PLACED);
    }
}
