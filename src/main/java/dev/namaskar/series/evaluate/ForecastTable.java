package dev.namaskar.series.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.files.FileKind;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Forecasts as CSV: a row a series and step, intervals as {@code lo_80,hi_80}, outermost last. */
public final class ForecastTable {
    /** Forecasts of a model or of a back-test, by their header. */
    public static final FileKind KIND =
            FileKind.beginning("a table of forecasts", "(?:fold,)?series,time,step,forecast[,\n]");

    static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private ForecastTable() {}

    /** Writes {@code series,time,step,forecast,lo_..,hi_..}. */
    public static void write(OutputStream to, Table table, List<Forecast> forecasts) throws IOException {
        write(new OutputStreamWriter(to, UTF_8), table, forecasts);
    }

    /** Writes {@code series,time,step,forecast,lo_..,hi_..}. */
    public static void write(Writer to, Table table, List<Forecast> forecasts) throws IOException {
        CSVPrinter csv = new CSVPrinter(to, FORMAT);
        List<Object> header = new ArrayList<>(List.of("series", "time", "step", "forecast"));
        if (!forecasts.isEmpty()) {
            addIntervalNames(header, forecasts.get(0).levels());
        }
        csv.printRecord(header);
        for (Forecast forecast : forecasts) {
            for (int h = 0; h < forecast.horizon(); h++) {
                csv.printRecord(row(forecast, h, table));
            }
        }
        csv.flush();
    }

    /** The same for programs: {@code series}, and {@code time}, {@code forecast}, {@code lo_80}, {@code hi_80} as lists of the steps. */
    public static Map<String, Object> toMap(Table table, Forecast forecast) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("series", forecast.series());
        map.put("time", Arrays.stream(forecast.times()).mapToObj(table::text).toList());
        map.put("forecast", numbers(forecast.point()));
        for (int l = 0; l < forecast.levels().length; l++) {
            String percent = Levels.percent(forecast.levels()[l]);
            map.put("lo_" + percent, numbers(forecast.lower()[l]));
            map.put("hi_" + percent, numbers(forecast.upper()[l]));
        }
        return map;
    }

    /** JSON has no not-a-number. */
    private static List<@Nullable Double> numbers(double[] values) {
        List<@Nullable Double> numbers = new ArrayList<>();
        for (double value : values) {
            numbers.add(Double.isNaN(value) ? null : value);
        }
        return numbers;
    }

    /** Writes {@code fold,series,time,step,forecast,lo_..,hi_..,actual} for the model under test. */
    public static void write(OutputStream to, Table table, BacktestReport report) throws IOException {
        CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(to, UTF_8), FORMAT);
        List<Object> header = new ArrayList<>(List.of("fold", "series", "time", "step", "forecast"));
        addIntervalNames(header, report.setting().levels());
        header.add("actual");
        csv.printRecord(header);
        for (BacktestReport.Result result : report.results()) {
            if (!result.model().equals(report.models().get(0))) {
                continue;
            }
            Forecast forecast = result.outcome().forecast();
            for (int h = 0; h < forecast.horizon(); h++) {
                List<Object> row = new ArrayList<>(List.of(result.fold()));
                row.addAll(row(forecast, h, table));
                row.add(result.outcome().actual()[h]);
                csv.printRecord(row);
            }
        }
        csv.flush();
    }

    private static void addIntervalNames(List<Object> header, double[] levels) {
        for (double level : levels) {
            header.add("lo_" + Levels.percent(level));
            header.add("hi_" + Levels.percent(level));
        }
    }

    private static List<Object> row(Forecast forecast, int h, Table table) {
        List<Object> row = new ArrayList<>(
                List.of(forecast.series(), table.text(forecast.times()[h]), h + 1, forecast.point()[h]));
        for (int l = 0; l < forecast.levels().length; l++) {
            row.add(cell(forecast.lower()[l][h]));
            row.add(cell(forecast.upper()[l][h]));
        }
        return row;
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? "" : value;
    }
}
