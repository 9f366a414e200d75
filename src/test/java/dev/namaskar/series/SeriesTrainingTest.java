package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.cli.Main;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Metric;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from a table to a model and a back-test, in a few lines of Java and with what the commands choose. */
class SeriesTrainingTest {
    @TempDir
    private Path folder;

    private Path csv = Path.of("");
    private Table table = Table.of(Series.of("none", 1));

    @BeforeEach
    void someMonths() throws IOException {
        csv = folder.resolve("sales.csv");
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("month,sales\n");
        for (int t = 0; t < 84; t++) {
            double value = (100 + t) * (1 + 0.2 * Math.sin(Math.PI * t / 6)) + 2 * random.nextGaussian();
            text.append(String.format("%d-%02d,%.2f%n", 2015 + t / 12, 1 + t % 12, value));
        }
        Files.writeString(csv, text);
        table = Table.read(csv);
    }

    private static void run(String... args) {
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args))
                .as(err.toString())
                .isZero();
    }

    private static void assertSame(Forecast found, Forecast expected) {
        assertThat(found.point()).containsExactly(expected.point());
        assertThat(found.lower()).isDeepEqualTo(expected.lower());
        assertThat(found.upper()).isDeepEqualTo(expected.upper());
    }

    @Test
    void commandAndProgramTrainTheSameModelBitForBit() throws IOException {
        Path file = folder.resolve("m");
        run("train", "series", csv.toString(), "--horizon", "6", "--threads", "1", "--out", file.toString());
        SeriesModel byCommand = SeriesModel.read(file);
        SeriesModel byProgram = SeriesModel.training().horizon(6).threads(1).on(table);

        assertThat(byProgram.spec()).isEqualTo(byCommand.spec()).hasSameHashCodeAs(byCommand.spec());
        assertThat(byProgram.members().get(0).values())
                .isEqualTo(byCommand.members().get(0).values());
        assertSame(byProgram.forecast(table).get(0), byCommand.forecast(table).get(0));
        assertThat(byProgram.source()).isEqualTo(byCommand.source());
    }

    @Test
    void commandAndProgramBackTestTheSame() throws IOException {
        Path forecasts = folder.resolve("f.csv");
        run(
                "backtest",
                csv.toString(),
                "--horizon",
                "6",
                "--folds",
                "3",
                "--steps",
                "20",
                "--threads",
                "1",
                "--forecasts",
                forecasts.toString());
        BacktestReport report = Backtest.of(6)
                .folds(3)
                .run(table, SeriesModel.training().horizon(6).steps(20).threads(1), List.of(), fold -> {});
        List<String> lines = Files.readAllLines(forecasts);

        assertThat(lines).hasSize(1 + 3 * 6);
        for (int fold = 0; fold < 3; fold++) {
            Forecast forecast = report.outcomes("namaskar", "sales").get(fold).forecast();
            for (int h = 0; h < 6; h++) {
                String[] cells = lines.get(1 + 6 * fold + h).split(",", -1);
                assertThat(Double.parseDouble(cells[4])).isEqualTo(forecast.point()[h]);
                assertThat(Double.parseDouble(cells[5])).isEqualTo(forecast.lower()[0][h]);
            }
        }
        assertThat(report.verdict().toString()).contains("MASE");
        assertThat(report.toString()).contains("seasonal_naive", "namaskar fold 3", "coverage_95");
    }

    @Test
    void aModelIsWrittenAndReadAndKnowsItsTables() throws IOException {
        SeriesModel model =
                SeriesModel.training().horizon(3).season(12).steps(5).threads(1).on(table);
        Path file = folder.resolve("m");
        model.write(file);
        SeriesModel again = SeriesModel.read(file);

        assertSame(again.forecast(table).get(0), model.forecast(table).get(0));
        assertThat(again.spec()).isEqualTo(model.spec());
        assertThat(again.source().frequency().name()).isEqualTo("month");
        assertThat(model.forecast(table).get(0).toString())
                .startsWith("sales, 3 steps")
                .contains("2022-01-01", "95 %: ");
        assertThatThrownBy(() -> model.forecast(Table.of(Series.of("rows", new double[90]))))
                .hasMessage("the model was trained on steps of month, found steps of row");
    }

    @Test
    void whoListensIsTold() {
        List<Long> steps = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        SeriesModel.training()
                .horizon(3)
                .steps(4)
                .threads(1)
                .notes(notes::add)
                .listen(new TrainingListener() {
                    @Override
                    public void onStep(Progress progress) {
                        steps.add(progress.step());
                    }
                })
                .on(table);

        assertThat(steps).contains(1L, 4L).doesNotContain(5L);
        assertThat(notes)
                .anyMatch(note -> note.startsWith("compared on "))
                .anyMatch(note -> note.startsWith("training on "));
        assertThatThrownBy(() -> SeriesModel.training().season(12))
                .hasMessageContaining("expected a horizon before other settings");
        assertThatThrownBy(() -> SeriesModel.training().horizon(0)).hasMessageContaining("horizon of at least 1");
    }

    @Test
    void minutesAreFilledWithNetworks() {
        SeriesModel model = SeriesModel.training()
                .horizon(3)
                .forecaster(s -> s.starts("12").recurrent("gru", 4, 1, 0))
                .minutes(1000)
                .steps(3)
                .threads(1)
                .fitting(how -> how.calibration(0, null))
                .on(table);

        assertThat(model.members()).hasSize(30);
    }

    @Test
    void onesOwnMeasureIsComputed() {
        BacktestReport report = Backtest.of(3).folds(2).season(12).run(table, new SecondValue());
        Metric first =
                new Metric("first", o -> Math.abs(o.actual()[0] - o.forecast().point()[0]));

        assertThat(report.models()).containsExactly("second", "naive", "seasonal_naive", "drift", "theta");
        Series series = table.series().get(0);
        double expected =
                (Math.abs(series.value(78) - series.value(1)) + Math.abs(series.value(81) - series.value(1))) / 2;
        assertThat(report.score("second", first)).isEqualTo(expected);
    }

    /** Says the second value of the history for ever. */
    private record SecondValue() implements Forecaster {
        @Override
        public String name() {
            return "second";
        }

        @Override
        public int shortest() {
            return 2;
        }

        @Override
        public Fitted fit(List<Series> histories) {
            return (history, horizon, levels) -> {
                double[] point = new double[horizon];
                java.util.Arrays.fill(point, history.value(1));
                double[][] ends = new double[levels.length][];
                java.util.Arrays.fill(ends, point);
                return new Forecast(history.id(), new long[horizon], point, levels, ends, ends);
            };
        }
    }
}
