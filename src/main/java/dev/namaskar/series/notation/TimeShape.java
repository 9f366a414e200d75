package dev.namaskar.series.notation;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which people write a time as text. A column is read in one of them from its first row to its last.
 *
 * <p>Each is a pattern whose groups say what stands where: {@code y} the year, of two digits or four, {@code m} the
 * month's number, {@code n} its name or {@code u} its Roman numeral, {@code d} the day, {@code q} a quarter or {@code r}
 * its Roman numeral, {@code h} a half, {@code w} a week of ISO 8601 with {@code wd} its day, {@code yd} the day of the
 * year, {@code p} a part of a year of accounts with the letter {@code of} before it, {@code next} the year that follows,
 * {@code e} the number or {@code ne} the name of the month that a span of months ends with, which is called by that one's year, {@code nl} one that is not.
 */
public enum TimeShape {
    /** {@code 2020-01-31}, {@code 2020/1/31}, {@code 2020.01.31}, {@code 2020. 1. 31.}. */
    YEAR_FIRST("year-first", "(?<y>[0-9]{4})(?:[-/]|\\. ?)(?<m>[0-9]{1,2})(?:[-/]|\\. ?)(?<d>[0-9]{1,2})\\.?", true),
    /** {@code 20200131}, also with a clock time behind a {@code T}. */
    COMPACT("uuuuMMdd", "(?<y>" + Years.DIGITS + ")(?<m>[0-9]{2})(?<d>[0-9]{2})", true),
    /** {@code 31012020}. */
    COMPACT_DAY_FIRST("ddMMuuuu", "(?<d>[0-9]{1,2})(?<m>[0-9]{2})(?<y>" + Years.DIGITS + ")", false),
    /** {@code 01312020}. */
    COMPACT_MONTH_FIRST("MMdduuuu", "(?<m>[0-9]{1,2})(?<d>[0-9]{2})(?<y>" + Years.DIGITS + ")", false),
    /** {@code 2020013118}, {@code 202001311830}, {@code 20200131183000}. */
    COMPACT_CLOCK(
            "uuuuMMddHHmm",
            "(?<y>" + Years.DIGITS + ")(?<m>[0-9]{2})(?<d>[0-9]{2})"
                    + "(?<hour>[0-9]{2})(?<minute>[0-9]{2})?(?<second>[0-9]{2})?",
            false),
    /** {@code 31.01.2020}, {@code 31/1/2020}, {@code Fri 31-01-20}. */
    DAY_FIRST(
            "day-first",
            "(?:\\p{L}{2,}\\.?,? )?(?<d>[0-9]{1,2})(?<mark>[-/.])(?<m>[0-9]{1,2})\\k<mark>(?<y>[0-9]{4}|[0-9]{2})",
            true),
    /** {@code 01/31/2020}, {@code 1/31/20}; with points nobody means this. */
    MONTH_FIRST(
            "month-first",
            "(?:\\p{L}{2,}\\.?,? )?(?<m>[0-9]{1,2})(?<mark>[-/])(?<d>[0-9]{1,2})\\k<mark>(?<y>[0-9]{4}|[0-9]{2})",
            true),
    /** {@code 20-01-31}. */
    SHORT_YEAR_FIRST("short-year-first", "(?<y>[0-9]{2})(?<mark>[-/.])(?<m>[0-9]{2})\\k<mark>(?<d>[0-9]{2})", true),
    /** {@code 31 Jan 2020}, {@code Fri, 31-January-20}. */
    DAY_NAMED(
            "d MMM uuuu",
            "(?:\\p{L}+\\.?,? )?(?<d>[0-9]{1,2})(?:\\.|er|º)?(?: de |[- /]?)(?<n>[\\p{L}\\p{M}]{3,}\\.?)(?: de |[-"
                    + " /,]*)(?<y>[0-9]{4}|[0-9]{2})",
            true),
    /** {@code Jan 31, 2020}, {@code January 31st 2020}. */
    NAMED_DAY(
            "MMM d uuuu",
            "(?:\\p{L}+\\.?,? )?(?<n>\\p{L}{3,}\\.?)[- /](?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[- /](?<y>[0-9]{4})",
            true),
    /** {@code 2020-Jan-31}. */
    YEAR_NAMED_DAY("uuuu-MMM-d", "(?<y>[0-9]{4})[- /]?(?<n>\\p{L}{3,}\\.?)[- /]?(?<d>[0-9]{1,2})", true),
    /** {@code 2020年1月31日}, {@code 2020년 1월 31일}. */
    EAST_ASIAN_DAY(
            "uuuu年M月d日",
            "(?<y>[0-9]{4})[年년] ?(?<m>[0-9]{1,2})[月월] ?(?<d>[0-9]{1,2})[日일号](?: ?[(（][月火水木金土日월화수목금토일][)）])?",
            true),
    /** {@code 31. I. 2020}: Roman months. */
    DAY_ROMAN("d. month uuuu", "(?<d>[0-9]{1,2})\\.?[ /-]?(?<u>" + Roman.MONTHS + ")\\.?[ /-]?(?<y>[0-9]{4})", true),
    /** {@code 2020-01}, {@code 2020/1}, {@code 2020M01}, {@code 2020-M01}. */
    YEAR_MONTH("uuuu-MM", "(?<y>[0-9]{4})(?: ?[-/:] ?[Mm]?| ?[Mm]|(?<=^(?:19|20)[0-9]{2})_)(?<m>[0-9]{1,2})", false),
    /** {@code 2020年1月}, {@code 2020년 1월}. */
    EAST_ASIAN_MONTH("uuuu年M月", "(?<y>[0-9]{4})[年년] ?(?<m>[0-9]{1,2})[月월](?:份|분)?", false),
    /** {@code 2019/20}, {@code 2019-2020}: a year that begins in one and ends in the next. */
    YEAR_AND_NEXT("uuuu/uu", "(?<y>[0-9]{4})[-/–](?<next>[0-9]{2}|[0-9]{4})", false),
    /** {@code FY2020}, {@code FY 20}: a year of accounts, taken for the year that it is called by. */
    FISCAL_YEAR("'FY'uuuu", "[Ff][Yy][ -]?'?(?<y>[0-9]{4}|[0-9]{2})", false),
    /** {@code '20}, {@code 2020年}, {@code 2020 г.}: a year that is called one. */
    CALLED_YEAR(
            "uuuu年",
            "(?:'(?=[0-9]{2}$)|(?=[0-9]{4} ?[年년г]))(?<y>[0-9]{4}|[0-9]{2})(?: ?(?:年度?|년도?|г\\.?|год))?",
            false),
    /** {@code 2020-366}: the days of a year, counted. */
    YEAR_DAY("uuuu-DDD", "(?<y>[0-9]{4})-(?<yd>[0-9]{3})", true),
    /** {@code 2020-3}, {@code 2020:3}: a quarter, if the whole column says so. */
    YEAR_AND_QUARTER("uuuu-q", "(?<y>[0-9]{4})[-/: ](?<q>[1-4])", false),
    /** {@code 01/2020}, {@code 1-2020}, {@code 001.2020}. */
    MONTH_YEAR("MM/uuuu", "0?(?<m>[0-9]{1,2})[-/.](?<y>[0-9]{4})", false),
    /** {@code Jan 2020}, {@code Jan-20}, {@code January/2020}. */
    NAMED_YEAR("MMM uuuu", "(?<n>[\\p{L}\\p{M}]{2,}[.॰]?)(?: de |[- /.,']*)(?<y>[0-9]{4}|[0-9]{2})(?: ?г\\.?)?", false),
    /** {@code 2020 Jan}, {@code 20-Jan}. */
    YEAR_NAMED("uuuu MMM", "(?<y>[0-9]{4}|[0-9]{2})(?:[- /]|\\. ?)?(?<n>[\\p{L}\\p{M}]{3,}\\.?)", false),
    /** {@code I-2020}, {@code XII 2020}: Roman months. */
    ROMAN_MONTH_YEAR("month uuuu", "(?<u>" + Roman.MONTHS + ")\\.?[ /-]?(?<y>[0-9]{4})", false),
    /** {@code 2020-XII}. */
    YEAR_ROMAN_MONTH("uuuu month", "(?<y>[0-9]{4})[ ./-]?(?<u>" + Roman.MONTHS + ")", false),
    /** {@code Jan-Mar 2020}: some months, taken for their first. */
    MONTHS_YEAR(
            "MMM-MMM uuuu",
            "(?<n>[\\p{L}\\p{M}]{3,}\\.?) ?[-–/] ?(?<ne>[\\p{L}\\p{M}]{3,}\\.?)[- ,]+(?<y>[0-9]{4}|[0-9]{2})",
            false),
    /** {@code Dec-Feb 2020} where December 2020 is meant. */
    MONTHS_FIRST_YEAR(
            "MMM uuuu-MMM",
            "(?<n>[\\p{L}\\p{M}]{3,}\\.?) ?[-–/] ?(?<nl>[\\p{L}\\p{M}]{3,}\\.?)[- ,]+(?<y>[0-9]{4}|[0-9]{2})",
            false),
    /** {@code 2020 Jan-Mar}, {@code 2020/Jan-Mar}. */
    YEAR_MONTHS(
            "uuuu MMM-MMM",
            "(?<y>[0-9]{4})[-: ,/]+(?<n>[\\p{L}\\p{M}]{3,}\\.?) ?[-–/] ?(?<ne>[\\p{L}\\p{M}]{3,}\\.?)",
            false),
    /** {@code 2020年1-3月}. */
    EAST_ASIAN_MONTHS("uuuu年M-M月", "(?<y>[0-9]{4})[年년] ?(?<m>[0-9]{1,2})[月월]? ?[-–~～〜] ?(?<e>[0-9]{1,2})[月월]期?", false),
    /** {@code 2020Q3}, {@code 2020-Q3}, {@code 2020 q3}, {@code 2020 T3}. */
    YEAR_QUARTER("uuuu-Qq", "(?<y>[0-9]{4})[-/: .]?[QqTt]0?(?<q>[1-4])", false),
    /** {@code Q3 2020}, {@code Q3-20}, {@code 3Q2020}. */
    QUARTER_YEAR("Qq uuuu", "(?=.?[QqTt])[QqTt]?(?<q>[1-4])(?:(?<!^.)|[QqTt])[-/:' .]*(?<y>[0-9]{4}|[0-9]{2})", false),
    /** {@code 3. Quartal 2020}, {@code 3rd quarter 2020}, {@code 3e trimestre 2020}, {@code Quarter 3, 2020}. */
    WORDED_QUARTER_YEAR(
            "q quarter uuuu",
            "(?=.*" + Roman.QUARTER_WORD + ")(?:" + Roman.QUARTER_WORD
                    + " )?(?<q>[1-4])(?:\\.|st|nd|rd|th|er|re|e|º)?(?: ?" + Roman.QUARTER_WORD
                    + ")?[ ,/-]+(?:de |du )?(?<y>[0-9]{4})(?: ?г\\.?)?",
            false),
    /** {@code 2020年第3四半期}, {@code 2020年3季度}, {@code 2020년 3분기}. */
    EAST_ASIAN_QUARTER("uuuu年q四半期", "(?<y>[0-9]{4})[年년]度? ?第?(?<q>[1-4])(?:四半期|季度|분기)", false),
    /** {@code III/2020}, {@code Q.III 2020}, {@code III kw. 2020}: Roman quarters. */
    ROMAN_QUARTER_YEAR(
            "quarter uuuu",
            "(?:[QqTt]\\.? ?)?(?<r>IV|I{1,3})\\.?(?: ?" + Roman.QUARTER_WORD
                    + ")?[ /-]*(?<y>[0-9]{4})(?: ?(?:г|r)\\.?)?",
            false),
    /** {@code 2020 III}, {@code 2020-QIII}, {@code 2020TIII}. */
    YEAR_ROMAN_QUARTER(
            "uuuu quarter", "(?<y>[0-9]{4})[ ./-]*[QqTt]?\\.?(?<r>IV|I{1,3})(?: ?" + Roman.QUARTER_WORD + ")?", false),
    /** {@code 2020H2}, {@code 2020-S2}. */
    YEAR_HALF("uuuuHh", "(?<y>[0-9]{4})[-/: .]?[HhSs](?<h>[12])", false),
    /** {@code H2 2020}, {@code 2H2020}. */
    HALF_YEAR("Hh uuuu", "(?=.?[HhSs])[HhSs]?(?<h>[12])(?:(?<!^.)|[HhSs])[-/: .]*(?<y>[0-9]{4})", false),
    /** {@code FY20 Q3}, {@code FY2020-P07}: a part of a year of accounts, taken for that of the year that it is called by. */
    FISCAL_PART(
            "'FY'uuuu-part", "[Ff][Yy][ -]?'?(?<y>[0-9]{4}|[0-9]{2})[-/: .]*(?<of>[QqPpMm])0?(?<p>[0-9]{1,2})", false),
    /** {@code Q3 FY20}, {@code P07 FY2020}. */
    PART_FISCAL(
            "part-'FY'uuuu", "(?<of>[QqPpMm])0?(?<p>[0-9]{1,2})[-/: .]*[Ff][Yy][ -]?'?(?<y>[0-9]{4}|[0-9]{2})", false),
    /** {@code 2020-W05}, {@code 2020W5}, {@code 2020-W05-1}: weeks of ISO 8601, which begin on Mondays. */
    YEAR_WEEK("uuuu-'W'ww", "(?<y>[0-9]{4})[-/: .]?(?:[Ww]|[Ww]eek |KW ?)(?<w>[0-9]{1,2})(?:-?(?<wd>[1-7]))?", false),
    /** {@code W05 2020}, {@code KW 5/2020}, {@code 5. KW 2020}. */
    WEEK_YEAR(
            "'W'ww uuuu",
            "(?=.*[Ww])(?:[Ww]|[Ww]eek |KW ?)?(?<w>[0-9]{1,2})(?:\\. ?KW)?[-/: .,]+(?<y>[0-9]{4})",
            false);

