package dev.namaskar.series.notation;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which people write a time as text. A column is read in one of them from its first row to its last. */
public enum TimeShape {
    /** {@code 2020-01-31}, {@code 2020/1/31}, {@code 2020.01.31}. */
    YEAR_FIRST("year-first", "([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
        }
    },
    /** {@code 20200131}, also with a clock time behind a {@code T}. */
    COMPACT("uuuuMMdd", "(" + Years.DIGITS + ")([0-9]{2})([0-9]{2})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
        }
    },
    /** {@code 31012020}. */
    COMPACT_DAY_FIRST("ddMMuuuu", "([0-9]{1,2})([0-9]{2})(" + Years.DIGITS + ")", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 3), number(m, 2), number(m, 1));
        }
    },
    /** {@code 01312020}. */
    COMPACT_MONTH_FIRST("MMdduuuu", "([0-9]{1,2})([0-9]{2})(" + Years.DIGITS + ")", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 3), number(m, 1), number(m, 2));
        }
    },
    /** {@code 2020013118}, {@code 202001311830}, {@code 20200131183000}. */
    COMPACT_CLOCK(
            "uuuuMMddHHmm",
            "(" + Years.DIGITS + ")([0-9]{2})([0-9]{2})(?<hour>[0-9]{2})(?<minute>[0-9]{2})?(?<second>[0-9]{2})?",
            false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
        }

        /** The clock that a matched text shows. */
        @Override
        public LocalDateTime clock(Matcher m) {
            return date(m).atTime(number(m, "hour"), number(m, "minute"), number(m, "second"));
        }
    },
    /** {@code 31.01.2020}, {@code 31/1/2020}, {@code Fri 31-01-20}. */
    DAY_FIRST("day-first", "(?:\\p{L}{2,}\\.?,? )?([0-9]{1,2})([-/.])([0-9]{1,2})\\2([0-9]{4}|[0-9]{2})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(4)), number(m, 3), number(m, 1));
        }
    },
    /** {@code 01/31/2020}, {@code 1/31/20}; with points nobody means this. */
    MONTH_FIRST("month-first", "(?:\\p{L}{2,}\\.?,? )?([0-9]{1,2})([-/])([0-9]{1,2})\\2([0-9]{4}|[0-9]{2})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(4)), number(m, 1), number(m, 3));
        }
    },
    /** {@code 20-01-31}. */
    SHORT_YEAR_FIRST("short-year-first", "([0-9]{2})([-/.])([0-9]{2})\\2([0-9]{2})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(1)), number(m, 3), number(m, 4));
        }
    },
    /** {@code 31 Jan 2020}, {@code Fri, 31-January-20}. */
    DAY_NAMED(
            "d MMM uuuu",
            "(?:\\p{L}+\\.?,? )?([0-9]{1,2})\\.?(?: de |[- /]?)([\\p{L}\\p{M}]{3,}\\.?)(?: de |[-"
                    + " /,]*)([0-9]{4}|[0-9]{2})",
            true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(3)), month(m.group(2)), number(m, 1));
        }
    },
    /** {@code Jan 31, 2020}, {@code January 31st 2020}. */
    NAMED_DAY(
            "MMM d uuuu",
            "(?:\\p{L}+\\.?,? )?(\\p{L}{3,}\\.?)[- /]([0-9]{1,2})(?:st|nd|rd|th)?,?[- /]([0-9]{4})",
            true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(3)), month(m.group(1)), number(m, 2));
        }
    },
    /** {@code 2020-Jan-31}. */
    YEAR_NAMED_DAY("uuuu-MMM-d", "([0-9]{4})[- /]?(\\p{L}{3,}\\.?)[- /]?([0-9]{1,2})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), month(m.group(2)), number(m, 3));
        }
    },
    /** {@code 2020-01}, {@code 2020/1}, {@code 2020M01}, {@code 2020-M01}. */
    YEAR_MONTH("uuuu-MM", "([0-9]{4})(?: ?[-/:] ?[Mm]?| ?[Mm])([0-9]{1,2})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), number(m, 2), 1);
        }
    },
    /** {@code 2019/20}, {@code 2019-2020}: a year that begins in one and ends in the next. */
    YEAR_AND_NEXT("uuuu/uu", "([0-9]{4})[-/–]([0-9]{2}|[0-9]{4})", false) {
        @Override
        public LocalDate date(Matcher m) {
            int year = number(m, 1);
            int next = m.group(2).length() == 2 ? 100 * ((year + 1) / 100) + number(m, 2) : number(m, 2);
            if (next != year + 1) {
                throw new DateTimeException(next + " does not follow " + year);
            }
            return LocalDate.of(year, 1, 1);
        }
    },
    /** {@code FY2020}, {@code FY 20}: a year of accounts, taken for the year that it is called by. */
    FISCAL_YEAR("'FY'uuuu", "[Ff][Yy][ -]?'?([0-9]{4}|[0-9]{2})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(1)), 1, 1);
        }
    },
    /** {@code 2020-366}: the days of a year, counted. */
    YEAR_DAY("uuuu-DDD", "([0-9]{4})-([0-9]{3})", true) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.ofYearDay(number(m, 1), number(m, 2));
        }
    },
    /** {@code 2020-3}, {@code 2020:3}: a quarter, if the whole column says so. */
    YEAR_AND_QUARTER("uuuu-q", "([0-9]{4})[-/: ]([1-4])", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), 3 * number(m, 2) - 2, 1);
        }
    },
    /** {@code 01/2020}, {@code 1-2020}. */
    MONTH_YEAR("MM/uuuu", "([0-9]{1,2})[-/.]([0-9]{4})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 2), number(m, 1), 1);
        }
    },
    /** {@code Jan 2020}, {@code Jan-20}, {@code January/2020}. */
    NAMED_YEAR("MMM uuuu", "([\\p{L}\\p{M}]{2,}[.॰]?)(?: de |[- /.,']*)([0-9]{4}|[0-9]{2})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(2)), month(m.group(1)), 1);
        }
    },
    /** {@code 2020 Jan}, {@code 20-Jan}. */
    YEAR_NAMED("uuuu MMM", "([0-9]{4}|[0-9]{2})[- /.]?([\\p{L}\\p{M}]{3,}\\.?)", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(year(m.group(1)), month(m.group(2)), 1);
        }
    },
    /** {@code 2020Q3}, {@code 2020-Q3}, {@code 2020 q3}, {@code 2020 T3}. */
    YEAR_QUARTER("uuuu-Qq", "([0-9]{4})[-/: .]?[QqTt]0?([1-4])", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), 3 * number(m, 2) - 2, 1);
        }
    },
    /** {@code Q3 2020}, {@code Q3-20}, {@code 3Q2020}. */
    QUARTER_YEAR("Qq uuuu", "(?:[QqTt]([1-4])|([1-4])[QqTt])[-/:' .]*([0-9]{4}|[0-9]{2})", false) {
        @Override
        public LocalDate date(Matcher m) {
            int quarter = number(m, m.group(1) == null ? 2 : 1);
            return LocalDate.of(year(m.group(3)), 3 * quarter - 2, 1);
        }
    },
    /** {@code 2020H2}, {@code 2020-S2}. */
    YEAR_HALF("uuuuHh", "([0-9]{4})[-/: .]?[HhSs]([12])", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 1), 6 * number(m, 2) - 5, 1);
        }
    },
    /** {@code H2 2020}. */
    HALF_YEAR("Hh uuuu", "[HhSs]([12])[-/: .]+([0-9]{4})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return LocalDate.of(number(m, 2), 6 * number(m, 1) - 5, 1);
        }
    },
    /** {@code FY20 Q3}, {@code FY2020-P07}: a part of a year of accounts, taken for that of the year that it is called by. */
    FISCAL_PART("'FY'uuuu-part", "[Ff][Yy][ -]?'?([0-9]{4}|[0-9]{2})[-/: .]*([QqPpMm])0?([0-9]{1,2})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return part(m.group(1), m.group(2), number(m, 3));
        }
    },
    /** {@code Q3 FY20}, {@code P07 FY2020}. */
    PART_FISCAL("part-'FY'uuuu", "([QqPpMm])0?([0-9]{1,2})[-/: .]*[Ff][Yy][ -]?'?([0-9]{4}|[0-9]{2})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return part(m.group(3), m.group(1), number(m, 2));
        }
    },
    /** {@code 2020-W05}, {@code 2020W5}, {@code 2020-W05-1}: weeks of ISO 8601, which begin on Mondays. */
    YEAR_WEEK("uuuu-'W'ww", "([0-9]{4})[-/: .]?(?:[Ww]|[Ww]eek |KW ?)([0-9]{1,2})(?:-?([1-7]))?", false) {
        @Override
        public LocalDate date(Matcher m) {
            return week(number(m, 1), number(m, 2), m.group(3) == null ? 1 : number(m, 3));
        }
    },
    /** {@code W05 2020}, {@code KW 5/2020}. */
    WEEK_YEAR("'W'ww uuuu", "(?:[Ww]|[Ww]eek |KW ?)([0-9]{1,2})[-/: .,]+([0-9]{4})", false) {
        @Override
        public LocalDate date(Matcher m) {
            return week(number(m, 2), number(m, 1), 1);
        }
    };

    private static final String CLOCK = "(?:(?:T|t|,? +)(?<hour>[0-9]{1,2})(?:(?::|[Hh]\\b)(?<minute>[0-9]{2})?"
            + "(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9}))?)?|(?<compact>[0-9]{2}(?:[0-9]{2})?))?"
            + "(?:\\h?(?<half>[AaPp]\\.?\\h?[Mm]\\.?))?"
            + "(?: ?(?<zone>Z|z|[A-Za-z]{2,5}|(?:UTC|GMT)?[-+−][0-9]{1,2}(?::?[0-9]{2})?"
            + "(?::?[0-9]{2})?)?(?:\\[(?<region>[A-Za-z_/+-]+)\\])?)?)?";
    /** From when to when, as meters and markets write it. */
    private static final Pattern RANGE =
            Pattern.compile("(.{6,}?)(?:\\h+(?:-|–|to|bis|until)\\h+|/(?=[0-9]{4}-))(.{4,})");

    private static final int SHORTEST = 5;
    private static final int THIS_CENTURY = 70;

    /** How messages and settings call it. */
    public final String label;

    private final Pattern pattern;
    private final boolean clock;

    TimeShape(String label, String date, boolean clock) {
        this.label = label;
        this.clock = clock;
        this.pattern = Pattern.compile(clock ? date + CLOCK : date);
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
            return range == null || !range.matches() ? null : from(range.group(1), range.group(2));
        }
        try {
            if (!clock || m.group("hour") == null) {
                return new Written(clock(m), "");
            }
            String region = m.group("region");
            String zone = region != null ? region : m.group("zone");
            boolean known = zone == null || TableZone.isKnown(zone);
            return known ? new Written(clock(date(m), m), zone == null ? "" : zone) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Written from(String begin, String end) {
        boolean two = end.matches("[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?") || parse(end) != null;
        return two ? parse(begin) : null;
    }

    abstract LocalDate date(Matcher m);

    /** The clock that a matched text shows. */
    public LocalDateTime clock(Matcher m) {
        return date(m).atStartOfDay();
    }

    private static LocalDateTime clock(LocalDate date, Matcher m) {
        String compact = m.group("compact");
        int hour = number(m, "hour");
        int minute = compact != null ? Integer.parseInt(compact.substring(0, 2)) : number(m, "minute");
        int second =
                compact != null && compact.length() == 4 ? Integer.parseInt(compact.substring(2)) : number(m, "second");
        String half = m.group("half");
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("hour " + hour + " of half a day");
            }
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
        }
        String fraction = m.group("fraction");
        int nanos = fraction == null ? 0 : (int) Math.round(Double.parseDouble("0." + fraction) * 1e9);
        boolean end = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        LocalDateTime time = date.atTime(end ? 0 : hour, minute, second, Math.min(nanos, 999_999_999));
        return end ? time.plusDays(1) : time;
    }

    private static int number(Matcher m, String group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() > 2 ? year : year + (year < THIS_CENTURY ? 2000 : 1900);
    }

    /** A quarter or the month of a year. */
    private static LocalDate part(String year, String letter, int part) {
        boolean quarter = letter.equalsIgnoreCase("q");
        if (quarter && part > 4) {
            throw new DateTimeException("no quarter " + part);
        }
        return LocalDate.of(year(year), quarter ? 3 * part - 2 : part, 1);
    }

    private static int month(String name) {
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
