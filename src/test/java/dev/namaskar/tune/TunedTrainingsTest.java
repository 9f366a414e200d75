package dev.namaskar.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.ClassifierTraining;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Metrics;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.translation.TranslationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainings of the tasks under a search: what is tried, what is scored, and that nothing hangs on who does it. */
class TunedTrainingsTest {
    private static final GemmChoice JAVA = GemmChoice.named("java");

    @TempDir
    Path folder;

    /** Words whose label is in their letters, with a few that are wrong. */
    static Path words(Path folder, int count) throws IOException {
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean vowel = random.nextBoolean();
            for (int j = 2 + random.nextInt(5); j > 0; j--) {
                lines.append((vowel ? "aeioun" : "bdfgkn").charAt(random.nextInt(6)));
            }
            lines.append('\t')
                    .append(random.nextInt(20) == 0 ? "odd" : vowel ? "soft" : "hard")
                    .append('\n');
        }
        return Files.writeString(folder.resolve("words.tsv"), lines);
    }

    private static List<Map<String, Object>> table(Tuned<?> tuned) {
        return tuned.trials().stream().map(TrialResult::figures).collect(Collectors.toList());
    }

    private Tuning<Classifier> ofWords(Path file, Supplier<ClassifierTraining> training) {
        return Tuning.of("classify", training, t -> t.fit(file)).gemm(JAVA);
    }

    @Test
    void aClassifierHasTheSameTrialsAndTheSameBytesOnOneWorkerAndOnThree() throws IOException {
        Path file = words(folder, 400);
        Supplier<ClassifierTraining> training =
                () -> Classifier.training().steps(27).embedding(5);
        String space = "hidden=3..9,batch=8|16";
        Tuned<Classifier> one =
                ofWords(file, training).space(space).trials(8).workers(1).run();
        Tuned<Classifier> three =
                ofWords(file, training).space(space).trials(8).workers(3).run();

        assertThat(table(three)).isEqualTo(table(one));
        one.model().write(folder.resolve("one"));
        three.model().write(folder.resolve("three"));
        assertThat(folder.resolve("three")).hasSameBinaryContentAs(folder.resolve("one"));
        assertThat(one.best().score()).isLessThanOrEqualTo(one.usual().score());
        assertThat(one.trials()).allSatisfy(r -> {
            assertThat(r.trial().settings()).doesNotContainKey("embedding");
            assertThat(r.steps()).isEqualTo(Math.round(27 * r.trial().part()));
        });
    }

    /** Done again without the search, the best settings make the same model. */
    @Test
    void theBestModelIsWhatTheBestSettingsMake() throws IOException {
        Path file = words(folder, 400);
        Tuned<Classifier> tuned = ofWords(file, () -> Classifier.training().steps(20))
                .space("hidden=3..9,embedding=3..5,batch=16,schedule=constant,cell=gru|lstm,layers=1,dropout=0..0.1")
                .trials(4)
                .wholeRuns()
                .run();
        Map<String, Object> best = tuned.trials().get(2).trial().settings();
        Classifier again = Classifier.training()
                .steps(20)
                .threads(1)
                .cell((String) best.get("cell"))
                .hidden((int) best.get("hidden"))
                .dropout((double) best.get("dropout"))
                .layers(l -> l.withLayers((int) best.get("layers")))
                .embedding((int) best.get("embedding"))
                .batch((int) best.get("batch"))
                .run(r -> r.withGemm(JAVA)
                        .withOptimizer(
                                r.update().optimizer().and("lr", best.get("lr")).and("schedule", best.get("schedule"))))
                .fit(file)
                .model();
        assertThat(again.stored().texts().get("run"))
                .contains("\"val_nats\":" + Math.round(tuned.trials().get(2).score() * 1e4) / 1e4);
    }

    @Test
    void whatATrainingIsAskedForIsNotTried() throws IOException {
        Path file = words(folder, 400);
        Supplier<ClassifierTraining> training = () -> Classifier.training()
                .steps(2)
                .hidden(3)
                .cell("gru")
                .dropout(0.2)
                .layers(l -> l.withLayers(1))
                .embedding(4)
                .batch(8)
                .learningRate(0.01);
        Tuned<Classifier> tuned =
                ofWords(file, training).space("clip=1..5").trials(3).run();
        assertThat(tuned.trials().get(1).trial().settings()).containsOnlyKeys("schedule", "clip");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofWords(file, training).space("hidden=3..4").check())
                .withMessageContaining("asked for by itself");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ofWords(file, training).space("optimizer=adam|adamm").check())
                .withMessageContaining("adamm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofWords(file, () -> Classifier.training().minutes(1)))
                .withMessageContaining("`minutes`");
    }

    @Test
    void nothingHeldOutIsNothingToChooseBy() throws IOException {
        Path file = words(folder, 60);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ofWords(file, () -> Classifier.training().steps(2).heldOut(0))
                                .trials(2)
                                .run())
                .withMessageContaining("held out to choose settings by")
                .withMessageContaining("`val-fraction`");
        try (Corpus corpus = Corpus.of("namaskar\nsalut\nhello\n".repeat(1), Unit.CODEPOINT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Tuning.text(() -> CharacterModel.training().steps(2), corpus)
                                    .trials(2)
                                    .run())
                    .withMessageContaining("`val-fraction`");
        }
    }

    @Test
    void aTextHasTheSameTrialsOnAnyNumberOfWorkers() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append("namaskar hello salut ", random.nextInt(10), 10 + random.nextInt(10));
        }
        try (Corpus corpus = Corpus.of(text.toString(), Unit.CODEPOINT)) {
            Tuned<CharacterModel> one = ofText(corpus).workers(1).run();
            Tuned<CharacterModel> four = ofText(corpus).workers(4).run();
            assertThat(table(four)).isEqualTo(table(one));
            one.model().write(folder.resolve("one"));
            four.model().write(folder.resolve("four"));
            assertThat(folder.resolve("four")).hasSameBinaryContentAs(folder.resolve("one"));
            assertThat(one.best().score()).isLessThan(one.usual().score());
        }
    }

    private static Tuning<CharacterModel> ofText(Corpus corpus) {
        return Tuning.text(() -> CharacterModel.training().steps(30).hidden(8), corpus)
                .space("seq-len=8..20,lr=0.002..0.05")
                .gemm(JAVA)
                .trials(7);
    }

    @Test
    void aTranslatorIsTunedByTheSameCode() throws IOException {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            String digits = String.valueOf(1000 + i * 37 % 8999);
            pairs.append(digits)
                    .append('\t')
                    .append(new StringBuilder(digits).reverse())
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("pairs.tsv"), pairs);
        Tuned<TranslationModel> tuned = Tuning.of(
                        () -> TranslationModel.training().steps(4).hidden(6).embedding(4), t -> t.fit(file))
                .gemm(JAVA)
                .trials(3)
                .run();
        assertThat(tuned.tried()).isEqualTo(3);
        assertThat(tuned.model().kind().name()).isEqualTo("translate");
    }

    private Table table(int series) throws IOException {
        StringBuilder csv = new StringBuilder("step,name,load");
        Random random = new Random(2);
        for (int s = 0; s < series; s++) {
            for (int i = 0; i < 90; i++) {
                csv.append('\n')
                        .append(i)
                        .append(",s")
                        .append(s)
                        .append(',')
                        .append(20 + i % 6 + random.nextGaussian());
            }
        }
        return Table.read(Files.writeString(folder.resolve("table.csv"), csv));
    }

    private static Tuning<SeriesModel> ofSeries(Table table) {
        Supplier<SeriesTraining> training =
                () -> SeriesModel.training().horizon(4).season(6).steps(18).members(1);
        return Tuning.series(training, table, Backtest.of(4).folds(2))
                .space("hidden=3..6,context=12..18")
                .gemm(JAVA)
                .trials(5);
    }

    @Test
    void seriesAreScoredInsideTheTableAndTheBestLearnsFromAllOfIt() throws IOException {
        Table table = table(2);
        Tuned<SeriesModel> one = ofSeries(table).workers(1).run();
        Tuned<SeriesModel> three = ofSeries(table).workers(3).run();

        assertThat(table(three)).isEqualTo(table(one));
        assertThat(one.trials().get(1).trial().settings()).containsKeys("starts", "transform", "loss");
        assertThat(one.trials())
                .allSatisfy(r -> assertThat(r.trial().settings().containsKey("dropout"))
                        .isEqualTo(
                                Integer.valueOf(2).equals(r.trial().settings().get("layers"))));
        assertThat(String.valueOf(three.model().forecast(table)))
                .isEqualTo(String.valueOf(one.model().forecast(table)));
        assertThat(one.model().spec().horizon()).isEqualTo(4);
    }

    @Test
    void aTrialsScoreIsThatOfABackTestWithItsSettings() throws IOException {
        Table table = table(1);
        TrialResult second = ofSeries(table)
                .space("cell=lstm,hidden=4,layers=2,dropout=0.1,transform=standard,starts=6+1,patch=1,loss=smape,"
                        + "lr=0.01,batch=16,schedule=constant,context=12")
                .trials(2)
                .wholeRuns()
                .run()
                .trials()
                .get(1);
        SeriesTraining training = SeriesModel.training()
                .horizon(4)
                .season(6)
                .steps(18)
                .members(1)
                .threads(1)
                .fitting(how -> how.calibration(0, null).batch(16))
                .forecaster(s -> s.recurrent("lstm", 4, 2, 0.1)
                        .transform("standard")
                        .starts("6", "1")
                        .patch(1)
                        .loss(ForecastSpec.PointLoss.SMAPE)
                        .context(12))
                .run(r -> r.withGemm(JAVA).withOptimizer(OptimizerSpec.parse("adam:lr=0.01,schedule=constant")));
        BacktestReport report = Backtest.of(4).folds(2).run(table, training, List.of(), fold -> {});

        assertThat(second.error()).isNull();
        assertThat(second.score()).isEqualTo(report.score("namaskar", Metrics.MASE));
    }
}
