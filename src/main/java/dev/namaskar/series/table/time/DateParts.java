package dev.namaskar.series.table.time;

import dev.namaskar.series.notation.MonthNames;
import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.cells.ColumnNames;
import dev.namaskar.series.table.text.Row;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What columns are called that hold a part of a date: its year, month, day, hour or minute, in several languages. */
public final class DateParts {
    /** Places of the parts in the order of their length. */
    static final int YEAR = 0;

    static final int MONTH = 1;
    static final int DAY = 2;
    static final int HOUR = 3;
    static final int MINUTE = 4;

    /** Of a name that says none. */
    static final int NONE = 5;

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
                    "exercice",
                    "год",
                    "rok",
                    "年",
                    "年份",
                    "年度",
                    "연도",
                    "년"),
            List.of(
                    "month", "mon", "mo", "mm", "mnth", "monat", "mes", "mois", "period", "per", "месяц", "月", "月份",
                    "월"),
            List.of(
                    "day",
                    "dd",
                    "dy",
                    "da",
                    "dies",
                    "dom",
                    "tag",
                    "dia",
                    "día",
                    "jour",
                    "dayofmonth",
                    "день",
                    "日",
                    "일"),
            List.of(
                    "hour",
                    "hours",
                    "hr",
                    "hh",
                    "stunde",
                    "stunden",
                    "hora",
                    "heure",
                    "he",
                    "hourending",
                    "час",
                    "时",
                    "時",
                    "小时",
                    "시"),
            List.of("minute", "min", "mi", "mn"));
    private static final List<String> QUARTER =
            List.of("quarter", "qtr", "quartal", "q", "trimestre", "fq", "fiscalquarter", "квартал", "季度", "四半期", "분기");
    private static final List<String> WEEK = List.of(
            "week",
            "wk",
            "isoweek",
            "epiweek",
            "mmwrweek",
            "woche",
            "kw",
            "semana",
            "semaine",
            "неделя",
            "週",
            "周",
            "주");
    private static final List<String> YEAR_DAY = List.of("doy", "dayofyear", "yday", "jday", "julianday", "ordinalday");
    /** Words that name a part of a date at the end of a longer name, if the cells agree: {@code MMWR week}, {@code Meldejahr}. */
    private static final Pattern LAST_WORD = Pattern.compile(
            "(?:.*[ _.-])?(year|month|week|quarter|day|hour|año|mes|semana|trimestre|année|mois|semaine)"
                    + "|.*(jahr|monat|woche|quartal|tag|stunde)");

    private static final Pattern OF_ACCOUNTS =
            Pattern.compile("fy|fyear|fiscalyear|financialyear|geschäftsjahr|exercice");
    /** The greatest number of each part of a date. */
    private static final int[] MOST = {Years.END - 1, 12, 31, 24, 59};

    private DateParts() {}

    static String lower(String name) {
        return ColumnNames.lower(name).replaceAll("[ _#]", "");
    }

    /** A name of a part of a date, or the last word of a longer name where that is one. */
    static String word(String name) {
        Matcher last = LAST_WORD.matcher(ColumnNames.lower(name));
        boolean longer = rank(name) == NONE && last.matches();
        return !longer ? lower(name) : last.group(1) != null ? last.group(1) : last.group(2);
    }

    /** Place among the parts of a date by name or, where only its last word says so or there is none, by its cells too. */
    static int rank(String name, int column, List<Row> head) {
        int exact = rank(name);
        List<String> cells = head.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !NumberNotation.isBlank(cell))
                .toList();
        if (name.isEmpty()) {
            // A footer may stand below.
            int least = cells.size() - cells.size() / 10;
            return cells.stream().filter(cell -> Years.is(cell)).count() >= least
                    ? YEAR
                    : cells.stream().filter(cell -> MonthNames.number(cell) > 0).count() >= least ? MONTH : exact;
        }
        String word = word(name);
        int rank = rank(word);
        if (exact < NONE || rank == NONE) {
            return exact;
        }
        int most = WEEK.contains(word) ? 53 : MOST[rank];
        boolean fits = rank == 0
                ? cells.stream().allMatch(cell -> Years.is(cell))
                : cells.stream()
                        .allMatch(cell -> (cell.matches("[0-9]{1,2}") && Integer.parseInt(cell) <= most)
                                || (rank == 1 && MonthNames.number(cell) > 0));
        return fits ? rank : exact;
    }

    /** Place among the parts of a date by name; behind all others where the name says nothing. */
    static int rank(String name) {
        String bare = lower(name);
        for (int i = 0; i < NONE; i++) {
            if (NAMES.get(i).contains(bare)) {
                return i;
            }
        }
        return QUARTER.contains(bare) || WEEK.contains(bare) || YEAR_DAY.contains(bare) ? MONTH : NONE;
    }

    /** Whether a name or its last word is that of a part of a date. */
    public static boolean isCalledPart(String name) {
        return rank(word(name)) < NONE || LAST_WORD.matcher(word(name)).matches();
    }

    /** Whether a name is that of a part of a date. */
    public static boolean isPart(String name) {
        return rank(name) < NONE;
    }

    /** Whether a name is that of a column of months. */
    public static boolean isMonth(String name) {
        return rank(name) == MONTH && NAMES.get(MONTH).contains(lower(name));
    }

    /** Whether a name is that of a column of quarters. */
    static boolean isQuarter(String word) {
        return QUARTER.contains(word);
    }

    /** Whether a name is that of a column of weeks. */
    static boolean isWeek(String word) {
        return WEEK.contains(word);
    }

    /** Whether a name is that of a column which counts the days of a year. */
    static boolean isYearDay(String word) {
        return YEAR_DAY.contains(word);
    }

    /** Whether a name is that of years of accounts. */
    static boolean isOfAccounts(String word) {
        return OF_ACCOUNTS.matcher(word).matches();
    }
}
