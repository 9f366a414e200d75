package dev.namaskar.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.tune.TrialResult;
import dev.namaskar.tune.Tuned;
import dev.namaskar.tune.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Searches for settings whose trials two executor processes carry out. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class TrialsOnSparkTest {
    @TempDir
    private Path folder;

    private Path words() throws IOException {
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            boolean vowel = random.nextBoolean();
            for (int j = 2 + random.nextInt(5); j > 0; j--) {
                lines.append((vowel ? "aeioun" : "bdfgkn").charAt(random.nextInt(6)));
            }
            lines.append('\t').append(vowel ? "soft" : "hard").append('\n');
        }
        return Files.writeString(folder.resolve("words.tsv"), lines);
    }

    private static List<Map<String, Object>> table(Tuned<?> tuned) {
        return tuned.trials().stream().map(TrialResult::figures).collect(Collectors.toList());
    }

    private static Tuning<Classifier> classifiers(List<Path> files) {
        return Tuning.of(() -> Classifier.training().steps(18), training -> training.fit(files.get(0)))
                .space("hidden=3..9,embedding=3..6,batch=16|32")
                .gemm(GemmChoice.named("java"))
                .trials(12);
    }

    @Test
    void theTableOfTrialsAndTheBestModelAreThoseOfOneMachine() throws IOException {
        List<Path> files = List.of(words());
        Tuned<Classifier> here = classifiers(files).workers(2).run();
        Path log = folder.resolve("trials.jsonl");
        Tuned<Classifier> there = classifiers(files)
                .pool(SparkTrials.of(SparkCluster.session(), files, TrialsOnSparkTest::classifiers))
                .log(log, false)
                .run();

        assertThat(table(there)).isEqualTo(table(here)).hasSize(1 + 9 + 3 + 1 + 2);
        here.model().write(folder.resolve("here"));
        there.model().write(folder.resolve("there"));
        assertThat(folder.resolve("there")).hasSameBinaryContentAs(folder.resolve("here"));
        // What a cluster began, one machine goes on with: there is nothing left to do.
        List<String> lines = Files.readAllLines(log);
        assertThat(table(classifiers(files).log(log, true).run())).isEqualTo(table(here));
        assertThat(Files.readAllLines(log)).isEqualTo(lines);
    }

    private static Tuning<SeriesModel> forecasters(List<Path> files) throws IOException {
        Table table = Table.read(files.get(0));
        return Tuning.series(
                        () -> SeriesModel.training().horizon(6).steps(12).members(1),
                        table,
                        Backtest.of(6).folds(2))
                .space("hidden=3..6,context=12..24,transform=level|standard")
                .gemm(GemmChoice.named("java"))
                .trials(4);
    }

    @Test
    void soAreThoseOfForecasters() throws IOException {
        List<Path> files = List.of(Path.of("corpora", "AirPassengers.csv"));
        Tuned<SeriesModel> here = forecasters(files).run();
        Tuned<SeriesModel> there = forecasters(files)
                .pool(SparkTrials.of(SparkCluster.session(), files, TrialsOnSparkTest::forecasters))
                .run();
        assertThat(table(there)).isEqualTo(table(here));
    }

    private static Tuning<Classifier> broken(List<Path> files) {
        return Tuning.of(Classifier::training, training -> {
                    throw new IOException("the examples are gone");
                })
                .trials(3);
    }

    @Test
    void aTrialThatCannotBeCarriedOutEndsTheSearchInItsOwnWordsAndTheSessionGoesOn() throws IOException {
        List<Path> files = List.of(words());
        assertThatThrownBy(() -> broken(files)
                        .pool(SparkTrials.of(SparkCluster.session(), files, TrialsOnSparkTest::broken))
                        .run())
                .hasMessageContaining("the examples are gone");
        assertThat(SparkCluster.session().range(5).count()).isEqualTo(5);

        List<Path> missing = List.of(folder.resolve("no-such.tsv"));
        assertThatThrownBy(() -> broken(missing)
                        .pool(SparkTrials.of(SparkCluster.session(), missing, TrialsOnSparkTest::broken))
                        .run())
                .hasMessageContaining("no-such.tsv");
    }
}
