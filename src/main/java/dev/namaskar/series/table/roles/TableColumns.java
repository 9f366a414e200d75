package dev.namaskar.series.table.roles;

import dev.namaskar.series.Note;
import dev.namaskar.series.TableException;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.cells.ColumnSurvey;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.text.Row;
import dev.namaskar.series.table.time.DateParts;
import dev.namaskar.series.table.time.TimeCells;
import dev.namaskar.series.table.time.TimeSearch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which column plays which part.
 *
 * @param names all columns' names
 * @param time the columns that make up the time
 * @param group the columns that name the series together
 * @param targets indices of the targets
 * @param known indices of the columns known ahead
 * @param observed indices of the columns observed only so far
 */
public record TableColumns(
        List<String> names,
        TimeCells time,
        List<Integer> group,
        List<Integer> targets,
        List<Integer> known,
        List<Integer> observed) {
    /** Columns that were named for a part; none can play two, and what is forecast is not known ahead. */
    public static Set<Integer> named(TableFormat format, List<String> names) {
        Set<Integer> taken = new HashSet<>();
        TableFormat.Roles roles = format.roles();
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("group", roles.group());
        parts.put("known", roles.known());
        parts.put("observed", roles.observed());
        parts.put("target", roles.targets());
        for (Map.Entry<String, List<String>> part : parts.entrySet()) {
            for (String column : part.getValue()) {
                if (!taken.add(place(names, column, part.getKey()))) {
                    throw new TableException(
                            "column \"" + column + "\" is given twice among `group`, `target`, `known` and `observed`");
                }
            }
        }
        Set<Integer> statics = new HashSet<>();
        for (String column : roles.statics()) {
            int place = place(names, column, "static");
            if (!statics.add(place)) {
                throw new TableException("column \"" + column + "\" is given twice in `static`");
            }
            if (taken.contains(place) && !places(names, roles.group(), "group").contains(place)) {
                throw new TableException("column \"" + column + "\" is static and has another part, too");
            }
        }
        return taken;
    }

    /** The columns of the time: as given, or as they are found. */
    public static TimeCells time(TableFormat format, List<String> names, List<Row> head, List<ColumnSurvey> surveys) {
        List<String> given = format.roles().time();
        TimeSearch search = new TimeSearch(names, head, surveys, given.isEmpty() ? named(format, names) : Set.of());
        return given.isEmpty() ? search.find() : search.given(places(names, given, "time"));
    }

    /** Every part. */
    public static TableColumns find(
            TableFormat format,
            List<String> names,
            TimeCells time,
            List<Integer> group,
            List<ColumnSurvey> surveys,
            Notes notes) {
        TableFormat.Roles roles = format.roles();
        List<Integer> known = places(names, roles.known(), "known");
        List<Integer> observed = places(names, roles.observed(), "observed");
        List<Integer> targets = places(names, roles.targets(), "target");
        if (targets.isEmpty()) {
            Set<Integer> taken = named(format, names);
            taken.addAll(time.columns());
            taken.addAll(group);
            taken.addAll(places(names, roles.statics(), "static"));
            targets = numeric(names, surveys, taken, time, notes);
        }
        if (targets.isEmpty()) {
            boolean units = surveys.stream().anyMatch(s -> s.example().matches("[-+]?[0-9][0-9.,]* ?[^0-9 ]{1,5}"));
            throw new TableException("no numeric column to forecast among " + quoted(names)
                    + ", whose first cells are "
                    + quoted(surveys.stream().map(ColumnSurvey::example).toList())
                    + (units ? "; leave units and letters out of the cells" : "; give `target`"));
        }
        distinct(names, targets);
        return new TableColumns(names, time, group, targets, known, observed);
    }

    /** Columns of values: not those that merely count, tell things apart or say parts of the date again. */
    private static List<Integer> numeric(
            List<String> names, List<ColumnSurvey> surveys, Set<Integer> taken, TimeCells time, Notes notes) {
        boolean timed = !time.isNone();
        List<Integer> values = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            ColumnSurvey survey = surveys.get(c);
            if (taken.contains(c) || !survey.isNumeric()) {
                continue;
            }
            String name = names.get(c);
            boolean first = c == 0 || ColumnNames.isIdName(name);
            boolean counts = (first && survey.isCounting())
                    || (!timed && survey.isRegular() && (c == 0 || ColumnNames.isTimeName(name)))
                    || (ColumnNames.isRowName(name) && survey.isCountingSoFar());
            if (!timed && !counts && survey.isMostlySteady()) {
                throw new TableException("column \"" + name + "\" ascends by the same step in most rows but not in all,"
                        + " as times do: give `time` " + name + " where it is the time, or `target` with the columns to"
                        + " forecast where it is not");
            }
            boolean tells = survey.isWhole() && ColumnNames.tells(name);
            boolean beside = (survey.isWhole() && ColumnNames.isRemark(name))
                    || (survey.isCountedTo(1) && ColumnNames.isFlag(name))
                    || (survey.isConstant() && ColumnNames.isPlace(name))
                    || (timed && survey.isEpoch());
            boolean weekday = survey.isWhole() && ColumnNames.isWeekday(name);
            // Beside Tuesdays, Mon is no month.
            boolean monday = name.equalsIgnoreCase("mon") && names.stream().anyMatch("tue"::equalsIgnoreCase);
            boolean repeats =
                    timed && survey.isWhole() && !monday && (DateParts.isPart(name) || ColumnNames.isTimeName(name));
            boolean nameless = survey.isConstant() && name.matches("#[0-9]+");
            boolean before = timed
                    && survey.isConstant()
                    && survey.isWhole()
                    && c < time.columns().get(0);
            boolean nothing = survey.nothing.isAll();
            (counts
                                    || tells
                                    || beside
                                    || nameless
                                    || before
                                    || nothing
                                    || repeats
                                    || weekday
                                    || (timed && survey.isFractionalYear())
                            ? others
                            : values)
                    .add(c);
        }
        if (values.isEmpty()) {
            return others.stream()
                    .filter(c -> !ColumnNames.isRowName(names.get(c)))
                    .toList();
        }
        if (!others.isEmpty()) {
            notes.add(
                    Note.Kind.COLUMNS,
                    "not taken for values, for they count, name, date or judge the rows, or say nothing: "
                            + named(names, others)
                            + " (`target` would)");
        }
        return values;
    }

    /** Two series of one name could not be told apart. */
    private static void distinct(List<String> names, List<Integer> targets) {
        Set<String> seen = new HashSet<>();
        for (int target : targets) {
            if (!seen.add(names.get(target))) {
                throw new TableException("two columns are called \"" + names.get(target)
                        + "\"; rename one, or name the columns to forecast with `target`");
            }
        }
    }

    /**
     * Where columns stand that are called so, or {@code #3} by their number.
     *
     * @param setting that names them, for the error
     * @throws TableException if there is no such column
     */
    public static List<Integer> places(List<String> names, List<String> columns, String setting) {
        return columns.stream().map(c -> place(names, c, setting)).toList();
    }

    private static int place(List<String> names, String column, String setting) {
        int found = names.indexOf(column);
        if (found < 0 && column.matches("#[0-9]{1,6}")) {
            int number = Integer.parseInt(column.substring(1));
            found = number >= 1 && number <= names.size() ? number - 1 : -1;
        }
        if (found < 0) {
            throw new TableException("no column \"" + column + "\" (`" + setting + "`); the table has " + quoted(names)
                    + "; columns can also be given by their place: #1 to #" + names.size());
        }
        return found;
    }

    static String quoted(List<String> names) {
        String shown = names.stream().limit(12).map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "no columns"
                : names.size() > 12 ? shown + " and " + (names.size() - 12) + " more" : shown;
    }

    /** The name of a cell for messages: {@code line 3, column 2 "price"}. */
    public String cell(long line, int column) {
        return "line " + line + ", column " + (column + 1) + " \"" + names.get(column) + "\"";
    }

    /** Columns by their names, for messages. */
    public static String named(List<String> names, List<Integer> columns) {
        return columns.stream().map(c -> "\"" + names.get(c) + "\"").collect(Collectors.joining(", "));
    }

    /** Columns by their names, for messages. */
    public String named(List<Integer> columns) {
        return named(names, columns);
    }

    /** Columns of numbers beside the targets: known, then observed. */
    public List<Integer> further() {
        List<Integer> further = new ArrayList<>(known);
        further.addAll(observed);
        return further;
    }

    /** The static columns that hold numbers and do not name the series. */
    public List<Integer> staticNumbers(TableFormat format, List<ColumnSurvey> surveys) {
        return places(names, format.roles().statics(), "static").stream()
                .filter(c -> surveys.get(c).isNumeric() && !group.contains(c))
                .toList();
    }

    /** With other targets. */
    public TableColumns targets(List<Integer> others) {
        return new TableColumns(names, time, group, others, known, observed);
    }

    /** The columns that play no part. */
    public List<Integer> others() {
        Set<Integer> parts = new HashSet<>(time.columns());
        List.of(group, targets, known, observed).forEach(parts::addAll);
        return IntStream.range(0, names.size())
                .filter(c -> !parts.contains(c))
                .boxed()
                .toList();
    }

    /** The last column any part needs. */
    public int last() {
        int last = -1;
        for (List<Integer> part : List.of(time.columns(), group, targets, known, observed)) {
            for (int column : part) {
                last = Math.max(last, column);
            }
        }
        return last;
    }
}
