package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which column plays which part.
 *
 * @param names all columns' names
 * @param time index of the time column, or -1 when rows are simply numbered
 * @param group index of the group column, or -1
 * @param targets indices of the targets
 * @param known indices of the columns known ahead
 * @param observed indices of the columns observed only so far
 * @param name index of a column of words that plays no part and may name the series, or -1
 */
record TableColumns(List<String> names, int time, int group, int[] targets, int[] known, int[] observed, int name) {
    private static final Set<String> TIME_NAMES = Set.of(
            "time",
            "date",
            "datetime",
            "date_time",
            "timestamp",
            "ds",
            "ts",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "period",
            "hour");
    private static final Set<String> ROW_NAMES = Set.of("", "rownames", "row", "rowid", "index", "unnamed: 0");

    /** Finds the columns by the format and, where it leaves them open, by the header and the first rows of data. */
    static TableColumns find(TableFormat format, List<String> names, List<List<String>> sample) {
        List<String> cells = typical(format, names.size(), sample);
        int group = format.group().isEmpty() ? -1 : place(names, format.group(), "--group");
        int[] known = places(names, format.known(), "--known");
        int[] observed = places(names, format.observed(), "--observed");
        int[] given = places(names, format.targets(), "--target");
        Set<Integer> taken = taken(names, group, given, known, observed);
        int time =
                format.time().isEmpty() ? findTime(format, names, cells, taken) : place(names, format.time(), "--time");
        taken.add(time);
        int[] targets = given.length > 0 ? given : numeric(format, names, cells, taken);
        if (targets.length == 0) {
            throw noTarget(format, names, cells);
        }
        distinct(names, targets);
        return new TableColumns(names, time, group, targets, known, observed, words(format, names, cells, taken));
    }

    /** A cell for each column: a number where most that are not blank are one, else the first that is not blank. */
    private static List<String> typical(TableFormat format, int columns, List<List<String>> sample) {
        List<String> cells = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            int column = c;
            List<String> filled = sample.stream()
                    .filter(row -> column < row.size() && !TableReader.isBlank(row.get(column)))
                    .map(row -> row.get(column))
                    .toList();
            List<String> numbers = filled.stream()
                    .filter(cell -> !Double.isNaN(Numbers.parse(cell, format.decimalMark())))
                    .toList();
            boolean numeric = !numbers.isEmpty() && 2 * numbers.size() >= filled.size();
            cells.add(numeric ? numbers.get(0) : filled.isEmpty() ? "" : filled.get(0));
        }
        return cells;
    }

    /** Columns that play a part; none can play two, and what is foretold is not known ahead. */
    private static Set<Integer> taken(List<String> names, int group, int[]... parts) {
        Set<Integer> taken = new HashSet<>(List.of(group));
        for (int[] part : parts) {
            for (int column : part) {
                if (!taken.add(column)) {
                    throw new TableException("column \"" + names.get(column)
                            + "\" is given twice among --group, --target, --known and --observed");
                }
            }
        }
        return taken;
    }

    /** Two series of one name could not be told apart. */
    private static void distinct(List<String> names, int[] targets) {
        Set<String> seen = new HashSet<>();
        for (int target : targets) {
            if (!seen.add(names.get(target))) {
                throw new TableException("two columns are called \"" + names.get(target)
                        + "\"; rename one, or name the columns to forecast with --target");
            }
        }
    }

    private static TableException noTarget(TableFormat format, List<String> names, List<String> cells) {
        boolean commas =
                format.decimalMark() == '.' && cells.stream().anyMatch(cell -> cell.matches("-?[0-9]+,[0-9]+"));
        return new TableException("no numeric column to forecast among " + quoted(names) + ", whose first cells are "
                + quoted(cells) + "; give --target" + (commas ? ", or --decimal , for decimal commas" : ""));
    }

    private static int words(TableFormat format, List<String> names, List<String> cells, Set<Integer> taken) {
        for (int i = 0; i < Math.min(names.size(), cells.size()); i++) {
            boolean word = !cells.get(i).isEmpty() && Double.isNaN(Numbers.parse(cells.get(i), format.decimalMark()));
            if (word && !taken.contains(i)) {
                return i;
            }
        }
        return -1;
    }

    /** A row number is a poorer time than a date: the column called time wins, then the first date, then the rows. */
    private static int findTime(TableFormat format, List<String> names, List<String> cells, Set<Integer> taken) {
        for (int i = 0; i < names.size(); i++) {
            if (!taken.contains(i) && TIME_NAMES.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        for (int i = 0; i < Math.min(names.size(), cells.size()); i++) {
            TimeParser parser = new TimeParser(format.timeFormat());
            boolean number = !Double.isNaN(Numbers.parse(cells.get(i), '.'));
            boolean isTime = !number && !Double.isNaN(parser.parse(cells.get(i)));
            if (!taken.contains(i) && isTime && parser.kind() == TimeParser.Kind.CLOCK) {
                return i;
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (!taken.contains(i) && ROW_NAMES.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    private static int[] numeric(TableFormat format, List<String> names, List<String> cells, Set<Integer> taken) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), cells.size()); i++) {
            boolean number = cells.get(i).isEmpty() || !Double.isNaN(Numbers.parse(cells.get(i), format.decimalMark()));
            if (number && !taken.contains(i) && !ROW_NAMES.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(i -> i).toArray();
    }

    private static int[] places(List<String> names, List<String> columns, String option) {
        return columns.stream().mapToInt(c -> place(names, c, option)).toArray();
    }

    private static int place(List<String> names, String column, String option) {
        int found = names.indexOf(column);
        if (found < 0 && column.matches("#[0-9]{1,6}")) {
            int number = Integer.parseInt(column.substring(1));
            found = number >= 1 && number <= names.size() ? number - 1 : -1;
        }
        if (found < 0) {
            throw new TableException("no column \"" + column + "\" (" + option + "); the table has " + quoted(names)
                    + "; columns can also be given by their place: #1 to #" + names.size());
        }
        return found;
    }

    private static String quoted(List<String> names) {
        String shown = names.stream()
                .limit(12)
                .map(n -> "\"" + n + "\"")
                .reduce((a, b) -> a + ", " + b)
                .orElse("no columns");
        return names.size() > 12 ? shown + " and " + (names.size() - 12) + " more" : shown;
    }

    /** The name of a cell for messages: {@code line 3, column 2 "price"}. */
    String cell(long line, int column) {
        return "line " + line + ", column " + (column + 1) + " \"" + names.get(column) + "\"";
    }

    /** The last column any part needs. */
    int last() {
        int last = Math.max(time, group);
        for (int[] columns : List.of(targets, known, observed)) {
            last = Math.max(last, Arrays.stream(columns).max().orElse(-1));
        }
        return last;
    }
}
