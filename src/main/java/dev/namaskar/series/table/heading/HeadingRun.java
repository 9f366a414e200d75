package dev.namaskar.series.table.heading;

import dev.namaskar.series.notation.NumberNotation;
import dev.namaskar.series.notation.TimeShape;
import dev.namaskar.series.notation.Years;
import dev.namaskar.series.table.time.TimeSurvey;
import dev.namaskar.series.table.time.YearParts;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Column names that follow each other as times do: {@code 1960,1961,...}, {@code 2020-01,2020-02,...},
 * {@code d_1,d_2,...}, {@code V2,V3,...} or {@code Jan,...,Dec}.
 *
 * @param from the first such column
 * @param to the column after the last
 * @param kind what the names are
 */
public record HeadingRun(int from, int to, Kind kind) {
    private static final int LEAST = 3;
    /** Words before a year, which count nothing themselves. */
    private static final Pattern YEARLY =
            Pattern.compile("(?i)(?!.*(?:day|week|month|hour|step|row|obs|item|product|sku|store|series|sensor|no|id)["
                    + " _]$).*\\p{L}{3,}[ _]");

    private static final Pattern YEAR =
            Pattern.compile("(?i)(?:X|Y|YR|FY|year[ _]?)?(" + Years.DIGITS + ")(?: \\[YR[0-9]{4}\\])?");
    private static final Pattern COUNTED = Pattern.compile("(.*?[^0-9])?([0-9]{1,6})");
    private static final Pattern SERIAL = Pattern.compile("V[0-9]+");
    private static final Pattern PREFIXED_DATE = Pattern.compile("X(?=[0-9]{4}[-.]|[0-9]{6}$)");

    /** What the names of a run are. */
    public enum Kind {
        /** R's names for columns without one: {@code V2}, {@code V3}, ... */
        SERIAL,
        /** Ascending numbers, perhaps behind a word. */
        COUNTED,
        /** Years. */
        YEARS,
        /** Dates, months, quarters or weeks. */
        DATES,
        /** The months of a year, which stands in another column. */
        MONTHS,
        /** The quarters of a year, which stands in another column. */
        QUARTERS
    }

    /** The longest run of names, of at least three; null where there is none. */
    public static @Nullable HeadingRun find(List<String> names) {
        HeadingRun best = null;
        for (int from = 0; from < names.size(); ) {
            HeadingRun run = at(names, from);
            if (run != null && (best == null || run.length() > best.length())) {
                best = run;
            }
            from = run == null ? from + 1 : run.to;
        }
        return best;
    }

    /** Whether names behind or before it follow each other, too, so that it may be but a part of what it seems. */
    public @Nullable HeadingRun further(List<String> names) {
        HeadingRun behind = find(names.subList(to, names.size()));
        if (behind != null) {
            return new HeadingRun(to + behind.from, to + behind.to, behind.kind);
        }
        return find(names.subList(0, from));
    }

    /** Whether the names of another run are of the same kind, or both are plain numbers, some of them months or weeks. */
    public boolean isLike(HeadingRun other, List<String> all) {
        boolean numbers = kind != Kind.SERIAL
                && other.kind != Kind.SERIAL
                && all.get(from).matches("[0-9]+")
                && all.get(from).length() == all.get(other.from).length();
        return kind == other.kind || numbers;
    }

    /** Whether all names are R's for columns without one. */
    public static boolean isSerial(List<String> names) {
        return names.size() > 1
                && names.stream().allMatch(n -> SERIAL.matcher(n).matches());
    }

    /** How many columns are part of it. */
    public int length() {
        return to - from;
    }

    /** Whether a column is part of it. */
    public boolean holds(int column) {
        return column >= from && column < to;
    }

    private static @Nullable HeadingRun at(List<String> names, int from) {
        HeadingRun months = calendar(names, from);
        if (months != null) {
            return months;
        }
        int years = steady(names, from, HeadingRun::year, true);
        if (years >= LEAST) {
            return new HeadingRun(from, from + years, Kind.YEARS);
        }
        int parts = yearParts(names, from);
        if (parts >= LEAST) {
            return new HeadingRun(from, from + parts, Kind.DATES);
        }
        int dates = dates(names, from);
        if (dates >= LEAST) {
            return new HeadingRun(from, from + dates, Kind.DATES);
        }
        String prefix = prefix(names.get(from));
        int counted = prefix == null ? 0 : steady(names, from, n -> prefix.equals(prefix(n)) ? number(n) : -1, false);
        long first = prefix == null || YEARLY.matcher(prefix).matches() ? number(names.get(from)) : -1;
        long last = counted == 0 ? -1 : number(names.get(from + counted - 1));
        boolean yearly = Years.is((double) first) && Years.is((double) last);
        Kind kind = "V".equals(prefix) ? Kind.SERIAL : yearly ? Kind.YEARS : Kind.COUNTED;
        return counted >= LEAST ? new HeadingRun(from, from + counted, kind) : null;
    }