    private static final String CLOCK = "(?:(?:T|t|,? +|:(?=[0-9]{2}:))(?<hour>[0-9]{1,2})"
            + "(?:(?::|\\.(?=[0-9]{2}(?:\\.|$))|[Hh](?![A-Za-z]))(?<minute>[0-9]{2})?"
            + "(?:(?::|(?<=\\.[0-9]{2})\\.)(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9}))?)?"
            + "|(?<compact>[0-9]{2}(?:[0-9]{2})?))?"
            + "(?:[\\h-]?(?<half>[AaPp]\\.?\\h?[Mm]\\.?)|\\h?Uhr)?"
            + "(?: ?(?<zone>Z|z|[A-Za-z]{2,5}|(?:UTC|GMT)?[-+−][0-9]{1,2}(?::?[0-9]{2})?"
            + "(?::?[0-9]{2})?)?(?:\\[(?<region>[A-Za-z_/+-]+)\\])?)?)?";
    /** From when to when, as meters and markets write it. */
    private static final Pattern RANGE =
            Pattern.compile("(.{5,}?)(?:\\h+(?:-|–|to|bis|until)\\h+|/(?=[0-9]{4}-))(.{4,})");

    private static final int SHORTEST = 5;
    private static final int THIS_CENTURY = 70;

