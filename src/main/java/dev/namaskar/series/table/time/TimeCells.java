package dev.namaskar.series.table.time;

import dev.namaskar.series.notation.Roman;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.text.Row;
import java.util.List;
import java.util.Locale;
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
public record TimeCells(List<Integer> columns, List<String> parts) {
    /** Of rows that are merely counted. */
    public static final TimeCells NONE = new TimeCells(List.of(), List.of());

    /** Years, of accounts too: {@code FY2020}, {@code FY20}, {@code 2019/20}. */
    private static final Pattern YEARS = Pattern.compile(
            "(?:[Ff][Yy][ -]?'?(?=[0-9]{2}))?([0-9]{4}|(?<=[Yy '-])[0-9]{2})(?:[-/–](?:[0-9]{2}|[0-9]{4}))?");

    private static final Pattern WHOLE_YEAR = Pattern.compile(Years.DIGITS + "-?(?:M13|Q0?5|S0?3)");

    /** {@code 1. Quartal}, {@code 2nd quarter}, {@code Quarter 3}. */
    private static final Pattern WORDED_QUARTER = Pattern.compile(
            "^(?:" + Roman.QUARTER_WORD + " )?([1-4])(?:\\.|st|nd|rd|th|er|re|e|º)?(?: ?" + Roman.QUARTER_WORD + ")?$");

    /** What stands behind a part of a date in China, Japan and Korea. */
    private static final Pattern UNIT = Pattern.compile("(?<=[0-9])(?:年度?|[月日号时時]|년|월|일|시)$");

    /** From which hour to which. */
    private static final Pattern HOURS =
            Pattern.compile("([0-9]{1,2}(?::[0-9]{2})?)\\h?[-–]\\h?[0-9]{1,2}(?::[0-9]{2})?");

    static final String CLOCK_PART = " /";
    static final String COMPACT_CLOCK = " #";
    static final String POINTED_CLOCK = "[0-9]{1,2}\\.[0-9]{2}\\.[0-9]{2}";
    static final String YEAR_DAY_MARK = "-d";
    private static final int DAY_MINUTES = 1440;

    /** One column that says it all. */
    public static TimeCells of(int column) {
        return new TimeCells(List.of(column), List.of(""));
    }

    /** Whether rows are merely counted. */
    public boolean isNone() {
        return columns.isEmpty();
    }

    /** The text of a row's time. */
    public String text(Row row) {
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
        String cell = hours != null && hours.matches()
                ? hours.group(1)
                : UNIT.matcher(text).replaceFirst("");
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
            case "Q" -> mark + quarter(cell);
            case "W" -> mark + cell.replaceFirst("^(?:[WwSs]|KW ?)(?=[0-9]{1,2}$)", "");
            default -> mark + cell.replaceFirst("^[Pp](?=[0-9]{1,2}$)", "");
        };
    }

    private static String quarter(String cell) {
        String bare = WORDED_QUARTER
                .matcher(cell)
                .replaceFirst("$1")
                .replaceFirst("^(?:[Ff]?[Qq]|[Tt])\\.?0?(?=[1-5IV]+$)", "");
        return Roman.number(bare) > 0 ? Integer.toString(Roman.number(bare)) : bare;
    }

    /** Hours and minutes, perhaps seconds, of bare digits; what is no clock stays as it is. */
    static String clock(String digits) {
        if (!digits.matches("[0-9]{1,6}")) {
            return digits;
        }
        String even = "0".repeat(digits.length() > 4 ? 6 - digits.length() : 4 - digits.length()) + digits;
        String minutes = even.substring(0, 2) + ":" + even.substring(2, 4);
        return even.length() == 4 ? minutes : minutes + ":" + even.substring(4);
    }

    /** Whether a time is what stands behind the last month or quarter of a year for the mean of all: {@code M13}, {@code Q05}. */
    public static boolean isWholeYear(String text) {
        return WHOLE_YEAR.matcher(text).matches();
    }

    /** The columns' names, for messages. */
    public String names(List<String> names) {
        return columns.stream().map(names::get).collect(Collectors.joining(","));
    }

    /** Columns with what stands before each; behind the last mark every further one follows a colon. */
    static TimeCells joined(List<Integer> columns, List<String> marks) {
        return new TimeCells(
                columns,
                IntStream.range(0, columns.size())
                        .mapToObj(i -> i < marks.size() ? marks.get(i) : ":")
                        .toList());
    }

    /** Whether a cell is a year, perhaps one of accounts. */
    static boolean isYear(String cell) {
        return YEARS.matcher(cell).matches();
    }

    /** Whether a cell says from which hour to which. */
    static boolean isHours(String cell) {
        return HOURS.matcher(cell).matches();
    }
}
