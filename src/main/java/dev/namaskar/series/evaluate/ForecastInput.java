package dev.namaskar.series.evaluate;

import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Tables for a stored forecaster to go on from, or to be held to. */
public final class ForecastInput {
    private ForecastInput() {}

    /**
     * Reads a table to forecast from.
     *
     * @throws TableException if a column is missing or its step is not the one the model was trained on
     */
    public static Table read(SeriesFile.Stored stored, Path file, TableFormat as) throws IOException {
        Table table = TableReader.read(file, as);
        if (!table.frequency().equals(stored.frequency())) {
            throw new TableException(file.getFileName() + ": the model was trained on steps of " + stored.frequency()
                    + ", found steps of " + table.frequency());
        }
        stored.model().checkColumns(table);
        return table;
    }

    /**
     * The table without series that are shorter than the model needs, if there are others: each forecast wants a history.
     *
     * @param notes told which are left out
     */
    public static Table longEnough(SeriesModel model, Table table, Consumer<String> notes) {
        int shortest = model.spec().shortest();
        List<Series> kept = table.series().stream()
                .filter(series -> series.length() >= shortest)
                .toList();
        if (kept.isEmpty() || kept.size() == table.series().size()) {
            return table;
        }
        List<String> left = table.series().stream()
                .filter(series -> series.length() < shortest)
                .map(Series::id)
                .toList();
        notes.accept(left.size() + " series not forecast, for the model needs " + shortest + " values of history: "
                + Evaluation.named(left));
        return new Table(
                kept,
                table.frequency(),
                table.aligned(),
                table.timed(),
                table.known(),
                table.observed(),
                table.remarks(),
                table.format(),
                table.beginning());
    }

    /**
     * Reads a table of actual values, which may be too short to show its step. Where the targets are named, other columns
     * need not be there, for a forecast is read from the history alone. Blanks in it are values that nobody saw: they
     * are kept as not-a-number, to be left out of scores.
     */
    public static Table readFuture(SeriesFile.Stored stored, Path file, TableFormat as) throws IOException {
        Policies given = as.policies();
        boolean strict = given.blanks() == Policies.Blanks.ERROR;
        Policies policies = new Policies(
                given.duplicates(),
                given.disorder(),
                given.gaps(),
                strict ? Policies.Blanks.MISSING : given.blanks(),
                given.nonNumeric());
        boolean counted = stored.frequency().unit() == Frequency.Unit.ROW;
        TableFormat values = as.roles().targets().isEmpty()
                ? as
                : as.covariates(List.of(), List.of()).statics();
        return TableReader.read(
                file,
                (counted || !as.frequency().isEmpty()
                                ? values
                                : values.frequency(stored.frequency().name()))
                        .policies(policies));
    }
}
