package dev.namaskar.series.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.FileKind;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Table;
import dev.namaskar.series.interval.SamplePaths;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import org.apache.commons.csv.CSVPrinter;

/** Sample paths as CSV: {@code series,path,time,step,value}, a row a step; a path is one future of all series together. */
public final class PathTable {
    /** Known by its header. */
    public static final FileKind KIND = FileKind.beginning("a table of paths", "series,path,time,step,value\n");

    private PathTable() {}

    /** Writes all paths, series by series. */
    public static void write(OutputStream to, Table table, SamplePaths paths) throws IOException {
        CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(to, UTF_8), ForecastTable.FORMAT);
        csv.printRecord("series", "path", "time", "step", "value");
        for (int s = 0; s < paths.forecasts().size(); s++) {
            Forecast forecast = paths.forecasts().get(s);
            for (int p = 0; p < paths.values()[s].length; p++) {
                for (int h = 0; h < forecast.horizon(); h++) {
                    csv.printRecord(
                            forecast.series(), p + 1, table.text(forecast.times()[h]), h + 1, paths.values()[s][p][h]);
                }
            }
        }
        csv.flush();
    }
}
