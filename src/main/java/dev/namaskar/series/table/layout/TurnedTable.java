package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.Table;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.heading.HeadingRun;
import dev.namaskar.series.table.heading.TableBody;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.text.TableText;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A row a month or quarter and a column a year: a calendar that is read with its rows and columns exchanged. */
public final class TurnedTable {
    private final TableBody body;
    private final TableFormat format;

    /** Prepares the reading. */
    public TurnedTable(TableBody body, TableFormat format) {
        this.body = body;
        this.format = format;
    }

    /** The table as text, a row a year. */
    public TableText text() throws IOException {
        List<String> names = body.heading().names();
        HeadingRun years = Objects.requireNonNull(HeadingRun.find(names));
        List<Row> rows = new ArrayList<>();
        body.rows(Long.MAX_VALUE, row -> {
            if (!row.isEmpty()) {
                rows.add(row);
            }
        });
        StringWriter text = new StringWriter();
        CSVFormat csv =
                CSVFormat.DEFAULT.builder().setDelimiter(body.delimiter()).get();
        try (CSVPrinter printer = new CSVPrinter(text, csv)) {
            List<String> line = new ArrayList<>(List.of("year"));
            rows.forEach(row -> line.add(month(row.cell(years.from() - 1))));
            printer.printRecord(line);
            for (int c = years.from(); c < years.to(); c++) {
                int column = c;
                line.clear();
                line.add(Long.toString(years.time(names.get(c))));
                rows.forEach(row -> line.add(row.cell(column)));
                printer.printRecord(line);
            }
        }
        return TableText.of(new StringReader(text.toString()), body.text().name());
    }

    /** How {@link #text} is to be read. */
    public TableFormat format() {
        return format.skip(0).marks(body.delimiter(), format.text().decimalMark());
    }

    /** What was read from {@link #text}, with what has to be said of it. */
    public Table table(Table calendar) {
        List<Note> remarks = new ArrayList<>(calendar.remarks());
        remarks.add(
                0,
                new Note(
                        Note.Kind.LAYOUT,
                        "a row a month and a column a year: rows and columns are exchanged (`layout` rows to say"
                                + " otherwise)"));
        return new Table(
                calendar.series(),
                calendar.frequency(),
                calendar.aligned(),
                calendar.timed(),
                calendar.known(),
                calendar.observed(),
                remarks,
                format.marks(format.text().delimiter(), calendar.format().text().decimalMark()));
    }

    /** A month's name, where it is called by its number. */
    private static String month(String cell) {
        return cell.matches("0?[1-9]|1[0-2]")
                ? Month.of(Integer.parseInt(cell)).getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                : cell;
    }
}
