package dev.namaskar.series.table.layout;

import dev.namaskar.series.Note;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeShape;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.NothingMark;
import dev.namaskar.series.table.rows.Problems;
import dev.namaskar.series.table.rows.SeriesGrid;
import dev.namaskar.series.table.rows.SeriesRows;
import dev.namaskar.series.table.rows.TableAssembly;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.TableText;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .tsf} format of the Monash archive: attributes and the step in a heading, then a series a line with its
 * attributes before the values, all divided by colons.
 */
public final class TsfTable {
    private static final int LOOKED_AT = 60;

    private TsfTable() {}

    /** Whether a text is one: {@code @} stands before the first line that is neither blank nor a remark. */
    public static boolean isOne(TableText text) throws IOException {
        try (BufferedReader reader = text.open()) {
            for (int i = 0; i < LOOKED_AT; i++) {
                String line = reader.readLine();
                if (line == null) {
                    return false;
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    return line.toLowerCase(Locale.ROOT)
                            .matches("@(relation|attribute|frequency|horizon|missing|equallength|data).*");
                }
            }
            return false;
        }
    }

    private static final class Heading {
        final List<String> attributes = new ArrayList<>();
        int start = -1;

        @Nullable
        Frequency step;

        long lines;

        boolean isTimed() {
            return start >= 0 && step != null && step.isClock();
        }

        Frequency frequency() {
            Frequency known = step == null ? new Frequency(Frequency.Unit.ROW, 1) : step;
            return isTimed() || !known.isClock() ? known : known.counted();
        }
    }

    /** The series of a text, whose notes are added to those that there are. */
    public static Table read(TableText text, TableFormat format, Notes notes) throws IOException {
        Problems problems = new Problems(format.policies());
        List<SeriesRows> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Heading heading = new Heading();
        try (BufferedReader reader = text.open()) {
            heading(reader, heading);
            if (!format.frequency().isEmpty()) {
                heading.step = Frequency.parse(format.frequency());
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heading.lines++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    SeriesRows one = rows(line.strip(), heading, problems);
                    if (!ids.add(one.id())) {
                        throw new TableException("line " + heading.lines + ": a series \"" + one.id()
                                + "\" stood there before; give every series a name of its own");
                    }
                    rows.add(one);
                }
            }
        }
        NothingMark.sweep(rows.stream().map(one -> one.column(0)).toList(), notes);
        List<Series> series = new ArrayList<>();
        SeriesGrid grid = new SeriesGrid(heading.frequency(), format.policies(), problems, new String[] {"values"}, 0);
        for (SeriesRows each : rows) {
            Series one = grid.series(
                    each, Arrays.stream(each.times()).mapToLong(t -> (long) t).toArray());
            if (one.length() > 0) {
                series.add(one);
            } else {
                notes.add(Note.Kind.SERIES, "series \"" + one.id() + "\" has no values and is left out");
            }
        }
        problems.check();
        if (series.isEmpty()) {
            throw new TableException("no series behind @data");
        }
        boolean timed = heading.isTimed();
        Frequency frequency = heading.frequency();
        notes.add(Note.Kind.SERIES, series.size() + " series of a tsf file, step " + frequency.name());
        TableAssembly.describe(grid.missing(), notes);
        return new Table(series, frequency, timed, timed, List.of(), List.of(), notes.all(), format);
    }

    private static void heading(BufferedReader reader, Heading heading) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            heading.lines++;
            String[] words = line.strip().split("\\s+", 3);
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "@attribute" -> {
                    if (words.length > 2 && words[2].strip().equalsIgnoreCase("date")) {
                        heading.start = heading.attributes.size();
                    }
                    heading.attributes.add(words.length > 1 ? words[1] : "");
                }
                case "@frequency" -> heading.step = words.length > 1 ? step(words[1]) : null;
                case "@data" -> {
                    return;
                }
                default -> {
                    // relation, horizon, missing and equallength say nothing that the data do not
                }
            }
        }
        throw new TableException("expected a line @data, found none");
    }

    private static Frequency step(String word) {
        Frequency named = TableInfo.step(word);
        String bare = word.toLowerCase(Locale.ROOT).replace("_", "");
        if (named != null) {
            return named;
        }
        try {
            return switch (bare) {
                case "halfhourly" -> Frequency.parse("30min");
                case "minutely" -> Frequency.parse("minute");
                default ->
                    Frequency.parse(bare.replace("minutes", "min")
                            .replace("seconds", "s")
                            .replace("minute", "min"));
            };
        } catch (IllegalArgumentException e) {
            throw new TableException("the frequency '" + word + "' is not known; give `frequency`", e);
        }
    }

    private static SeriesRows rows(String line, Heading heading, Problems problems) {
        String[] parts = line.split(":", -1);
        if (parts.length != heading.attributes.size() + 1) {
            throw new TableException("line " + heading.lines + ": expected " + heading.attributes.size()
                    + " attributes and the values, found " + (parts.length - 1) + " colons");
        }
        String id = parts.length == 1 ? "line " + heading.lines : parts[0];
        String[] cells = parts[parts.length - 1].split(",", -1);
        Frequency frequency = heading.frequency();
        long start = heading.isTimed() ? start(parts[heading.start], heading) : 1;
        SeriesRows rows = new SeriesRows(id, 1);
        for (int i = 0; i < cells.length; i++) {
            double value = NumberNotation.POINT.parse(cells[i].strip());
            if (Double.isNaN(value) && !NumberNotation.isBlank(cells[i].strip())) {
                problems.add(
                        Problems.Kind.NOT_A_NUMBER,
                        "line " + heading.lines + ", value " + (i + 1) + ": '" + cells[i] + "'");
                value = 0;
            }
            rows.add((double) frequency.plus(start, i), (int) heading.lines);
            rows.set(0, value);
        }
        rows.trim();
        return rows;
    }

    private static long start(String cell, Heading heading) {
        String time = cell.strip()
                .replaceFirst("^([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2})-([0-9]{2})-([0-9]{2})$", "$1 $2:$3:$4");
        TimeShape.Written written = TimeShape.YEAR_FIRST.parse(time);
        if (written == null) {
            throw new TableException(
                    "line " + heading.lines + ": '" + cell + "' is no start such as 1990-01-31 00-00-00");
        }
        return Frequency.millis(written.local());
    }
}
