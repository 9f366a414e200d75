package dev.namaskar.series.notation;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The regular step between two observations, and what a time number means.
 *
 * <p>Times are {@code long}. Clock units hold milliseconds since 1970-01-01T00:00 of the table's own (zone-less) clock;
 * {@link Unit#ROW} holds plain row numbers; {@link Unit#YEAR_PART} holds {@code year * count + part}; {@link Unit#SEASON_PART} holds
 * row numbers.
 *
 * @param unit the unit of the step
 * @param count units in one step ({@code MONTH, 3} is a quarter); for {@link Unit#YEAR_PART} and
 *     {@link Unit#SEASON_PART} the parts of a year or season
 */
public record Frequency(Unit unit, long count) {
    /** What {@link #steps} returns when two times are not a whole number of steps apart. */
    public static final long UNEVEN = Long.MIN_VALUE;

    /** Milliseconds of a day. */
    public static final long DAY_MILLIS = 86_400_000L;

    private static final int DAYS_OF_YEAR = 366;

    private static final Pattern COUNTED = Pattern.compile("([0-9]{1,8})(ms|s|min|h|d|mo|rows|/year|/season)");

    /** Units of time. */
    public enum Unit {
        /** A fixed span of the clock, shorter than a day. */
        MILLISECOND,
        /** Calendar days. */
        DAY,
        /** Monday to Friday; days on which nothing was observed may be stepped over. */
        BUSINESS_DAY,
        /** Calendar months. */
        MONTH,
        /** Equal parts of a year, from times written as fractional years. */
        YEAR_PART,
        /** Plain row numbers. */
        ROW,
        /** Plain row numbers, of which so many are known to make a season: months, say, that nobody dated. */
        SEASON_PART
    }

    /** Checks the count. */
    public Frequency {
        if (count < 1) {
            throw new IllegalArgumentException("expected a frequency of at least 1 " + unit + ", found " + count);
        }
    }

    /**
     * Reads a frequency's name: {@code row}, {@code hour}, {@code day}, {@code business-day}, {@code week},
     * {@code month}, {@code quarter}, {@code year}, or a number with a unit ({@code 15min}, {@code 30s}, {@code 2h},
     * {@code 7d}, {@code 6mo}).
     *
     * @throws IllegalArgumentException when the text is none of them
     */
    public static Frequency parse(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "row" -> new Frequency(Unit.ROW, 1);
            case "minute" -> new Frequency(Unit.MILLISECOND, 60_000);
            case "hour" -> new Frequency(Unit.MILLISECOND, 3_600_000);
            case "day" -> new Frequency(Unit.DAY, 1);
            case "business-day" -> new Frequency(Unit.BUSINESS_DAY, 1);
            case "week" -> new Frequency(Unit.DAY, 7);
            case "month" -> new Frequency(Unit.MONTH, 1);
            case "quarter" -> new Frequency(Unit.MONTH, 3);
            case "year" -> new Frequency(Unit.MONTH, 12);
            default -> counted(name, text);
        };
    }

    private static Frequency counted(String name, String text) {
        Matcher parts = COUNTED.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "expected a frequency such as row, hour, day, business-day, week, month, "
                            + "quarter, year, 15min, 2h or 52/year, found '" + text + "'");
        }
        long n = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> new Frequency(Unit.MILLISECOND, n);
            case "s" -> new Frequency(Unit.MILLISECOND, n * 1000);
            case "min" -> new Frequency(Unit.MILLISECOND, n * 60_000);
            case "h" -> new Frequency(Unit.MILLISECOND, n * 3_600_000);
            case "d" -> new Frequency(Unit.DAY, n);
            case "mo" -> new Frequency(Unit.MONTH, n);
            case "rows" -> new Frequency(Unit.ROW, n);
            case "/season" -> new Frequency(Unit.SEASON_PART, n);
            default -> new Frequency(Unit.YEAR_PART, n);
        };
    }

    /** Whether times are dates or instants, so that calendar features and date axes exist. */
    public boolean isClock() {
        return unit != Unit.ROW && unit != Unit.YEAR_PART && unit != Unit.SEASON_PART;
    }

    /** The same step between rows that carry no dates: what stays of it is the usual season. */
    public Frequency counted() {
        boolean unknown = unit == Unit.MILLISECOND && usualSeason() == 1;
        return unknown ? new Frequency(Unit.ROW, 1) : new Frequency(Unit.SEASON_PART, usualSeason());
    }

    /** Whole steps from one time to another, negative when {@code to} is earlier, or {@link #UNEVEN}. */
    public long steps(long from, long to) {
        return switch (unit) {
            case MILLISECOND -> whole(to - from, count);
            case DAY -> whole(to - from, count * DAY_MILLIS);
            case ROW -> whole(to - from, count);
            case YEAR_PART, SEASON_PART -> to - from;
            case BUSINESS_DAY -> businessSteps(from, to);
            case MONTH -> monthSteps(from, to);
        };
    }

    /** The time {@code steps} after {@code time}; a month's last day leads to a month's last day. */
    public long plus(long time, long steps) {
        return switch (unit) {
            case MILLISECOND, ROW -> time + steps * count;
            case DAY -> time + steps * count * DAY_MILLIS;
            case YEAR_PART, SEASON_PART -> time + steps;
            case BUSINESS_DAY -> time + DAY_MILLIS * (dayOfBusiness(businessOrdinal(day(time)) + steps) - day(time));
            case MONTH -> {
                LocalDateTime start = clock(time);
                LocalDate end = start.toLocalDate().plusMonths(steps * count);
                yield millis((isMonthEnd(start.toLocalDate()) ? end.withDayOfMonth(end.lengthOfMonth()) : end)
                        .atTime(start.toLocalTime()));
            }
        };
    }

    /** The season that series of this step usually have: a day of hours, a week of days, a year of its parts; else 1. */
    public int usualSeason() {
        return switch (unit) {
            case MONTH -> (int) Math.max(1, 12 / count);
            case DAY -> count == 1 ? 7 : count == 7 ? 52 : 1;
            case BUSINESS_DAY -> 5;
            case MILLISECOND -> DAY_MILLIS % count == 0 && count >= 60_000 ? (int) (DAY_MILLIS / count) : 1;
            case YEAR_PART -> (int) Math.min(count, DAYS_OF_YEAR);
            case SEASON_PART -> (int) Math.min(Integer.MAX_VALUE, count);
            case ROW -> 1;
        };
    }

    /** The time as text: an ISO date or date-time, a row number, or a fractional year. */
    public String text(long time) {
        return switch (unit) {
            case ROW, SEASON_PART -> Long.toString(time);
            case YEAR_PART -> String.format(Locale.ROOT, "%.4f", time / (double) count);
            default -> {
                LocalDateTime clock = clock(time);
                yield clock.toLocalTime().equals(LocalTime.MIDNIGHT) && unit != Unit.MILLISECOND
                        ? clock.toLocalDate().toString()
                        : clock.toString();
            }
        };
    }

    /** The name that {@link #parse} reads back. */
    public String name() {
        return switch (unit) {
            case ROW -> count == 1 ? "row" : count + "rows";
            case BUSINESS_DAY -> "business-day";
            case YEAR_PART -> count + "/year";
            case SEASON_PART -> count + "/season";
            case DAY -> count == 1 ? "day" : count == 7 ? "week" : count + "d";
            case MONTH -> count == 1 ? "month" : count == 3 ? "quarter" : count == 12 ? "year" : count + "mo";
            case MILLISECOND -> span();
        };
    }

    private String span() {
        if (count == 3_600_000) {
            return "hour";
        } else if (count % 3_600_000 == 0) {
            return count / 3_600_000 + "h";
        } else if (count % 60_000 == 0) {
            return count == 60_000 ? "minute" : count / 60_000 + "min";
        }
        return count % 1000 == 0 ? count / 1000 + "s" : count + "ms";
    }

    @Override
    public String toString() {
        return name();
    }

    private static long whole(long span, long step) {
        return span % step == 0 ? span / step : UNEVEN;
    }

    private static long businessSteps(long from, long to) {
        if (isWeekend(from) || isWeekend(to) || (to - from) % DAY_MILLIS != 0) {
            return UNEVEN;
        }
        return businessOrdinal(day(to)) - businessOrdinal(day(from));
    }

    private long monthSteps(long from, long to) {
        LocalDateTime a = clock(from);
        LocalDateTime b = clock(to);
        if (!isSameDay(a.toLocalDate(), b.toLocalDate()) || !a.toLocalTime().equals(b.toLocalTime())) {
            return UNEVEN;
        }
        return whole(monthOrdinal(b) - monthOrdinal(a), count);
    }

    /** Whether two days have the same place in their months, which for 31 January and 28 February is so. */
    private static boolean isSameDay(LocalDate a, LocalDate b) {
        boolean clipped = a.getDayOfMonth() < b.getDayOfMonth() ? isMonthEnd(a) : isMonthEnd(b);
        return a.getDayOfMonth() == b.getDayOfMonth() || clipped;
    }

    /**
     * The row among the last of a series from whose time later ones are counted: for months the one that was not cut
     * short, so that 30 January leads to 30 March whatever February did.
     */
    public int anchor(long[] times) {
        int anchor = times.length - 1;
        for (int i = anchor; unit == Unit.MONTH && i >= Math.max(0, times.length - 4); i--) {
            LocalDate day = clock(times[i]).toLocalDate();
            LocalDate best = clock(times[anchor]).toLocalDate();
            boolean later = day.getDayOfMonth() > best.getDayOfMonth();
            boolean surer = day.getDayOfMonth() == best.getDayOfMonth() && isMonthEnd(best) && !isMonthEnd(day);
            anchor = later || surer ? i : anchor;
        }
        return anchor;
    }

    /** Months since year 0. */
    public static long monthOrdinal(LocalDateTime time) {
        return time.getYear() * 12L + time.getMonthValue() - 1;
    }

    /** Whether the next day is another month. */
    public static boolean isMonthEnd(LocalDate date) {
        return date.getDayOfMonth() == date.lengthOfMonth();
    }

    /** Whether a time in milliseconds is on a Saturday or Sunday. */
    public static boolean isWeekend(long time) {
        DayOfWeek day = clock(time).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    /** The clock at a time in milliseconds. */
    public static LocalDateTime clock(long time) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
    }

    /** The time in milliseconds at this clock. */
    public static long millis(LocalDateTime clock) {
        return clock.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static long day(long time) {
        return Math.floorDiv(time, DAY_MILLIS);
    }

    /** Monday to Friday counted through; 1970-01-01 was a Thursday, so day -3 was a Monday. */
    private static long businessOrdinal(long day) {
        long sinceMonday = day + 3;
        return Math.floorDiv(sinceMonday, 7) * 5 + Math.min(4, Math.floorMod(sinceMonday, 7));
    }

    private static long dayOfBusiness(long ordinal) {
        return Math.floorDiv(ordinal, 5) * 7 + Math.floorMod(ordinal, 5) - 3;
    }
}