    private static @Nullable HeadingRun calendar(List<String> names, int from) {
        if (ascending(names, from, 12, YearColumns::month) == 12) {
            return new HeadingRun(from, from + 12, Kind.MONTHS);
        }
        return ascending(names, from, 4, YearColumns::quarter) == 4
                ? new HeadingRun(from, from + 4, Kind.QUARTERS)
                : null;
    }

    /** How many names from one on say parts of a year that are counted from 1. */
    private static int ascending(List<String> names, int from, int most, ToIntFunction<String> part) {
        int count = 0;
        while (count < most && from + count < names.size() && part.applyAsInt(names.get(from + count)) == count + 1) {
            count++;
        }
        return count;
    }

    private interface Reading {
        long of(String name);
    }

    /** How many names from one on are numbers at equal steps. */
    private static int steady(List<String> names, int from, Reading number, boolean backwards) {
        int count = 1;
        long before = number.of(names.get(from));
        long step = 0;
        while (before >= 0 && from + count < names.size()) {
            long now = number.of(names.get(from + count));
            if (now < 0 || now == before || (count > 1 && now - before != step) || (now < before && !backwards)) {
                break;
            }
            step = now - before;
            before = now;
            count++;
        }
        return before < 0 && count == 1 ? 0 : count;
    }

    private static int dates(List<String> names, int from) {
        int count = 0;
        TimeSurvey survey = new TimeSurvey("header");
        while (from + count < names.size() && isDate(names.get(from + count))) {
            survey.see(date(names.get(from + count)));
            count++;
        }
        return survey.isText() ? count : 0;
    }

    /** How many names from one on are months or weeks behind their years, {@code 202012,202101,...}. */
    private static int yearParts(List<String> names, int from) {
        int count = 0;
        long before = -1;
        boolean crossed = false;
        while (from + count < names.size()) {
            long now = YearParts.of(date(names.get(from + count)));
            boolean anew = YearParts.isNewYear(before, now);
            if (now < 0 || (count > 0 && now != before + 1 && !anew)) {
                break;
            }
            crossed |= count > 0 && anew;
            before = now;
            count++;
        }
        return crossed ? count : 0;
    }

    /** Whether a name is a date, a month or a quarter with its year. */
    static boolean isDate(String name) {
        String bare = date(name);
        boolean digits = bare.chars().anyMatch(c -> c >= '0' && c <= '9');
        for (TimeShape shape : TimeShape.values()) {
            if (digits && shape.parse(bare) != null) {
                return true;
            }
        }
        return false;
    }

    /** A date without what R puts before it. */
    public static String date(String name) {
        return PREFIXED_DATE.matcher(name).lookingAt() ? name.substring(1) : name;
    }

    /** The year a name says, or -1. */
    static long year(String name) {
        Matcher m = YEAR.matcher(name);
        return m.matches() ? Long.parseLong(m.group(1)) : -1;
    }

    /** What stands before a name's last digits; null where there are none, or where it is a number with a fraction or a sign. */
    private static @Nullable String prefix(String name) {
        Matcher m = COUNTED.matcher(name);
        if (!m.matches()) {
            return null;
        }
        return m.group(1) == null ? "" : NumberNotation.isNumber(name) ? null : m.group(1);
    }

    private static long number(String name) {
        Matcher m = COUNTED.matcher(name);
        return m.matches() ? Long.parseLong(m.group(2)) : -1;
    }

    /** The time that a column's name says: a row number, or a year. */
    public long time(String name) {
        return kind == Kind.YEARS && year(name) >= 0 ? year(name) : number(name);
    }

    /** What stands before the numbers of a counted run. */
    String prefix(List<String> names) {
        String prefix = prefix(names.get(from));
        return prefix == null ? "" : prefix;
    }
}
