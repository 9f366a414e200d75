package dev.namaskar.series.table;

import dev.namaskar.files.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a delimited text file is to be read. Columns are named by their header or, with {@code #2}, by their place
 * counted from one.
 *
 * @param layout the shape of the table
 * @param header whether the first row names the columns; {@link Header#AUTO}: when no cell of it is a number
 * @param delimiter the cell delimiter, or 0 to find it in the first line
 * @param decimalMark {@code '.'} or {@code ','}
 * @param timeFormat {@code auto}, {@code row}, {@code year} or a date pattern
 * @param time the time column; empty to find it
 * @param group the column that names the series of a long table; empty for none
 * @param targets the columns to forecast; empty for every numeric column left over
 * @param known columns known ahead of time
 * @param observed columns observed only up to the origin
 * @param frequency the step, or empty to find it
 * @param policies what to do with irregularities
 */
public record TableFormat(
        Layout layout,
        Header header,
        char delimiter,
        char decimalMark,
        String timeFormat,
        String time,
        String group,
        List<String> targets,
        List<String> known,
        List<String> observed,
        String frequency,
        Policies policies) {
    /** Everything found from the file itself, every irregularity an error. */
    public static final TableFormat AUTO = new TableFormat(
            Layout.AUTO,
            Header.AUTO,
            (char) 0,
            '.',
            "auto",
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            "",
            Policies.STRICT);

    /** The shape of a table. */
    public enum Layout {
        /** {@link #ROWS} when the header reads V1, V2, ...; else {@link #COLUMNS}. */
        AUTO,
        /** A row a time: long (with a group column) or wide (a column a series). */
        COLUMNS,
        /** A row a series, its name first, values of differing number after it (M4's files). */
        ROWS
    }

    /** Whether the first row names the columns. */
    public enum Header {
        /** When no cell of the first row is a number. */
        AUTO,
        /** It does. */
        YES,
        /** It does not: columns are {@code #1}, {@code #2}, ... */
        NO
    }

    /** Copies the lists and checks the marks. */
    public TableFormat {
        targets = List.copyOf(targets);
        known = List.copyOf(known);
        observed = List.copyOf(observed);
        if (decimalMark != '.' && decimalMark != ',') {
            throw new IllegalArgumentException("expected the decimal mark '.' or ',', found '" + decimalMark + "'");
        }
        if (delimiter == decimalMark && decimalMark == ',') {
            throw new IllegalArgumentException(
                    "the comma cannot be both delimiter and decimal mark; give another --delimiter");
        }
    }

    /** With another layout. */
    public TableFormat layout(Layout value) {
        return with(draft -> draft.layout = value);
    }

    /** With a given header row. */
    public TableFormat header(Header value) {
        return with(draft -> draft.header = value);
    }

    /** With given delimiter and decimal mark. */
    public TableFormat marks(char cellDelimiter, char decimal) {
        return with(draft -> {
            draft.delimiter = cellDelimiter;
            draft.decimalMark = decimal;
        });
    }

    /** With a given time column. */
    public TableFormat time(String column, String format) {
        return with(draft -> {
            draft.time = column;
            draft.timeFormat = format;
        });
    }

    /** With a group column. */
    public TableFormat group(String column) {
        return with(draft -> draft.group = column);
    }

    /** With given target columns. */
    public TableFormat targets(List<String> columns) {
        return with(draft -> draft.targets = columns);
    }

    /** With columns that accompany the targets. */
    public TableFormat covariates(List<String> knownAhead, List<String> observedOnly) {
        return with(draft -> {
            draft.known = knownAhead;
            draft.observed = observedOnly;
        });
    }

    /** With a given step. */
    public TableFormat frequency(String name) {
        return with(draft -> draft.frequency = name);
    }

    /** With other policies. */
    public TableFormat policies(Policies value) {
        return with(draft -> draft.policies = value);
    }

    private TableFormat with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.format();
    }

    /** All settings, open to change. */
    private static final class Draft {
        private Layout layout;
        private Header header;
        private char delimiter;
        private char decimalMark;
        private String timeFormat;
        private String time;
        private String group;
        private List<String> targets;
        private List<String> known;
        private List<String> observed;
        private String frequency;
        private Policies policies;

        Draft(TableFormat format) {
            layout = format.layout;
            header = format.header;
            delimiter = format.delimiter;
            decimalMark = format.decimalMark;
            timeFormat = format.timeFormat;
            time = format.time;
            group = format.group;
            targets = format.targets;
            known = format.known;
            observed = format.observed;
            frequency = format.frequency;
            policies = format.policies;
        }

        TableFormat format() {
            return new TableFormat(
                    layout,
                    header,
                    delimiter,
                    decimalMark,
                    timeFormat,
                    time,
                    group,
                    targets,
                    known,
                    observed,
                    frequency,
                    policies);
        }
    }

    /** All settings as maps, lists and texts, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("layout", lower(layout));
        map.put("header", lower(header));
        map.put("delimiter", delimiter == 0 ? "" : String.valueOf(delimiter));
        map.put("decimal_mark", String.valueOf(decimalMark));
        map.put("time_format", timeFormat);
        map.put("time", time);
        map.put("group", group);
        map.put("targets", targets);
        map.put("known", known);
        map.put("observed", observed);
        map.put("frequency", frequency);
        map.put("duplicates", lower(policies.duplicates()));
        map.put("disorder", lower(policies.disorder()));
        map.put("gaps", lower(policies.gaps()));
        map.put("blanks", lower(policies.blanks()));
        map.put("non_numeric", lower(policies.nonNumeric()));
        return map;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads back what {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    public static TableFormat fromMap(Map<String, ?> map) {
        Fields fields = new Fields(map, "table format");
        String delimiter = fields.text("delimiter");
        return new TableFormat(
                Policies.named(Layout.class, fields.text("layout")),
                Policies.named(Header.class, fields.text("header")),
                delimiter.isEmpty() ? 0 : delimiter.charAt(0),
                (fields.text("decimal_mark") + ".").charAt(0),
                fields.text("time_format"),
                fields.text("time"),
                fields.text("group"),
                fields.texts("targets"),
                fields.texts("known"),
                fields.texts("observed"),
                fields.text("frequency"),
                new Policies(
                        Policies.named(Policies.Duplicates.class, fields.text("duplicates")),
                        Policies.named(Policies.Disorder.class, fields.text("disorder")),
                        Policies.named(Policies.Gaps.class, fields.text("gaps")),
                        Policies.named(Policies.Blanks.class, fields.text("blanks")),
                        Policies.named(Policies.NonNumeric.class, fields.text("non_numeric"))));
    }
}
