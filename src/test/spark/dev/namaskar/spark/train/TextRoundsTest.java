package dev.namaskar.spark.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Character models trained by rounds, in two executor processes. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class TextRoundsTest {
    @TempDir
    private Path folder;

    /** Words at random, of letters of one to four bytes. */
    private static String text(int words, long seed) {
        List<String> all = List.of("na", "mas", "kar", "é", "ñu", "漢字", "\uD83D\uDE42", "the", "of", "\r\n", "\n");
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(all.get(random.nextInt(all.size()))).append(random.nextInt(3) == 0 ? " " : "");
        }
        return text.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(UTF_8));
    }

    private static TextTraining training(long steps, String optimizer) {
        return CharacterModel.training()
                .cell("lstm")
                .hidden(8)
                .seqLen(10)
                .optimizer(optimizer)
                .run(r -> r.withData(new RunSettings.Data(4, 0.1)))
                .run(r -> r.withGemm(GemmChoice.of(GemmLibrary.JAVA)))
                .steps(steps)
                .threads(1);
    }

    private SparkTraining cluster(int replicas, int steps) {
        return SparkTraining.of(
                SparkCluster.session(),
                RoundSettings.of(replicas, steps),
                folder.resolve("rounds").toString());
    }

    private static float[] params(TrainedText trained) {
        return trained.model().params().values();
    }

    @ParameterizedTest
    @CsvSource({"adam, 7, false", "'nesterov-lookahead:lr=0.1', 30, true", "'adam:schedule=one-cycle', 1, false"})
    void oneReplicaIsTrainingWithoutSpark(String optimizer, int roundSteps, boolean bytes) throws IOException {
        Path first = write("a.txt", text(400, 1));
        Path second = write("b.txt", "\uFEFF" + text(300, 2));
        TextTraining training = training(23, optimizer).unit(bytes ? Unit.BYTE : Unit.CODEPOINT);
        TrainedText alone;
        try (Corpus corpus = Corpus.read(List.of(first, second), training.unit())) {
            alone = training.fit(corpus);
        }
        TrainedText here = cluster(1, roundSteps).text(training, first.toString(), second.toString());

        assertThat(params(here)).isEqualTo(params(alone));
        assertThat(here.report().loss()).isEqualTo(alone.report().loss());
        assertThat(here.model().vocabulary()).isEqualTo(alone.model().vocabulary());
    }

    @ParameterizedTest
    @CsvSource({
        "'adam:schedule=plateau(0.5,0)', 4, 4, ",
        "adam, 5, 5, ema:0.7",
        "adam, , 8, polyak:0.6",
        "adam, 6, 3, nt-asgd:1",
    })
    void whatGoesByValidationOrKeepsAMeanIsTrainingWithoutSparkToo(
            String optimizer, Long every, int roundSteps, String average) throws IOException {
        Path text = write("a.txt", text(600, 5));
        TextTraining training = training(23, optimizer)
                .run(r -> r.withStop(new EarlyStop(null, null, every))
                        .withAverage(average == null ? null : Averaging.parse(average)));
        TrainedText alone;
        try (Corpus corpus = Corpus.read(List.of(text), Unit.CODEPOINT)) {
            alone = training.fit(corpus);
        }
        TrainedText here = cluster(1, roundSteps).text(training, text.toString());

        assertThat(params(here)).isEqualTo(params(alone));
        assertThat(here.report().loss()).isEqualTo(alone.report().loss());
    }

    @Test
    void nothingStaysOpenBehindARun() throws IOException {
        Path text = write("a.txt", text(900, 6));
        cluster(3, 4).text(training(9, "adam"), text.toString());
        assertThat(open()).isEmpty();
        assertThatThrownBy(() -> cluster(2, 5).text(training(20, "sgd:lr=1e38,clip=0"), text.toString()))
                .hasMessageStartingWith("replica ");
        assertThat(open()).isEmpty();
    }

    /** The runs whose replicas any executor has open. */
    private static List<String> open() {
        return JavaSparkContext.fromSparkContext(SparkCluster.session().sparkContext())
                .parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8), 8)
                .flatMap(number -> OpenReplicas.runs().iterator())
                .collect();
    }

    @Test
    void aListOfWordsIsCutBetweenItsLines() throws IOException {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            words.add("word" + i * i);
        }
        Path list = write("words.txt", String.join("\n", words) + "\n");
        TextTraining training = training(9, "adam").reading(Reading.WORDS).seqLen(null);
        TrainedText alone;
        try (Corpus corpus = Corpus.read(List.of(list), Unit.CODEPOINT)) {
            alone = training.fit(corpus);
        }

        assertThat(params(cluster(1, 4).text(training, list.toString()))).isEqualTo(params(alone));
        assertThat(params(cluster(3, 4).text(training, list.toString()))).isNotEqualTo(params(alone));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sgd:lr=1", "nesterov:lr=0.7,momentum=0.9", "nesterov-lookahead:lr=0.5,momentum=0.5", "adam"})
    void theSameRunTwiceHasTheSameBits(String outer) throws IOException {
        Path text = write("a.txt", text(900, 3));
        SparkTraining cluster = SparkTraining.of(
                SparkCluster.session(),
                RoundSettings.of(3, 5).withOuter(OptimizerSpec.parse(outer)),
                folder.resolve("rounds").toString());

        TextTraining training = training(12, "adam").run(r -> r.withAverage(Averaging.parse("ema:0.8")));
        float[] once = params(cluster.text(training, text.toString()));
        assertThat(params(cluster.text(training, text.toString()))).isEqualTo(once);
    }

    @Test
    void aReplicaThatFailsStopsTheRunWithItsOwnWords() throws IOException {
        Path text = write("a.txt", text(900, 4));

        assertThatThrownBy(() -> cluster(2, 5).text(training(20, "sgd:lr=1e38,clip=0"), text.toString()))
                .hasMessageStartingWith("replica ")
                .hasMessageContaining("expected finite numbers, found a loss of ")
                .hasMessageNotContaining("\n");
        assertThat(SparkCluster.session().range(10).count()).isEqualTo(10);
    }
}
