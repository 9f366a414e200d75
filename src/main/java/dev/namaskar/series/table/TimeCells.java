package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.MonthNames;
import dev.namaskar.series.notation.NumberNotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that make up a row's time: one, a date and a clock, or the parts of a date.
 *
 * @param columns their places; none where rows are merely counted
 * @param parts what stands before each column's cell in the text that is read as a time
 */
record TimeCells(List<Integer> columns, List<String> parts) {
    static final TimeCells NONE = new TimeCells(List.of(), List.of());

    private static final List<List<String>> NAMES = List.of(
            List.of(
                    "year",
                    "yr",
                    "yy",
                    "yyyy",
                    "jahr",
                    "ano",
                    "año",
                    "anno",
                    "annee",
                    "année",
                    "fy",
                    "fiscalyear",
                    "financialyear",
                    "fyear",
                    "geschäftsjahr",
                    "exercice"),
            List.of("month", "mon", "mo", "mm", "mnth", "monat", "mes", "mois", "period", "per"),
            List.of("day", "dd", "dy", "da", "dies", "dom", "tag", "dia", "día", "jour", "dayofmonth"),
            List.of("hour", "hours", "hr", "hh", "stunde", "stunden", "hora", "heure", "he", "hourending"),
            List.of("minute", "min", "mi", "mn"));
    private static final List<String> QUARTER =
            List.of("quarter", "qtr", "quartal", "q", "trimestre", "fq", "fiscalquarter");
    private static final List<String> WEEK = List.of("week", "wk", "isoweek", "woche", "kw", "semana", "semaine");
    private static final List<String> YEAR_DAY = List.of("doy", "dayofyear", "yday", "jday", "julianday", "ordinalday");
    /** Years, of accounts too: {@code FY2020}, {@code FY20}, {@code 2019/20}. */
    private static final Pattern YEARS = Pattern.compile(
            "(?:[Ff][Yy][ -]?'?(?=[0-9]{2}))?([0-9]{4}|(?<=[Yy '-])[0-9]{2})(?:[-/–](?:[0-9]{2}|[0-9]{4}))?");

    /** Words that name a part of a date at the end of a longer name, if the cells agree: {@code MMWR week}, {@code Meldejahr}. */
    private static final Pattern LAST_WORD = Pattern.compile(
            "(?:.*[ _.-])?(year|month|week|quarter|day|hour|año|mes|semana|trimestre|année|mois|semaine)"
                    + "|.*(jahr|monat|woche|quartal|tag|stunde)");
    /** Names of a clock beside a date that no other row has. */
    private static final Pattern CLOCK_NAME = Pattern.compile("(?:(?:start|begin|local|utc|obs|observation)[ _]?)?"
            + "(?:time|clock|hours?|uhrzeit|zeit|hora|heure|ora|hhmm|hhmmss|von|from)");
    /** From which hour to which. */
    private static final Pattern HOURS =
            Pattern.compile("([0-9]{1,2}(?::[0-9]{2})?)\\h?[-–]\\h?[0-9]{1,2}(?::[0-9]{2})?");

    private static final Pattern YEAR = Pattern.compile("(?:1[5-9]|2[01])[0-9]{2}");
    /** The greatest number of each part of a date. */
    private static final int[] MOST = {2199, 12, 31, 24, 59};

    private static final Pattern OF_ACCOUNTS =
            Pattern.compile("fy|fyear|fiscalyear|financialyear|geschäftsjahr|exercice");
    private static final String CLOCK_PART = " /";
    private static final String COMPACT_CLOCK = " #";
    private static final String POINTED_CLOCK = "[0-9]{1,2}\\.[0-9]{2}\\.[0-9]{2}";
    private static final String YEAR_DAY_MARK = "-d";
    /** Names of columns that count the parts of a day, 48 or 96 of them. */
    private static final Pattern DAY_PART = Pattern.compile(
            "(?:settlement[ _]?)?(?:period|sp|interval)|half[ _-]?hour|hh|trading[ _]?(?:period|interval)");

    private static final int DAY_MINUTES = 1440;

    static TimeCells of(int column) {
        return new TimeCells(List.of(column), List.of(""));
    }

    boolean isNone() {
        return columns.isEmpty();
    }

    /** The text of a row's time. */
    String text(TableRows.Row row) {
        if (columns.size() == 1) {
            return row.cell(columns.get(0));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(part(parts.get(i), row.cell(columns.get(i)), i + 1 == columns.size()));
        }
        return text.toString();
    }

