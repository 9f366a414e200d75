package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesCommandsTest {
    @TempDir
    private Path folder;

    /** Texts are split at their spaces. */
    private static Ran run(Object... args) {
        return Ran.of(Stream.of(args)
                .flatMap(arg ->
                        arg instanceof String words ? Stream.of(words.strip().split(" +", -1)) : Stream.of(arg))
                .toArray());
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    /** A long table of two daily series with a column known ahead, whose last rows have no sales yet. */
    private static List<String> sales(int days, int ahead, String replacement, int replacedFrom) {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("day,shop,sales,visits,price"));
        for (int d = 0; d < days + ahead; d++) {
            for (String shop : List.of("north", "south")) {
                double price = 1 + random.nextInt(3);
                double value = 50 + 20 * Math.sin(2 * Math.PI * d / 7) - 5 * price + random.nextGaussian();
                String cell = d >= days ? "" : d >= replacedFrom ? replacement : Double.toString(value);
                String visits = d >= days ? "" : d >= replacedFrom ? "1e9" : Double.toString(3 * value);
                lines.add(LocalDate.of(2024, 1, 1).plusDays(d) + "," + shop + "," + cell + "," + visits + "," + price);
            }
        }
        return lines;
    }

    private static final String SALES = " --target sales --group shop --horizon 7 ";
    private static final String TRAINING =
            SALES + "--known price --calendar weekday --steps 20 --hidden 8 --ensemble 2 --threads 1 --json --out";

    private Path table;
    private Path model;
    private Ran trained;

    @BeforeEach
    void train() throws IOException {
        table = write("sales.csv", sales(120, 7, "", 999));
        model = folder.resolve("m.safetensors");
        trained = run("train series", table, TRAINING, model).good();
    }

    @Test
    void aSavedModelForecastsAsTheOneInMemory() throws IOException {
        assertThat(trained.json()).containsEntry("frequency", "day").containsEntry("series", 2L);
        Path csv = folder.resolve("f.csv");
        Path picture = folder.resolve("f.png");
        run("forecast", table, "--model", model, "--out", csv, "--plot", picture)
                .good();

        SeriesFile.Stored stored = SeriesFile.read(model);
        Table read = ForecastInput.read(stored, table, stored.format());
        SeriesModel again = stored.model();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(15);
        assertThat(lines.get(0)).isEqualTo("series,time,step,forecast,lo_80,hi_80,lo_95,hi_95");
        int line = 1;
        for (Series series : read.series()) {
            Forecast forecast = again.forecast(series, 7, again.spec().levels());
            for (int h = 0; h < 7; h++) {
                String[] cells = lines.get(line++).split(",", -1);
                assertThat(cells[0]).isEqualTo(series.id());
                assertThat(cells[1])
                        .isEqualTo(LocalDate.of(2024, 1, 1).plusDays(120 + h).toString());
                assertThat(Double.parseDouble(cells[3])).isEqualTo(forecast.point()[h]);
                assertThat(Double.parseDouble(cells[6])).isEqualTo(forecast.lower()[1][h]);
            }
        }
        assertThat(picture).isNotEmptyFile();
    }

    /** A shop that has sold nothing yet is forecast as its kind is, where the model reads kinds; else that is said. */
    @Test
    void forecastsSeriesThatHaveNotBegun() throws IOException {
        List<String> lines = new ArrayList<>(List.of("day,shop,kind,sales"));
        for (int s = 0; s < 8; s++) {
            for (int d = 0; d < 40; d++) {
                String cell = s >= 6 ? "" : Integer.toString((s % 2 == 0 ? 20 : 300) + s + d % 7);
                lines.add(LocalDate.of(2024, 1, 1).plusDays(d) + ",S" + s + "," + (s % 2 == 0 ? "food" : "toys") + ","
                        + cell);
            }
        }
        Path shops = write("shops.csv", lines);
        Path kinds = folder.resolve("kinds.safetensors");
        String training = "--group shop --target sales --horizon 3 --starts 7 --steps 5 --hidden 4 --ensemble 1"
                + " --threads 1 --calibration 0 --out";
        run("train series", shops, "--static kind", training, kinds).good();
        Ran ran = run("forecast", shops, "--model", kinds).good();
        List<String[]> cells = cells(ran);
        assertThat(cells).hasSize(25);
        for (int i = 19; i < 25; i++) {
            String[] row = cells.get(i);
            assertThat(row[0]).isEqualTo(i < 22 ? "S6" : "S7");
            assertThat(row[1]).startsWith("2024-02-1");
            assertThat(Double.parseDouble(row[3])).isBetween(i < 22 ? 15.0 : 250.0, i < 22 ? 45.0 : 350.0);
        }
        run("train series", shops, training, kinds, "--force").good();
        Ran without = run("forecast", shops, "--model", kinds).good();
        assertThat(cells(without)).hasSize(19);
        assertThat(without.err()).contains("reads no static column");
    }

    @Test
    void hasIntervalsOfAnyLevels() throws IOException {
        List<String[]> usual = cells(run("forecast", table, "--model", model));
        List<String[]> asked = cells(run("forecast", table, "--model", model, "--levels 99.5,50,95"));
        assertThat(String.join(",", asked.get(0)))
                .isEqualTo("series,time,step,forecast,lo_50,hi_50,lo_95,hi_95,lo_99.5,hi_99.5");
        for (int row = 1; row < asked.size(); row++) {
            String[] cells = asked.get(row);
            assertThat(cells[6]).isEqualTo(usual.get(row)[6]);
            assertThat(Stream.of(8, 6, 4, 3, 5, 7, 9)
                            .map(i -> Double.parseDouble(cells[i]))
                            .toList())
                    .isSorted();
        }
    }

    private static List<String[]> cells(Ran ran) {
        return ran.good().out().lines().map(line -> line.split(",", -1)).toList();
    }

    /** Files that are read, or are somebody's work, or cannot be written: found before the work begins. */
    @Test
    void nothingThatExistsIsLost() throws IOException {
        byte[] before = Files.readAllBytes(table);
        byte[] trained = Files.readAllBytes(model);
        Path other = write("notes.txt", List.of("mine"));
        for (Path out : List.of(table, other, folder.resolve("absent/m"))) {
            Ran refused = run("train series", table, SALES + "--out", out);
            refused.failed();
            assertThat(refused.err()).doesNotContain("step ");
        }
        run("train series", table, SALES + "--out", folder.resolve("x"), "--log", table)
                .failed();
        run("forecast", table, "--model", model, "--out", table).failed(table + " is what is read");
        run("forecast", table, "--model", model, "--out", model).failed();
        run("forecast", table, "--model", model, "--out", other, "--plot f.gif").wrongUsage();
        run(
                        "forecast",
                        table,
                        "--model",
                        model,
                        "--out",
                        folder.resolve("x.csv"),
                        "--plot",
                        folder.resolve("f.png"),
                        "--series east")
                .failed("no series \"east\" in the table; it has north, south");
        String folds = SALES + "--folds 2 --steps 2";
        run("backtest", table, "--forecasts", table, folds).failed();
        Ran refused = run(
                "backtest",
                table,
                "--forecasts",
                folder.resolve("x.csv"),
                "--plot",
                folder.resolve("absent/f.png"),
                folds);
        refused.failed("does not exist");
        assertThat(refused.err()).doesNotContain("fold 1");

        assertThat(Files.readAllBytes(table)).isEqualTo(before);
        assertThat(Files.readAllBytes(model)).isEqualTo(trained);
        assertThat(other).hasContent("mine");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("sales.csv", "m.safetensors", "notes.txt");
        }
    }

    @Test
    void trainingTwiceWritesTheSameBytes() throws IOException {
        Path second = folder.resolve("m2.safetensors");
        run("train series", table, TRAINING, second).good();

        assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(model));
    }

    @Test
    void refusesTablesTheModelCannotRead() throws IOException {
        List<String> lines = sales(120, 7, "", 999);
        Path without = write(
                "a.csv",
                lines.stream().map(l -> l.substring(0, l.lastIndexOf(','))).toList());
        run("forecast", without, "--model", model).failed("no column \"price\" (--known)");

        List<String> weekly = new ArrayList<>(List.of(lines.get(0)));
        for (int d = 0; d < 127; d += 7) {
            weekly.add(lines.get(1 + 2 * d));
        }
        run("forecast", write("b.csv", weekly), "--model", model)
                .failed("trained on steps of day, found steps of week");
        run("forecast", write("c.csv", sales(2, 7, "", 999)), "--model", model)
                .failed("the model needs at least", "values of history", "found 2");
        run("forecast", write("d.csv", sales(120, 3, "", 999)), "--model", model)
                .failed("must reach 7 rows past the last value, found 3");
        run("forecast", table, "--model", model, "--levels 0,50")
                .wrongUsage("--levels: expected ascending levels between 0 and 100 %");
    }

    @Test
    void measuresAgainstWhatCame() throws IOException {
        Path history = write("h.csv", sales(113, 7, "", 999));
        Ran measured = run("evaluate series", history, "--actual", table, "--model", model, "--season 7 --json");
        assertThat(measured.good().json())
                .containsEntry("series", 2L)
                .containsKeys("smape", "mase", "owa", "msis_95", "coverage_95");
        List<String> salesAlone = sales(120, 0, "", 999).stream()
                .map(line -> line.replaceFirst("^([^,]*,[^,]*,[^,]*),.*", "$1"))
                .toList();
        Path alone = write("alone.csv", salesAlone);
        assertThat(run("evaluate series", history, "--actual", alone, "--model", model, "--season 7 --json")
                        .good()
                        .json())
                .isEqualTo(measured.json());

        run("evaluate series", table, "--actual", table, "--model", model)
                .failed("the actual values do not follow the history (which ends at 2024-04-29");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--transform difference --levels 80,95",
                "--refit",
                "--refit --transform logreturn --ensemble 2 --calibration-networks 2",
                "--transform level --calendar weekday,month --observed visits --patch 7 --context 28 --val-fraction"
                        + " 0.1",
                "--transform minmax --min-context 7 --context 42 --cell lstm --layers 2 --dropout 0.2",
                "--refit --transform standard --cell rnn --seasons 7,14 --observed visits --calibration 5",
                "--transform log --season 7 --seasons 0 --calibration 0 --calendar monthday,yearday",
                "--transform none --loss mase --folds 2 --stride 3",
            })
    void backtestForecastsDoNotChangeWithTheFuture(String settings) throws IOException {
        int folds = settings.contains("--folds 2") ? 2 : 3;
        String options = SALES + "--known price --steps 8 --hidden 4 --threads 1 --json " + settings
                + (folds == 2 ? "" : " --folds 3");
        Path first = folder.resolve("one.csv");
        Path second = folder.resolve("two.csv");
        Ran before = run("backtest", table, "--forecasts", first, options).good();
        assertThat(before.json()).containsKeys("verdict", "p_value");
        assertThat(before.out())
                .containsSubsequence("\"namaskar\"", "\"naive\"", "\"seasonal_naive\"", "\"drift\"", "\"theta\"");
        // The last fold's origin is day 113.
        Path changed = write("changed.csv", sales(120, 7, "-1e6", 113));
        run("backtest", changed, "--forecasts", second, options).good();

        List<String> one = Files.readAllLines(first);
        List<String> two = Files.readAllLines(second);
        assertThat(one.get(0)).isEqualTo("fold,series,time,step,forecast,lo_80,hi_80,lo_95,hi_95,actual");
        assertThat(one).hasSize(1 + folds * 2 * 7);
        for (int i = 1; i < one.size(); i++) {
            assertThat(withoutActual(two.get(i))).isEqualTo(withoutActual(one.get(i)));
        }
        assertThat(two.get(one.size() - 1)).endsWith(",-1000000.0");
    }

    @Test
    void reportsEachFoldAndTheWhole() throws IOException {
        Map<String, @Nullable Object> report = run(
                        "backtest", table, SALES + "--folds 3 --steps 5 --hidden 4 --threads 1 --json")
                .good()
                .json();
        assertThat((List<?>) report.get("by_fold")).hasSize(3);
        Map<?, ?> network = (Map<?, ?>) ((List<?>) report.get("models")).get(0);
        assertThat(network.keySet().stream().map(String::valueOf))
                .containsExactly(
                        "model",
                        "mase",
                        "smape",
                        "rmse",
                        "mae",
                        "pinball",
                        "msis_80",
                        "coverage_80",
                        "msis_95",
                        "coverage_95");
        assertThat(String.valueOf(report.get("verdict"))).contains("p ");
    }

    /** M4's shape, and rows that are merely counted: the future's first values are those that came. */
    @Test
    void measuresTablesWithoutTimes() throws IOException {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>(List.of("V1,V2,V3"));
        List<String> came = new ArrayList<>(List.of("V1,V2,V3"));
        List<String> counted = new ArrayList<>(List.of("load"));
        List<String> later = new ArrayList<>(List.of("load"));
        for (int s = 0; s < 3; s++) {
            StringBuilder row = new StringBuilder("s" + s);
            for (int t = 0; t < 60 + 5 * s; t++) {
                double value = 10 + t % 4 + random.nextDouble();
                row.append(',').append(value);
                counted.add(Double.toString(value));
            }
            rows.add(row.toString());
            came.add("s" + s + ",10,11,12");
        }
        later.addAll(List.of("10", "11", "12"));
        for (List<List<String>> tables : List.of(List.of(rows, came), List.of(counted, later))) {
            Path history = write("history.csv", tables.get(0));
            Path future = write("future.csv", tables.get(1));
            Path counting = folder.resolve("rows.safetensors");
            run("train series", history, "--horizon 3 --season 4 --steps 5 --hidden 4 --out", counting)
                    .good();
            Ran measured =
                    run("evaluate series", history, "--actual", future, "--model", counting, "--season 4 --json");
            assertThat(measured.good().json()).containsKeys("smape", "mase", "owa", "msis_95", "coverage_95");
        }
    }

    private static String withoutActual(String line) {
        return line.substring(0, line.lastIndexOf(','));
    }

    @Test
    void wrongUsageIsTwo() {
        run("backtest", table).wrongUsage("--horizon");
        run("backtest", table, "--horizon 0").wrongUsage();
        run("backtest", table, "--horizon 3 --transform magic").wrongUsage("no transform \"magic\"");
        run("backtest", table, "--horizon 3 --patch 24 --context 100")
                .wrongUsage("whole patches, found 100 values and patches of 24; take 96");
        run("backtest", table, "--horizon 3 --transform log --loss smape").wrongUsage();
        run("backtest", table, "--horizon 3 --context 8 --min-context 9").wrongUsage();
        run("backtest", table, "--horizon 3 --cell grue").wrongUsage();
        run("backtest", table, "--horizon 3 --patience 2 --val-fraction 0").wrongUsage();
        assertThat(run("train series", table, "--help").good().out()).contains("Example: namaskar train series");
    }
}