    /** How messages and settings call it. */
    public final String label;

    private final Pattern pattern;

    @SuppressWarnings("ImmutableEnumChecker") // It cannot be modified.
    private final Set<String> groups;

    TimeShape(String label, String date, boolean clock) {
        this.label = label;
        this.pattern = Pattern.compile(clock ? date + CLOCK : date);
        this.groups = Pattern.compile("\\(\\?<([a-z]+)>")
                .matcher(pattern.pattern())
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A time as it was written.
     *
     * @param local what a clock on the wall showed
     * @param zone what stood behind it: an offset, a zone's short name or a region; empty for nothing
     */
    public record Written(LocalDateTime local, String zone) {}

    /** The time that a cell says, the first of two where it says from when to when; null where it is not written this way. */
    @Nullable
    public Written parse(String cell) {
        Matcher m = pattern.matcher(cell);
        if (!m.matches()) {
            Matcher range = cell.length() < 2 * SHORTEST ? null : RANGE.matcher(cell);
            if (range != null && range.matches()) {
                return from(range.group(1), range.group(2));
            }
            String bare = TimeDress.bare(cell);
            return bare.equals(cell) ? null : parse(bare);
        }
        try {
            if (text(m, "hour") == null) {
                return new Written(date(m).atStartOfDay(), "");
            }
            String region = text(m, "region");
            String zone = region != null ? region : text(m, "zone");
            boolean known = zone == null || TableZone.isKnown(zone);
            return known ? new Written(clock(date(m), m), zone == null ? "" : zone) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Written from(String begin, String end) {
        Written last = parse(end);
        Written first = parse(begin);
        if (first == null && last != null) {
            // The year may stand once for both.
            int year = last.local().getYear();
            Written same = parse(begin + ", " + year);
            first = same == null || !same.local().isAfter(last.local()) ? same : parse(begin + ", " + (year - 1));
        }
        return last != null || end.matches("[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?") ? first : null;
    }

    private @Nullable String text(Matcher m, String group) {
        return groups.contains(group) ? m.group(group) : null;
    }

    private int number(Matcher m, String group) {
        String digits = text(m, group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private LocalDate date(Matcher m) {
        int year = year(m.group("y"));
        if (groups.contains("w")) {
            return week(year, number(m, "w"), Math.max(1, number(m, "wd")));
        } else if (groups.contains("yd")) {
            return LocalDate.ofYearDay(year, number(m, "yd"));
        } else if (groups.contains("next")) {
            askNext(year, m.group("next"));
        }
        int month = month(m);
        if (groups.contains("nl")) {
            named(m.group("nl"));
        }
        int end = groups.contains("ne") ? named(m.group("ne")) : groups.contains("e") ? number(m, "e") : month;
        return LocalDate.of(end < month ? year - 1 : year, month, groups.contains("d") ? number(m, "d") : 1);
    }

    /** The first month that a matched text says. */
    private int month(Matcher m) {
        for (String group : List.of("m", "n", "u", "q", "r", "h", "p")) {
            if (groups.contains(group)) {
                return switch (group) {
                    case "m" -> number(m, "m");
                    case "n" -> named(m.group("n"));
                    case "u" -> Roman.number(m.group("u"));
                    case "q" -> 3 * number(m, "q") - 2;
                    case "r" -> 3 * Roman.number(m.group("r")) - 2;
                    case "h" -> 6 * number(m, "h") - 5;
                    default -> part(m.group("of"), number(m, "p"));
                };
            }
        }
        return 1;
    }

    private LocalDateTime clock(LocalDate date, Matcher m) {
        String compact = text(m, "compact");
        int hour = number(m, "hour");
        int minute = compact != null ? Integer.parseInt(compact.substring(0, 2)) : number(m, "minute");
        int second =
                compact != null && compact.length() == 4 ? Integer.parseInt(compact.substring(2)) : number(m, "second");
        String half = text(m, "half");
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("hour " + hour + " of half a day");
            }
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
        }
        String fraction = text(m, "fraction");
        int nanos = fraction == null ? 0 : (int) Math.round(Double.parseDouble("0." + fraction) * 1e9);
        boolean end = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        LocalDateTime time = date.atTime(end ? 0 : hour, minute, second, Math.min(nanos, 999_999_999));
        return end ? time.plusDays(1) : time;
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() > 2 ? year : year + (year < THIS_CENTURY ? 2000 : 1900);
    }

    private static void askNext(int year, String digits) {
        int next =
                digits.length() == 2 ? 100 * ((year + 1) / 100) + Integer.parseInt(digits) : Integer.parseInt(digits);
        if (next != year + 1) {
            throw new DateTimeException(next + " does not follow " + year);
        }
    }

    /** The first month of a quarter, or the month of a year of accounts. */
    private static int part(String letter, int part) {
        boolean quarter = letter.equalsIgnoreCase("q");
        if (quarter && part > 4) {
            throw new DateTimeException("no quarter " + part);
        }
        return quarter ? 3 * part - 2 : part;
    }

    private static int named(String name) {
        int month = MonthNames.number(name);
        if (month == 0) {
            throw new DateTimeException("no month " + name);
        }
        return month;
    }

    /** A day of a week of ISO 8601. */
    public static LocalDate week(int year, int week, int day) {
        LocalDate monday = LocalDate.of(year, 1, 4)
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
                .with(DayOfWeek.MONDAY);
        LocalDate found = monday.plusWeeks(week - 1L);
        if (week < 1 || found.get(IsoFields.WEEK_BASED_YEAR) != year) {
            throw new DateTimeException("no week " + week + " in " + year);
        }
        return found.plusDays(day - 1L);
    }
}
