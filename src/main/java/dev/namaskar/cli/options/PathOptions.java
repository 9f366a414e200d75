package dev.namaskar.cli.options;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.series.evaluate.PathTable;
import dev.namaskar.series.interval.SamplePaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of sample paths and of sums over series. */
@Heading(Heading.FILES)
public final class PathOptions {
    private static final int USUAL_PATHS = 1000;

    @Option(names = "--paths", paramLabel = "N", description = "Sample paths to draw, of all series together (1000).")
    private @Nullable Integer count;

    @Option(names = "--paths-out", paramLabel = "F.csv", description = "Where paths go: series,path,time,step,value.")
    private @Nullable Path file;

    @Option(
            names = "--sums",
            paramLabel = "F.csv",
            description = "Where forecasts of sums over series go, with intervals from the paths.")
    private @Nullable Path sums;

    @Option(
            names = "--sum-by",
            split = ",",
            paramLabel = "COL",
            description = "A sum for each value of these columns, which name the series or are static (one of all).")
    private @Nullable List<String> by;

    @Option(names = "--path-seed", paramLabel = "N", description = "Seed of the paths (1).")
    private @Nullable Long seed;

    /** Refuses what would have no effect. */
    public void check(Range range) {
        boolean drawn = file != null || sums != null;
        range.effective("--paths", count == null || drawn, "without --paths-out or --sums");
        range.effective("--path-seed", seed == null || drawn, "without --paths-out or --sums");
        range.effective("--sum-by", by == null || sums != null, "without --sums");
        range.atLeast("--paths", 2, count);
    }

    /** Takes hold of the paths' file, or returns null where none was asked for. */
    @Nullable
    public AtomicFile open(Outputs outputs) throws IOException {
        return file == null ? null : outputs.open(file, PathTable.KIND);
    }

    /** Takes hold of the sums' file, or returns null where none was asked for. */
    @Nullable
    public AtomicFile openSums(Outputs outputs) throws IOException {
        return sums == null ? null : outputs.open(sums, ForecastTable.KIND);
    }

    /** Draws paths and writes what was asked for of them. */
    public void write(
            @Nullable AtomicFile paths,
            @Nullable AtomicFile sum,
            SeriesModel model,
            Table table,
            int horizon,
            double[] levels)
            throws IOException {
        if (paths == null && sum == null) {
            return;
        }
        List<Series> series = table.series();
        SamplePaths drawn =
                SamplePaths.of(model, series, horizon, count == null ? USUAL_PATHS : count, seed == null ? 1 : seed);
        if (paths != null) {
            paths.replace(to -> PathTable.write(to, table, drawn));
        }
        if (sum != null) {
            var forecasts = drawn.sums(series, by == null ? List.of() : by, levels);
            sum.replace(to -> ForecastTable.write(to, table, forecasts));
        }
    }
}
