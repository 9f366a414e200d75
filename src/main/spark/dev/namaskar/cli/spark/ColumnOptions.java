package dev.namaskar.cli.spark;

import dev.namaskar.cli.options.Heading;
import dev.namaskar.spark.table.SeriesColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What data set is read, and which of its columns plays which part. */
@Heading(Heading.DATA)
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ColumnOptions {
    @Option(names = "--time", required = true, paramLabel = "COL", description = "The time column.")
    private String time;

    @Option(names = "--target", required = true, paramLabel = "COL", description = "The column to forecast.")
    private String target;

    @Option(
            names = "--group",
            split = ",",
            paramLabel = "COL",
            description = "The columns that name the series together.")
    private List<String> group = new ArrayList<>();

    @Option(names = "--known", split = ",", paramLabel = "COL", description = "Columns known ahead of time.")
    private List<String> known = new ArrayList<>();

    @Option(names = "--observed", split = ",", paramLabel = "COL", description = "Columns observed only so far.")
    private List<String> observed = new ArrayList<>();

    @Option(
            names = "--static",
            split = ",",
            paramLabel = "COL",
            description = "Columns that say one thing of a whole series.")
    private List<String> statics = new ArrayList<>();

    @Option(
            names = "--frequency",
            defaultValue = "",
            paramLabel = "STEP",
            description = "The step, such as hour (found).")
    private String frequency;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The data source: parquet, csv, orc, ... (csv for names that end so, else parquet).")
    private @Nullable String source;

    SeriesColumns columns() {
        return new SeriesColumns(group, time, target, known, observed, statics, frequency);
    }

    Dataset<Row> read(SparkSession session, String table) {
        String named = source;
        String format = named != null
                ? named
                : table.toLowerCase(Locale.ROOT).matches(".*[.]csv([.]\\w+)?") ? "csv" : "parquet";
        return session.read()
                .format(format)
                .option("header", "true")
                .option("inferSchema", "true")
                .load(table);
    }
}
