package dev.namaskar.series.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.FileKind;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import org.apache.commons.csv.CSVPrinter;

/** Scored values as CSV: {@code series,time,step,actual,forecast,lo_95,hi_95,score,p_value,q_value,anomaly}, a row each. */
public final class AnomalyTable {
    /** Known by its header. */
    public static final FileKind KIND =
            FileKind.beginning("a table of scores", "series,time,step,actual,forecast,lo_[0-9.]+,hi_[0-9.]+,score,");

    private AnomalyTable() {}

    /** Writes all scored values; {@code anomaly} is 1 for those that were not expected, and 0. */
    public static void write(OutputStream to, Table table, Anomalies anomalies) throws IOException {
        CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(to, UTF_8), ForecastTable.FORMAT);
        String percent = Levels.percent(anomalies.level());
        csv.printRecord(
                "series",
                "time",
                "step",
                "actual",
                "forecast",
                "lo_" + percent,
                "hi_" + percent,
                "score",
                "p_value",
                "q_value",
                "anomaly");
        for (ScoredValue value : anomalies.scored()) {
            csv.printRecord(
                    value.series(),
                    table.text(value.time()),
                    anomalies.step(),
                    value.actual(),
                    value.forecast(),
                    value.lower(),
                    value.upper(),
                    value.score(),
                    value.pValue(),
                    value.qValue(),
                    value.anomaly() ? 1 : 0);
        }
        csv.flush();
    }
}