    private static String part(String mark, String text, boolean last) {
        Matcher hours = mark.equals(" ") ? HOURS.matcher(text) : null;
        String cell = hours != null && hours.matches() ? hours.group(1) : text;
        if (mark.isEmpty()) {
            Matcher years = YEARS.matcher(cell);
            String year = years.matches() ? years.group(1) : cell;
            return years.matches() && year.length() == 2 ? "20" + year : year;
        }
        boolean number = cell.matches("[0-9]{1,3}");
        if (mark.startsWith(CLOCK_PART)) {
            int parts = Integer.parseInt(mark.substring(CLOCK_PART.length()));
            int minute = number ? (Integer.parseInt(cell) - 1) * DAY_MINUTES / parts : -1;
            return minute < 0 || minute >= DAY_MINUTES
                    ? " part " + cell
                    : String.format(Locale.ROOT, " %d:%02d", minute / 60, minute % 60);
        }
        return switch (mark) {
            case YEAR_DAY_MARK -> "-" + (number ? "0".repeat(3 - cell.length()) : "") + cell;
            case COMPACT_CLOCK -> " " + clock(cell);
            case " " ->
                mark + (number && last ? cell + ":00" : cell.matches(POINTED_CLOCK) ? cell.replace('.', ':') : cell);
            case ":" -> mark + (cell.length() == 1 ? "0" : "") + cell;
            case "Q" -> mark + cell.replaceFirst("^(?:[Ff]?[Qq]|[Tt])0?(?=[1-4]$)", "");
            case "W" -> mark + cell.replaceFirst("^(?:[WwSs]|KW ?)(?=[0-9]{1,2}$)", "");
            default -> mark + cell.replaceFirst("^[Pp](?=[0-9]{1,2}$)", "");
        };
    }

    /** Hours and minutes, perhaps seconds, of bare digits; what is no clock stays as it is. */
    private static String clock(String digits) {
        if (!digits.matches("[0-9]{1,6}")) {
            return digits;
        }
        String even = "0".repeat(digits.length() > 4 ? 6 - digits.length() : 4 - digits.length()) + digits;
        String minutes = even.substring(0, 2) + ":" + even.substring(2, 4);
        return even.length() == 4 ? minutes : minutes + ":" + even.substring(4);
    }

    /** The columns' names, for messages. */
    String names(List<String> names) {
        return columns.stream().map(names::get).collect(Collectors.joining(","));
    }

    /** Columns that the user named, in the order in which they make a time. */
    static TimeCells given(List<Integer> columns, List<String> names, List<TableRows.Row> head) {
        if (columns.size() == 1) {
            return of(columns.get(0));
        }
        boolean dated = !isYears(columns.get(0), head)
                && head.stream().anyMatch(row -> TableHeading.look(row.cell(columns.get(0))) == TableHeading.Look.TIME);
        if (!dated) {
            askAboutYears(columns, names, head);
        }
        return dated ? clocked(columns, names, head) : parts(columns, names);
    }

    /** A date with a clock behind it, or with the number of a part of the day. */
    private static TimeCells clocked(List<Integer> columns, List<String> names, List<TableRows.Row> head) {
        int parts = columns.size() == 2 ? dayParts(columns.get(1), names, head) : 0;
        return parts > 0 ? joined(columns, List.of("", CLOCK_PART + parts)) : joined(columns, List.of("", " ", ":"));
    }

    /** Into how many parts a column divides the day, 48 or 96 counted from one; 0 where it does not. */
    private static int dayParts(int column, List<String> names, List<TableRows.Row> head) {
        int most = 0;
        if (!DAY_PART.matcher(names.get(column).toLowerCase(Locale.ROOT).strip())
                .matches()) {
            return 0;
        }
        for (TableRows.Row row : head) {
            String cell = row.cell(column);
            if (!cell.matches("[0-9]{1,3}") || cell.equals("0")) {
                return 0;
            }
            most = Math.max(most, Integer.parseInt(cell));
        }
        return most >= 46 && most <= 50 ? 48 : most >= 92 && most <= 100 ? 96 : 0;
    }

    private static TimeCells joined(List<Integer> columns, List<String> marks) {
        return new TimeCells(
                columns,
                IntStream.range(0, columns.size())
                        .mapToObj(i -> i < marks.size() ? marks.get(i) : ":")
                        .toList());
    }

