package dev.namaskar.cli.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.namaskar.cli.Main;
import dev.namaskar.spark.SparkCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of a million rows from parquet, 10,000 series of 100 days: trained for a round, forecast and back-tested by two
 * executor processes with heaps of 512 MB, as the page on Spark states it. Forecasts are compared with those of the
 * program of one machine, digit by digit.
 */
final class MillionRows {
    private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private static final String[] COLUMNS = {"--time=day", "--target=sold", "--group=name"};

    private MillionRows() {}

    /** Prints what was done and how long it took. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("namaskar-million-");
        String table = folder.resolve("table.parquet").toString();
        String model = folder.resolve("model.safetensors").toString();
        try (SparkSession session = SparkCluster.start("local-cluster[2,1,512]")) {
            rows(session).write().parquet(table);
            Path csv = csv(session.read().parquet(table).orderBy("name", "day"), folder.resolve("table"));
            OUT.println("heap of each executor: " + session.conf().get("spark.executor.memory"));
            timed(
                    "train",
                    with(
                            List.of("train", "series", table),
                            "--horizon=7",
                            "--replicas=2",
                            "--round-steps=100",
                            "--steps=100",
                            "--rounds-dir=" + folder.resolve("rounds"),
                            "--ensemble=1",
                            "--threads=1",
                            "--out=" + model));
            timed(
                    "forecast",
                    with(
                            List.of("forecast", table),
                            "--model=" + model,
                            "--out=" + folder.resolve("forecasts"),
                            "--out-format=csv"));
            compare(session, folder, csv, model);
            timed(
                    "backtest",
                    with(
                            List.of("backtest", table),
                            "--horizon=7",
                            "--folds=2",
                            "--steps=100",
                            "--ensemble=1",
                            "--threads=1",
                            "--calibration=0"));
        }
    }

    private static Dataset<Row> rows(SparkSession session) {
        return session.range(1_000_000)
                .select(
                        expr("format_string('s%05d', id div 100)").as("name"),
                        expr("date_add(date'2024-01-01', cast(id % 100 as int))")
                                .as("day"),
                        expr("round(40 + (id div 100) % 50 + 9 * sin(2 * pi() * (id % 100) / 7)"
                                        + " + (xxhash64(id) % 1000) / 300, 2)")
                                .as("sold"));
    }

    private static Path csv(Dataset<Row> rows, Path folder) throws IOException {
        rows.select(col("name"), col("day"), col("sold"))
                .coalesce(1)
                .write()
                .option("header", "true")
                .csv(folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.of(words.stream(), Stream.of(COLUMNS), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private static void timed(String what, String... words) {
        long begun = System.nanoTime();
        int code = SparkMain.run(OUT, OUT, words);
        OUT.printf(Locale.ROOT, "%s: exit code %d, %.0f s%n", what, code, (System.nanoTime() - begun) * 1e-9);
        if (code != 0) {
            throw new IllegalStateException(what + " failed");
        }
    }

    private static void compare(SparkSession session, Path folder, Path csv, String model) throws IOException {
        Path alone = folder.resolve("alone.csv");
        int code = Main.run(OUT, OUT, with(List.of("forecast", csv.toString()), "--model=" + model, "--out=" + alone));
        List<String> here = Files.readAllLines(alone);
        List<String> there = session.read().text(folder.resolve("forecasts").toString()).collectAsList().stream()
                .map(row -> row.getString(0))
                .filter(line -> !line.equals(here.get(0)))
                .sorted()
                .toList();
        List<String> sorted = here.stream().skip(1).sorted().toList();
        OUT.printf(
                Locale.ROOT,
                "the program of one machine (exit code %d): %d rows of forecasts, %s%n",
                code,
                sorted.size(),
                sorted.equals(there) ? "the same digits" : "OTHER DIGITS, such as " + first(sorted, there));
    }

    private static String first(List<String> sorted, List<String> there) {
        for (int i = 0; i < Math.min(sorted.size(), there.size()); i++) {
            if (!sorted.get(i).equals(there.get(i))) {
                return sorted.get(i) + " and " + there.get(i);
            }
        }
        return sorted.size() + " and " + there.size() + " rows";
    }
}
