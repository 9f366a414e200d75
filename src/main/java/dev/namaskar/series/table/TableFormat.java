package dev.namaskar.series.table;

import dev.namaskar.params.RecordCodec;
import dev.namaskar.series.notation.TableZone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a table is to be read. What is left open is found from the table itself. Columns are named by their header or,
 * with {@code #2}, by their place counted from one.
 *
 * @param layout the shape of the table
 * @param text how its cells are written
 * @param roles which column plays which part
 * @param times how times are written and what step lies between them
 * @param policies what to do with irregularities
 */
public record TableFormat(
        Layout layout,
        @RecordCodec.Unwrapped Text text,
        @RecordCodec.Unwrapped Roles roles,
        @RecordCodec.Unwrapped Times times,
        @RecordCodec.Unwrapped Policies policies) {
    /** A mark that is to be found is no text. */
    private static final RecordCodec CODEC =
            RecordCodec.PLAIN.with(Character.class, mark -> mark == 0 ? "" : String.valueOf(mark), TableFormat::mark);

    /** Everything found from the table itself; blanks are missing values, every other irregularity an error. */
    public static final TableFormat AUTO = new TableFormat(
            Layout.AUTO,
            new Text((char) 0, (char) 0, Header.AUTO, 0),
            new Roles(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
            new Times("auto", "", ""),
            Policies.USUAL);

    /** The shape of a table. */
    public enum Layout {
        /** Found from the header and the first rows. */
        AUTO,
        /** A row a time: long (with a column that names the series) or wide (a column a series). */
        COLUMNS,
        /** A row a series, its name first, values of differing number after it (M4's files), or a column a time. */
        ROWS
    }

    /** Whether the first row names the columns. */
    public enum Header {
        /** Found from the kinds of cells above each other. */
        AUTO,
        /** It does. */
        YES,
        /** It does not: columns are {@code #1}, {@code #2}, ... */
        NO
    }

    /**
     * How cells are written.
     *
     * @param delimiter the mark between cells, or 0 to find it
     * @param decimalMark {@code '.'}, {@code ','} or 0 to find it
     * @param header whether a row names the columns
     * @param skip lines at the beginning that are no part of the table
     */
    public record Text(char delimiter, char decimalMark, Header header, int skip) {
        /** Checks the marks. */
        public Text {
            if (decimalMark != '.' && decimalMark != ',' && decimalMark != 0) {
                throw new IllegalArgumentException("expected the decimal mark '.' or ',', found '" + decimalMark + "'");
            }
            if (delimiter == decimalMark && decimalMark == ',') {
                throw new IllegalArgumentException(
                        "the comma cannot be both delimiter and decimal mark; give another `delimiter`");
            }
            if (skip < 0) {
                throw new IllegalArgumentException("expected to skip 0 lines or more, found " + skip);
            }
        }
    }

    /**
     * Which column plays which part.
     *
     * @param time the time column, or several that make a time together, such as date and clock; empty to find it
     * @param group the columns that name the series together; empty to find them
     * @param targets the columns to forecast; empty for every column of values left over
     * @param known columns known ahead of time
     * @param observed columns observed only up to the origin
     * @param statics columns that say one thing of a whole series: its category, its size
     */
    public record Roles(
            List<String> time,
            List<String> group,
            List<String> targets,
            List<String> known,
            List<String> observed,
            List<String> statics) {
        /** Copies the lists. */
        public Roles {
            time = List.copyOf(time);
            group = List.copyOf(group);
            targets = List.copyOf(targets);
            known = List.copyOf(known);
            observed = List.copyOf(observed);
            statics = List.copyOf(statics);
        }
    }

    /**
     * How times are written.
     *
     * @param format {@code auto}, {@code row}, {@code year}, {@code day-first}, {@code month-first} or a date pattern
     * @param frequency the step, or empty to find it
     * @param zone the zone of the clock that times are kept in, or empty for the table's own
     */
    public record Times(@RecordCodec.Key("time_format") String format, String frequency, String zone) {
        /** Checks the zone. */
        public Times {
            zone = new TableZone(zone).name();
        }
    }

    /** With another layout. */
    public TableFormat layout(Layout value) {
        return new TableFormat(value, text, roles, times, policies);
    }

    /** With cells written in a given way. */
    public TableFormat text(Text value) {
        return new TableFormat(layout, value, roles, times, policies);
    }

    /** With a given header row. */
    public TableFormat header(Header value) {
        return text(new Text(text.delimiter, text.decimalMark, value, text.skip));
    }

    /** With given delimiter and decimal mark, 0 for one to be found. */
    public TableFormat marks(char delimiter, char decimalMark) {
        return text(new Text(delimiter, decimalMark, text.header, text.skip));
    }

    /** With lines at the beginning that are no part of the table. */
    public TableFormat skip(int lines) {
        return text(new Text(text.delimiter, text.decimalMark, text.header, lines));
    }

    /** With columns in given parts. */
    public TableFormat roles(Roles value) {
        return new TableFormat(layout, text, value, times, policies);
    }

    /** With a given time column. */
    public TableFormat time(String column, String format) {
        return roles(new Roles(List.of(column), roles.group, roles.targets, roles.known, roles.observed, roles.statics))
                .times(new Times(format, times.frequency, times.zone));
    }

    /** With columns that name the series together. */
    public TableFormat group(String... columns) {
        return roles(
                new Roles(roles.time, List.of(columns), roles.targets, roles.known, roles.observed, roles.statics));
    }

    /** With given target columns. */
    public TableFormat targets(List<String> columns) {
        return roles(new Roles(roles.time, roles.group, columns, roles.known, roles.observed, roles.statics));
    }

    /** With columns that accompany the targets. */
    public TableFormat covariates(List<String> knownAhead, List<String> observedOnly) {
        return roles(new Roles(roles.time, roles.group, roles.targets, knownAhead, observedOnly, roles.statics));
    }

    /** With columns that say one thing of a whole series. */
    public TableFormat statics(String... columns) {
        return roles(new Roles(roles.time, roles.group, roles.targets, roles.known, roles.observed, List.of(columns)));
    }

    /** With times written in a given way. */
    public TableFormat times(Times value) {
        return new TableFormat(layout, text, roles, value, policies);
    }

    /** With a given step. */
    public TableFormat frequency(String name) {
        return times(new Times(times.format, name, times.zone));
    }

    /** With times kept as the clock of a zone shows them. */
    public TableFormat zone(String name) {
        return times(new Times(times.format, times.frequency, name));
    }

    /** With other policies. */
    public TableFormat policies(Policies value) {
        return new TableFormat(layout, text, roles, times, value);
    }

    /** Columns known ahead of time. */
    public List<String> known() {
        return roles.known;
    }

    /** Columns observed only up to the origin. */
    public List<String> observed() {
        return roles.observed;
    }

    /** The step, or empty to find it. */
    public String frequency() {
        return times.frequency;
    }

    /** All settings as maps, lists and texts, for JSON. */
    public Map<String, Object> toMap() {
        return CODEC.write(this);
    }

    /**
     * Reads back what {@link #toMap} wrote, or an earlier version that knew one time and one group column.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    public static TableFormat fromMap(Map<String, ?> map) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(map);
        whole.putIfAbsent("skip", 0);
        whole.putIfAbsent("zone", "");
        whole.putIfAbsent("statics", List.of());
        for (String key : List.of("time", "group")) {
            if (whole.get(key) instanceof String one) {
                whole.put(key, one.isEmpty() ? List.of() : List.of(one));
            }
        }
        return CODEC.read("table format", TableFormat.class, whole);
    }

    private static char mark(Object text) {
        String mark = String.valueOf(text);
        return mark.isEmpty() ? 0 : mark.charAt(0);
    }
}
