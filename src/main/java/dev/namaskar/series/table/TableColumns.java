package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeShape;
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
record TableColumns(
        List<String> names,
        TimeCells time,
        List<Integer> group,
        List<Integer> targets,
        List<Integer> known,
        List<Integer> observed) {
    /** So many different numbers that are days are no chance. */
    private static final int FEWEST_DAYS = 5;

    /** Columns that were named for a part; none can play two, and what is forecast is not known ahead. */
    static Set<Integer> named(TableFormat format, List<String> names) {
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
        for (String column : roles.statics()) {
            int place = place(names, column, "static");
            if (taken.contains(place) && !places(names, roles.group(), "group").contains(place)) {
                throw new TableException("column \"" + column + "\" is static and has another part, too");
            }
        }
        return taken;
    }

    /** The time: as given, a column of dates, the parts of a date, or a column that counts. */
    static TimeCells time(
            TableFormat format, List<String> names, List<TableRows.Row> head, List<ColumnSurvey> surveys) {
        if (!format.roles().time().isEmpty()) {
            return TimeCells.given(places(names, format.roles().time(), "time"), names, head);
        }
        Set<Integer> taken = named(format, names);
        List<TableHeading.Look[]> looks = head.stream()
                .map(row -> row.cells().stream().map(TableHeading::look).toArray(TableHeading.Look[]::new))
                .toList();
        int dated = -1;
        for (int c = 0; c < names.size(); c++) {
            if (!taken.contains(c)
                    && isMostly(looks, c, TableHeading.Look.TIME)
                    && (dated < 0 || promise(names, surveys, c) > promise(names, surveys, dated))) {
                dated = c;
            }
        }
        TimeCells parts = dated < 0 || TimeCells.isYears(dated, head)
                ? TimeCells.findParts(names, head, looks, taken)
                : TimeCells.NONE;
        if (!parts.isNone()) {
            return parts;
        }
        dated = dated < 0 ? compact(names, head, taken) : dated;
        dated = dated < 0 ? epoch(names, surveys, taken) : dated;
        dated = dated < 0 ? yearParts(names, head, taken) : dated;
        if (dated >= 0) {
            return TimeCells.withClock(dated, names, head, taken);
        }
        for (int pass = 0; pass < 3; pass++) {
            for (int c = 0; c < names.size(); c++) {
                ColumnSurvey survey = surveys.get(c);
                boolean fits = pass == 0
                        ? ColumnNames.isTimeName(names.get(c)) && !isElapsed(survey)
                        : pass == 1
                                ? (ColumnNames.isRowName(names.get(c)) && survey.isNumeric() && survey.isWhole())
                                        || (c == 0 && survey.isYear())
                                : c == 0 && names.get(c).equals("#1") && survey.isAscending() && names.size() > 1;
                if (!taken.contains(c) && fits && !survey.isBlank()) {
                    return TimeCells.of(c);
                }
            }
        }
        return TimeCells.NONE;
    }

    /** A column of eight digits that are days in every row, by whatever name; -1 for none. */
    private static int compact(List<String> names, List<TableRows.Row> head, Set<Integer> taken) {
        for (int c = 0; c < names.size(); c++) {
            int column = c;
            List<String> cells = head.stream()
                    .map(row -> row.cell(column))
                    .filter(cell -> !NumberNotation.isBlank(cell))
                    .toList();
            boolean days = cells.stream().allMatch(cell -> TimeShape.COMPACT.parse(cell) != null);
            long fewest = ColumnNames.isTimeName(names.get(c)) ? 1 : FEWEST_DAYS;
            if (!taken.contains(c) && days && cells.stream().distinct().count() >= fewest) {
                return c;
            }
        }
        return -1;
    }

    /** How much a column of times speaks for itself: one that never changes says when a file was written, not a row. */
    private static int promise(List<String> names, List<ColumnSurvey> surveys, int column) {
        return (surveys.get(column).isSame() ? 0 : 2) + (ColumnNames.isTimeName(names.get(column)) ? 1 : 0);
    }

    /**
     * A column of seconds since 1970 or parts of them, by whatever name where it goes on by one step in nearly all rows,
     * by the name of a time where it goes on at all.
     */
    private static int epoch(List<String> names, List<ColumnSurvey> surveys, Set<Integer> taken) {
        for (int c = 0; c < names.size() && names.size() > 1; c++) {
            String name = names.get(c);
            boolean called = ColumnNames.isTimeName(name) || ColumnNames.isRowName(name);
            if (!taken.contains(c)
                    && (surveys.get(c).isEpoch() || (called && surveys.get(c).isLateEpoch()))) {
                return c;
            }
        }
        return -1;
    }

    /** A column of six digits that are weeks or months behind their years and follow each other, by whatever name; -1 for none. */
    private static int yearParts(List<String> names, List<TableRows.Row> head, Set<Integer> taken) {
        for (int c = 0; c < names.size() && names.size() > 1; c++) {
            int column = c;
            List<String> cells = head.stream().map(row -> row.cell(column)).toList();
            if (!taken.contains(c) && HeadingRun.areYearParts(cells, TimeCells.isCalledPart(names.get(c)))) {
                return c;
            }
        }
        return -1;
    }

    /** Parts of a second or the like since the first row, which say no more than the rows' numbers. */
    private static boolean isElapsed(ColumnSurvey survey) {
        return survey.isRegular() && !survey.isWhole() && !survey.isYear() && !survey.isFar();
    }

    private static boolean isMostly(List<TableHeading.Look[]> looks, int column, TableHeading.Look look) {
        long same = looks.stream()
                .filter(l -> column < l.length && l[column] == look)
                .count();
        long filled = looks.stream()
                .filter(l -> column < l.length && l[column] != TableHeading.Look.BLANK)
                .count();
        return same > 0 && 2 * same >= filled;
    }

    /** Every part. */
    static TableColumns find(
            TableFormat format,
            List<String> names,
            TimeCells time,
            List<Integer> group,
            List<ColumnSurvey> surveys,
            List<String> notes) {
        TableFormat.Roles roles = format.roles();
        List<Integer> known = places(names, roles.known(), "known");
        List<Integer> observed = places(names, roles.observed(), "observed");
        List<Integer> targets = places(names, roles.targets(), "target");
        if (targets.isEmpty()) {
            Set<Integer> taken = named(format, names);
            taken.addAll(time.columns());
            taken.addAll(group);
            taken.addAll(places(names, roles.statics(), "static"));
            targets = numeric(names, surveys, taken, !time.isNone(), notes);
        }
        if (targets.isEmpty()) {
            boolean units = surveys.stream().anyMatch(s -> s.example().matches("[-+]?[0-9][0-9.,]* ?\\p{L}{1,5}"));
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
            List<String> names, List<ColumnSurvey> surveys, Set<Integer> taken, boolean timed, List<String> notes) {
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
                    || (survey.isConstant() && ColumnNames.isPlace(name))
                    || (timed && survey.isEpoch());
            boolean weekday = survey.isWhole() && ColumnNames.isWeekday(name);
            boolean repeats = timed && survey.isWhole() && (TimeCells.isPart(name) || ColumnNames.isTimeName(name));
            (counts || tells || beside || repeats || weekday || (timed && survey.isFractionalYear()) ? others : values)
                    .add(c);
        }
        if (values.isEmpty()) {
            return others.stream()
                    .filter(c -> !ColumnNames.isRowName(names.get(c)))
                    .toList();
        }
        if (!others.isEmpty()) {
            notes.add("not taken for values, for they count, name, date or judge the rows: "
                    + others.stream().map(names::get).map(n -> "\"" + n + "\"").collect(Collectors.joining(", "))
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

    static List<Integer> places(List<String> names, List<String> columns, String setting) {
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
    String cell(long line, int column) {
        return "line " + line + ", column " + (column + 1) + " \"" + names.get(column) + "\"";
    }

    /** Columns of numbers beside the targets: known, then observed. */
    List<Integer> further() {
        List<Integer> further = new ArrayList<>(known);
        further.addAll(observed);
        return further;
    }

    /** With other targets. */
    TableColumns targets(List<Integer> others) {
        return new TableColumns(names, time, group, others, known, observed);
    }

    /** The columns that play no part. */
    List<Integer> others() {
        Set<Integer> parts = new HashSet<>(time.columns());
        List.of(group, targets, known, observed).forEach(parts::addAll);
        return IntStream.range(0, names.size())
                .filter(c -> !parts.contains(c))
                .boxed()
                .toList();
    }

    /** The last column any part needs. */
    int last() {
        int last = -1;
        for (List<Integer> part : List.of(time.columns(), group, targets, known, observed)) {
            for (int column : part) {
                last = Math.max(last, column);
            }
        }
        return last;
    }
}