    /** Year, month and so on, put into this order by their names. */
    private static TimeCells parts(List<Integer> columns, List<String> names) {
        List<Integer> sorted = new ArrayList<>(columns);
        sorted.sort((a, b) -> Integer.compare(rank(word(names.get(a))), rank(word(names.get(b)))));
        return marked(sorted, names);
    }

    private static TimeCells marked(List<Integer> sorted, List<String> names) {
        String second = word(names.get(sorted.get(1)));
        if (YEAR_DAY.contains(second)) {
            return joined(sorted, List.of("", YEAR_DAY_MARK, " ", ":"));
        }
        String mark = QUARTER.contains(second) ? "Q" : WEEK.contains(second) ? "W" : "-";
        return joined(sorted, List.of("", mark, "-", " ", ":"));
    }

    private static String lower(String name) {
        return ColumnNames.lower(name).replaceAll("[ _#]", "");
    }

    /** A name of a part of a date, or the last word of a longer name where that is one. */
    private static String word(String name) {
        Matcher last = LAST_WORD.matcher(ColumnNames.lower(name));
        boolean longer = rank(name) == NAMES.size() && last.matches();
        return !longer ? lower(name) : last.group(1) != null ? last.group(1) : last.group(2);
    }

    /** Place among the parts of a date by name or, where only its last word says so or there is none, by its cells too. */
    private static int rank(String name, int column, List<TableRows.Row> head) {
        int exact = rank(name);
        List<String> cells = head.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !NumberNotation.isBlank(cell))
                .toList();
        if (name.isEmpty()) {
            return cells.stream().allMatch(cell -> YEAR.matcher(cell).matches())
                    ? 0
                    : cells.stream().allMatch(cell -> MonthNames.number(cell) > 0) ? 1 : exact;
        }
        String word = word(name);
        int rank = rank(word);
        if (exact < NAMES.size() || rank == NAMES.size()) {
            return exact;
        }
        int most = WEEK.contains(word) ? 53 : MOST[rank];
        boolean fits = rank == 0
                ? cells.stream().allMatch(cell -> YEAR.matcher(cell).matches())
                : cells.stream()
                        .allMatch(cell -> (cell.matches("[0-9]{1,2}") && Integer.parseInt(cell) <= most)
                                || (rank == 1 && MonthNames.number(cell) > 0));
        return fits ? rank : exact;
    }

    /** Place among the parts of a date by name; behind all others where the name says nothing. */
    private static int rank(String name) {
        String bare = lower(name);
        for (int i = 0; i < NAMES.size(); i++) {
            if (NAMES.get(i).contains(bare)) {
                return i;
            }
        }
        return QUARTER.contains(bare) || WEEK.contains(bare) || YEAR_DAY.contains(bare) ? 1 : NAMES.size();
    }

    /** Whether a name or its last word is that of a part of a date. */
    static boolean isCalledPart(String name) {
        return rank(word(name)) < NAMES.size() || LAST_WORD.matcher(word(name)).matches();
    }

    /** Whether a name is that of a part of a date. */
    static boolean isPart(String name) {
        return rank(name) < NAMES.size();
    }

    /** Whether a name is that of a column of months. */
    static boolean isMonth(String name) {
        return rank(name) == 1 && NAMES.get(1).contains(lower(name));
    }

    /** A year and a month, quarter, week or day of it in columns of their own, perhaps with day and hour; none if there are not. */
    static TimeCells findParts(
            List<String> names, List<TableRows.Row> head, List<TableHeading.Look[]> looks, Set<Integer> taken) {
        int[] found = {-1, -1, -1, -1, -1};
        int yearDay = -1;
        for (int c = 0; c < names.size(); c++) {
            if (taken.contains(c) || isBlank(looks, c)) {
                continue;
            }
            int rank = rank(names.get(c), c, head);
            // Where months are MM, minutes are mm.
            rank = rank == 1 && found[1] >= 0 && found[3] >= 0 ? 4 : rank;
            if (rank < NAMES.size() && YEAR_DAY.contains(lower(names.get(c)))) {
                yearDay = yearDay < 0 ? c : yearDay;
            } else if (rank < NAMES.size() && found[rank] < 0) {
                found[rank] = c;
            }
        }
        boolean counted = found[1] < 0 && yearDay >= 0;
        found[1] = counted ? yearDay : found[1];
        List<Integer> columns = new ArrayList<>();
        for (int rank = 0; rank < found.length && (found[rank] >= 0 || (rank == 2 && counted)); rank++) {
            if (found[rank] >= 0) {
                columns.add(found[rank]);
            }
        }
        if (columns.size() < 2) {
            return NONE;
        }
        askAboutYears(columns, names, head);
        return marked(columns, names);
    }

    /** Years that stand once for several rows, and years of accounts, whose months do not say which of them comes first. */
    private static void askAboutYears(List<Integer> columns, List<String> names, List<TableRows.Row> head) {
        String year = names.get(columns.get(0));
        String part = names.get(columns.get(1));
        long blank = head.stream()
                .filter(row -> row.cell(columns.get(0)).isEmpty()
                        && !row.cell(columns.get(1)).isEmpty())
                .count();
        if (2 * blank > head.size() && !head.get(0).cell(columns.get(0)).isEmpty()) {
            throw new TableException("most rows have a \"" + part + "\" but no \"" + year
                    + "\", as merged cells are written: fill the blank cells with the " + lower(year) + " above them");
        }
        boolean accounts = OF_ACCOUNTS.matcher(lower(year)).matches()
                || head.stream().anyMatch(row -> !row.cell(columns.get(0)).matches("[0-9]*"));
        boolean months = head.stream().anyMatch(row -> MonthNames.number(row.cell(columns.get(1))) > 0);
        if (accounts && months) {
            throw new TableException("\"" + year + "\" holds years of accounts and \"" + part
                    + "\" months: which month such a year begins with is not said; write dates, or number the months"
                    + " of its year from P01 to P12");
        }
    }

    /** Whether a column holds years, some of them of accounts. */
    static boolean isYears(int column, List<TableRows.Row> head) {
        return head.stream()
                .map(row -> row.cell(column))
                .allMatch(cell -> cell.isEmpty()
                        || (YEARS.matcher(cell).matches() && !cell.matches("[0-9]{4}-(?:0[1-9]|1[0-2])")));
    }

    /** Whether a column holds hours and minutes without a mark between them, 1830 or 183000. */
    private static boolean isCompactClock(int column, List<TableRows.Row> head) {
        List<String> cells = head.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return cells.stream().allMatch(cell -> clock(cell).matches("(?:[01][0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?"))
                && cells.stream().anyMatch(cell -> cell.length() > 2);
    }

    private static boolean isBlank(List<TableHeading.Look[]> looks, int column) {
        return looks.stream().allMatch(l -> column >= l.length || l[column] == TableHeading.Look.BLANK);
    }

    /** A date and the clock or the hour that stands in another column, or the date alone. */
    static TimeCells withClock(int date, List<String> names, List<TableRows.Row> head, Set<Integer> taken) {
        boolean clocked = head.stream().anyMatch(row -> row.cell(date).contains(":"));
        boolean alone = head.stream().map(row -> row.cell(date)).distinct().count() == head.size();
        for (int c = 0; c < names.size() && !clocked; c++) {
            boolean called = CLOCK_NAME.matcher(ColumnNames.lower(names.get(c))).matches();
            if (alone && !called && !names.get(c).matches("#[0-9]+")) {
                // The dates need no clock, and another column that looks like one is how long something took.
                continue;
            }
            int column = c;
            boolean clock = c != date
                    && !taken.contains(c)
                    && head.stream()
                                    .map(row -> row.cell(column))
                                    .filter(cell -> !cell.isEmpty())
                                    .count()
                            > 0
                    && head.stream()
                            .map(row -> row.cell(column))
                            .allMatch(cell -> cell.isEmpty()
                                    || cell.matches(POINTED_CLOCK)
                                    || cell.matches(
                                            "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}.*)?(?: ?[AaPp]\\.?\\h?[Mm]\\.?)?"));
            boolean hour = c != date
                    && !taken.contains(c)
                    && rank(names.get(c)) == 3
                    && head.stream()
                            .allMatch(row -> row.cell(column).matches("[0-9]{0,2}")
                                    || HOURS.matcher(row.cell(column)).matches());
            boolean compact = c != date && !taken.contains(c) && called && isCompactClock(c, head);
            int parts = c == date || taken.contains(c) ? 0 : dayParts(c, names, head);
            if (parts > 0) {
                return joined(List.of(date, c), List.of("", CLOCK_PART + parts));
            }
            if (compact) {
                return joined(List.of(date, c), List.of("", COMPACT_CLOCK));
            }
            if (clock || hour) {
                return joined(List.of(date, c), List.of("", " "));
            }
        }
        return of(date);
    }
}
