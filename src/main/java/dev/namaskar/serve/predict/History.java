package dev.namaskar.serve.predict;

import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Histories that come with a request. */
final class History {
    private static final int MOST_SERIES = 10_000;

    private History() {}

    /**
     * Reads {@code table}, the text of a table as the model was trained on, or {@code series}, a list of objects with
     * {@code values} (null for one that is missing), {@code id} and, where the model reads dates, {@code times}.
     *
     * @throws Refusal if it is neither, or not of the model's step
     */
    static Table read(Fields fields, SeriesModel model) throws IOException {
        boolean asTable = fields.value("table") != null;
        if (asTable == (fields.value("series") != null)) {
            throw Refusal.wrong("missing_field", "table", "expected a history, either as `table` or as `series`");
        }
        try {
            Table table = asTable
                    ? TableReader.read(
                            new StringReader(fields.text("table")),
                            "table",
                            model.source().format())
                    : ofSeries(fields.objects("series", MOST_SERIES), model);
            Frequency step = model.source().frequency();
            if (!table.frequency().equals(step)) {
                throw new TableException(
                        "the model was trained on steps of " + step + ", found steps of " + table.frequency());
            }
            return table;
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong(
                    "invalid_input", asTable ? "table" : "series", Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** Lays the numbers out as the table that people would write, so that one reader knows times and what is missing. */
    private static Table ofSeries(List<Fields> series, SeriesModel model) throws IOException {
        Frequency step = model.source().frequency();
        StringBuilder text = new StringBuilder();
        CSVPrinter csv = new CSVPrinter(text, CSVFormat.DEFAULT);
        csv.printRecord("series", "time", "value");
        for (int i = 0; i < series.size(); i++) {
            Fields one = series.get(i);
            String id = one.text("id", series.size() == 1 ? "series" : "series " + (i + 1));
            List<?> values = list(one, "values");
            List<?> times = one.value("times") == null ? rows(one, step, values.size()) : list(one, "times");
            one.noOthers();
            if (times.size() != values.size()) {
                throw one.wrong("times", "one for each of " + values.size() + " values", times.size());
            }
            for (int t = 0; t < values.size(); t++) {
                Object value = values.get(t);
                if (value != null && !(value instanceof Number)) {
                    throw one.wrong("values", "numbers, or null for one that is missing", value);
                }
                csv.printRecord(id, times.get(t), value == null ? "" : value);
            }
        }
        TableFormat format =
                TableFormat.AUTO.group("series").time("time", "auto").targets(List.of("value"));
        return TableReader.read(
                new StringReader(text.toString()),
                "series",
                step.unit() == Frequency.Unit.ROW ? format.time("time", "row") : format.frequency(step.name()));
    }

    private static List<?> list(Fields fields, String name) {
        Object value = fields.required(name);
        if (value instanceof List<?> list && !list.isEmpty()) {
            return list;
        }
        throw fields.wrong(name, "a list that is not empty", value);
    }

    private static List<Integer> rows(Fields one, Frequency step, int count) {
        if (step.unit() != Frequency.Unit.ROW) {
            throw one.wrong("times", "times, since the model was trained on steps of " + step, null);
        }
        List<Integer> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(i);
        }
        return rows;
    }
}
