package dev.namaskar.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.params.Params;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.spark.stages.CharacterScorer;
import dev.namaskar.spark.stages.LabelPredictor;
import dev.namaskar.spark.stages.NamaskarForecaster;
import dev.namaskar.spark.stages.NamaskarForecasterModel;
import dev.namaskar.spark.table.SeriesColumns;
import dev.namaskar.spark.table.SeriesTable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasters trained by rounds and asked on executors, of data sets in files. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class SeriesRoundsTest {
    private static final SeriesColumns COLUMNS =
            SeriesColumns.of("when", "load").group("plant", "unit");

    @TempDir
    private Path folder;

    /** Hourly series of differing lengths and levels, with a value missing and a column known ahead. */
    private static String csv(int series, long seed) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("plant,unit,when,load,holiday\n");
        for (int s = 0; s < series; s++) {
            int length = 150 + random.nextInt(40);
            for (int i = 0; i < length; i++) {
                double value = 50 * (s + 1) + 10 * Math.sin(i * Math.PI / 12) + random.nextGaussian();
                csv.append(String.format(
                        Locale.ROOT,
                        "p%d,%c,%s,%s,%d%n",
                        s / 2,
                        'a' + s % 2,
                        LocalDateTime.of(2024, 1, 30, 0, 0)
                                        .plusHours(i)
                                        .toString()
                                        .replace('T', ' ') + ":00",
                        i >= length - 6 || i == 40 ? "" : Double.toString(value),
                        i / 24 % 2));
            }
        }
        return csv.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Dataset<Row> rows(Path csv) {
        return SparkCluster.session()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(csv.toString());
    }

    private static SeriesTraining training() {
        return SeriesModel.training()
                .horizon(6)
                .forecaster(s -> s.recurrent("gru", 4, 1, 0.1))
                .steps(9)
                .members(1)
                .threads(1)
                .run(r -> r.withGemm(GemmChoice.of(GemmLibrary.JAVA)));
    }

    private SparkTraining cluster(int replicas) {
        return SparkTraining.of(
                SparkCluster.session(),
                RoundSettings.of(replicas, 4),
                folder.resolve("rounds").toString());
    }

    private static List<float[]> params(SeriesModel model) {
        return model.members().stream().map(Params::values).toList();
    }

    /** All that a file says of a model but its parameters. */
    private static String stored(SeriesModel model, Table table) {
        return SeriesFile.text(new SeriesFile.Stored(model, COLUMNS.format(), table.frequency()));
    }

    @Test
    void oneReplicaIsTrainingWithoutSparkAndForecastsAreThoseOfTheCommand() throws IOException {
        Path file = write("load.csv", csv(5, 1));
        SeriesColumns columns = COLUMNS.known("holiday");
        Table table = Table.read(file, columns.format());
        SeriesModel alone = training().on(table);
        SeriesModel here = cluster(1).series(training(), SeriesTable.of(rows(file), columns));

        assertThat(here.spec()).isEqualTo(alone.spec());
        assertThat(stored(here, table)).isEqualTo(stored(alone, table));
        assertThat(params(here)).usingRecursiveComparison().isEqualTo(params(alone));

        StringWriter asked = new StringWriter();
        ForecastTable.write(asked, table, alone.forecast(table));
        Dataset<Row> forecasts =
                NamaskarForecasterModel.of(alone).setColumns(columns).transform(rows(file));
        String told = forecasts.collectAsList().stream()
                .sorted(Comparator.<Row, String>comparing(row -> row.getString(0))
                        .thenComparing(row -> row.getInt(2)))
                .map(row -> IntStream.range(0, row.length())
                        .mapToObj(i -> String.valueOf(row.get(i)))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        assertThat(String.join(",", forecasts.columns()) + "\n" + told + "\n").isEqualTo(asked.toString());
    }

    @Test
    void aForecasterIsAStageOfAPipelineThatIsSavedAndLoaded() throws IOException {
        Path file = write("load.csv", csv(4, 2));
        NamaskarForecaster forecaster = new NamaskarForecaster()
                .setColumns(SeriesColumns.of("time", "column3").group("series", "a.b `c`"))
                .setHorizon(6)
                .setSteps(5)
                .setMembers(1)
                .setLevels(0.5, 0.9)
                .setRounds(RoundSettings.of(2, 4).withOuter(RoundSettings.DILOCO))
                .setRoundsFolder(folder.resolve("rounds").toString());
        Dataset<Row> rows = rows(file)
                .withColumnsRenamed(Map.of("plant", "series", "unit", "a.b `c`", "load", "column3", "when", "time"));
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {forecaster});
        pipeline.write().save(folder.resolve("pipeline").toString());
        PipelineModel fitted =
                Pipeline.load(folder.resolve("pipeline").toString()).fit(rows);
        fitted.write().save(folder.resolve("fitted").toString());
        PipelineModel loaded = PipelineModel.load(folder.resolve("fitted").toString());

        List<Row> forecasts = loaded.transform(rows).orderBy("series", "step").collectAsList();
        assertThat(forecasts).hasSize(24);
        assertThat(forecasts.get(0).schema().fieldNames())
                .containsExactly("series", "time", "step", "forecast", "lo_50", "hi_50", "lo_90", "hi_90");
        assertThat(fitted.transform(rows).orderBy("series", "step").collectAsList())
                .isEqualTo(forecasts);
        assertThat(pipeline.fit(rows).transform(rows).orderBy("series", "step").collectAsList())
                .as("trained again, by the pipeline that was not stored")
                .isEqualTo(forecasts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plant|weight|'expected a column \"weight\", found plant, unit, when, load, holiday'",
                "plant|plant|'column \"plant\": expected numbers, found string; cast it'",
            })
    void columnsThatAreNotThereAreNamed(String group, String target, String sentence) throws IOException {
        Path file = write("load.csv", csv(1, 3));

        assertThatThrownBy(() -> SeriesTable.of(
                        rows(file), SeriesColumns.of("when", target).group(group)))
                .hasMessage(sentence);
    }

    @Test
    void mixedStepsAndRowsThatAreNoSeriesAreRefusedInASentence() throws IOException {
        Path mixed = write(
                "mixed.csv",
                "plant,unit,when,load\n" + row("a", "2024-01-01 00:00:00", 1) + row("a", "2024-01-01 01:00:00", 2)
                        + row("a", "2024-01-01 02:00:00", 3) + row("b", "2024-01-01 00:00:00", 1)
                        + row("b", "2024-01-01 00:25:00", 1));
        assertThatThrownBy(() -> SeriesTable.of(rows(mixed), COLUMNS))
                .hasMessage("column \"when\": no regular step found: the most common is hour, but steps of 25min occur"
                        + " (1 times); give `frequency`, or `gaps` skip to take the rows as consecutive");

        Path twice = write(
                "twice.csv",
                "plant,unit,when,load\n" + row("a", "2024-01-01", 1) + row("a", "2024-01-02", 2)
                        + row("a", "2024-01-02", 3));
        assertThatThrownBy(() -> SeriesTable.of(rows(twice), COLUMNS).table(10))
                .hasMessageContaining("series \"a/x\"")
                .hasMessageContaining("1 time stands twice")
                .hasMessageNotContaining("\n");
    }

    private static String row(String plant, String when, double load) {
        return plant + ",x," + when + "," + load + "\n";
    }

    @Test
    void aModelOfAnotherStepOrKindIsRefused() throws IOException {
        Path daily = write("daily.csv", csv(1, 4).lines().limit(150).collect(Collectors.joining("\n")));
        SeriesModel model = training().on(Table.read(daily, COLUMNS.format()));
        Path other = write(
                "other.csv",
                "plant,unit,when,load\n"
                        + IntStream.range(1, 28)
                                .mapToObj(day -> row("a", String.format(Locale.ROOT, "2024-01-%02d", day), day))
                                .collect(Collectors.joining()));
        Dataset<Row> forecasts =
                NamaskarForecasterModel.of(model).setColumns(COLUMNS).transform(rows(other));
        assertThatThrownBy(forecasts::collectAsList)
                .hasStackTraceContaining("the model was trained on steps of hour; series \"a/x\"")
                .hasStackTraceContaining("23 steps missing of hour between 2024-01-01");

        Path file = folder.resolve("model.safetensors");
        model.write(file);
        assertThatThrownBy(() -> CharacterScorer.of(file)).hasMessageContaining("expected");
        assertThatThrownBy(() -> LabelPredictor.of(file)).hasMessageContaining("expected a model of a task");
    }

    @Test
    void tooFewSeriesForTheReplicasAreRefusedInASentence() throws IOException {
        Path file = write("load.csv", csv(1, 5));

        assertThatThrownBy(() -> cluster(2).series(training(), SeriesTable.of(rows(file), COLUMNS)))
                .hasMessageMatching("replica [01]: none of 0 series is long enough to train on: .*");
        assertThat(Arrays.asList(SparkCluster.session().range(3).collectAsList().toArray()))
                .hasSize(3);
    }
}
