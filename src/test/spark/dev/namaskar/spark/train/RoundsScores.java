package dev.namaskar.spark.train;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.Metrics;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.spark.table.SeriesColumns;
import dev.namaskar.spark.table.SeriesTable;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What replicas come to beside one machine that does as much work, as the page on Spark states it.
 *
 * <pre>
 * RoundsScores text FILE SHARE RUN...    nats per character; of the file's first SHARE alone
 * RoundsScores series TRAIN ACTUAL RUN...
 * </pre>
 *
 * <p>A run is {@code replicas:H:outer:optimizer:batch:steps}, one machine where the replicas are 0: {@code
 * 2:100:sgd,lr=1:adam,lr=0.003:8:3000}; of series, the networks of an ensemble may follow behind another colon.
 */
final class RoundsScores {
    private RoundsScores() {}

    private record Run(
            int replicas, int roundSteps, String outer, String optimizer, int batch, long steps, int members) {
        static Run of(String text) {
            String[] parts = text.split(":", -1);
            return new Run(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    parts[2].replaceFirst(",", ":"),
                    parts[3].replaceFirst(",", ":"),
                    Integer.parseInt(parts[4]),
                    Long.parseLong(parts[5]),
                    parts.length > 6 ? Integer.parseInt(parts[6]) : 1);
        }

        SparkTraining on(SparkSession session, Path folder) {
            return SparkTraining.of(
                    session,
                    RoundSettings.of(replicas, roundSteps).withOuter(OptimizerSpec.parse(outer)),
                    folder.resolve("states").toString());
        }
    }

    /** Prints a line for each run. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("namaskar-scores-");
        boolean text = args[0].equals("text");
        try (SparkSession session = SparkCluster.start("local[1]", "")) {
            for (String one : Arrays.asList(args).subList(3, args.length)) {
                long begun = System.nanoTime();
                Run run = Run.of(one);
                String scores = text
                        ? text(run, session, folder, part(folder, Path.of(args[1]), Double.parseDouble(args[2])))
                        : series(run, session, folder, Path.of(args[1]), Path.of(args[2]));
                System.out.printf(Locale.ROOT, "%-60s %s  %.0f s%n", one, scores, (System.nanoTime() - begun) * 1e-9);
            }
        }
    }

    private static Path part(Path folder, Path file, double share) throws IOException {
        String all = Files.readString(file);
        return Files.writeString(folder.resolve("part.txt"), all.substring(0, (int) (all.length() * share)));
    }

    private static String text(Run run, SparkSession session, Path folder, Path file) throws IOException {
        TextTraining training = CharacterModel.training()
                .cell("gru")
                .hidden(64)
                .seqLen(32)
                .optimizer(run.optimizer())
                .run(r -> r.withData(new RunSettings.Data(run.batch(), 0.1)))
                .steps(run.steps())
                .threads(1);
        double nats;
        if (run.replicas() == 0) {
            try (Corpus corpus = Corpus.read(List.of(file), Unit.CODEPOINT)) {
                nats = training.fit(corpus).report().loss();
            }
        } else {
            nats = run.on(session, folder)
                    .text(training, file.toString())
                    .report()
                    .loss();
        }
        return String.format(Locale.ROOT, "%.4f nats", nats);
    }

    private static String series(Run run, SparkSession session, Path folder, Path train, Path actual)
            throws IOException {
        Table past = Table.read(train);
        Table future = Table.read(actual);
        SeriesTraining training = SeriesModel.training()
                .horizon(48)
                .season(24)
                .forecaster(s -> s.context(336)
                        .patch(24)
                        .starts("24", "168")
                        .transform("level")
                        .recurrent("gru", 128, 2, 0.1))
                .fitting(f -> f.batch(run.batch()).calibration(0, null))
                .run(r -> r.withOptimizer(OptimizerSpec.parse(run.optimizer())
                        .orElse("clip", 1.0)
                        .orElse("schedule", "cosine-annealing")))
                .members(run.members())
                .steps(run.steps())
                .threads(1);
        SeriesModel model = run.replicas() == 0
                ? training.on(past)
                : run.on(session, folder).series(training, SeriesTable.of(rows(session, folder, past), COLUMNS));
        List<Outcome> outcomes = new ArrayList<>();
        List<Forecast> forecasts = model.forecast(past.series(), 48, new double[0]);
        for (int i = 0; i < forecasts.size(); i++) {
            double[] values = future.series().get(i).values();
            outcomes.add(new Outcome(
                    forecasts.get(i), values, Outcome.scale(past.series().get(i), 24)));
        }
        return String.format(
                Locale.ROOT, "sMAPE %.3f  MASE %.4f", Metrics.SMAPE.of(outcomes), Metrics.MASE.of(outcomes));
    }

    private static final SeriesColumns COLUMNS =
            SeriesColumns.of("row", "value").group("name");

    /** The table with a row a series and time. */
    private static Dataset<Row> rows(SparkSession session, Path folder, Table table) throws IOException {
        StringBuilder csv = new StringBuilder("name,row,value\n");
        for (Series series : table.series()) {
            for (int i = 0; i < series.length(); i++) {
                csv.append(series.id() + "," + (i + 1) + "," + series.value(i) + "\n");
            }
        }
        Path file = Files.writeString(folder.resolve("rows.csv"), csv);
        return session.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(file.toString());
    }
}
