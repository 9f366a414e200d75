package dev.namaskar.cli.options;

import dev.namaskar.series.Fitting;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What commands take that train a forecaster on a table. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class SeriesOptions {
    @Parameters(paramLabel = "TABLE", description = "A CSV file: long, wide, or a row a series.")
    public Path table;

    @Mixin
    private TableOptions format;

    @Mixin
    public ForecasterOptions forecaster;

    @Mixin
    private EnsembleOptions ensemble;

    /** The table, with what there is to say of it. */
    public Table read(Consumer<String> notes) throws IOException {
        Table read = TableReader.read(table, format());
        read.notes().forEach(notes);
        return read;
    }

    /** How the table is to be read. */
    public TableFormat format() {
        return format.over(TableFormat.AUTO);
    }

    /** How networks are trained, each by such a run. */
    public Fitting fitting(RunSettings run, Range range) {
        return ensemble.fitting(run, range);
    }

    /** The training of a fresh forecaster. */
    public SeriesTraining fresh(RunSettings run, Range range) {
        forecaster.check(range);
        return SeriesTraining.of(forecaster.settings(range), fitting(run, range));
    }
}
