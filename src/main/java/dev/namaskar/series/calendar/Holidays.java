package dev.namaskar.series.calendar;

import dev.namaskar.series.notation.Frequency;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The public holidays of a region over a span of days. A model that reads them keeps them, so that it forecasts with no
 * calendar of countries at hand; beyond the span nothing is known, and nothing is guessed.
 *
 * @param region a country by its two letters, and perhaps a part of it: {@code DE}, {@code DE-BY}
 * @param first the first day of the span, in days since 1970-01-01
 * @param last its last day
 * @param days the holidays among them, ascending, in days since 1970-01-01
 */
@SuppressWarnings("ArrayRecordComponent") // compared by what it holds
public record Holidays(String region, long first, long last, long[] days) {
    private static final long MOST_DAYS = 400L * 366;

    /** Checks that the holidays ascend within the span. */
    public Holidays {
        boolean fits = first <= last && last - first <= MOST_DAYS;
        for (int i = 0; i < days.length; i++) {
            fits &= days[i] <= last && days[i] >= (i == 0 ? first : days[i - 1] + 1);
        }
        if (!fits) {
            throw new IllegalArgumentException("expected ascending holidays of " + region + " within their span of "
                    + first + " to " + last + " (days since 1970)");
        }
        days = days.clone();
    }

    /**
     * How many holidays fall into the step of a time: into the days from it on, or into the months that it begins or, on
     * a last day of the month, ends; of a step of a day or shorter, whether its day is one.
     *
     * @throws IllegalArgumentException when the step leaves the span
     */
    public int during(Frequency frequency, long time) {
        long day = day(time);
        if (frequency.unit() == Frequency.Unit.DAY) {
            return count(day, day + frequency.count());
        }
        if (frequency.unit() == Frequency.Unit.MONTH) {
            LocalDate date = LocalDate.ofEpochDay(day);
            LocalDate begin =
                    date.withDayOfMonth(1).minusMonths(Frequency.isMonthEnd(date) ? frequency.count() - 1 : 0);
            return count(begin.toEpochDay(), begin.plusMonths(frequency.count()).toEpochDay());
        }
        return count(day, day + 1);
    }

    /** Holidays among the days {@code [from, to)}. */
    private int count(long from, long to) {
        if (from < first || to - 1 > last) {
            throw new IllegalArgumentException("the holidays of " + region + " are known from " + text(first) + " to "
                    + text(last) + ", asked for " + text(from) + (to - 1 > from ? " to " + text(to - 1) : "")
                    + "; train on the present table to know later ones");
        }
        return place(to) - place(from);
    }

    /** Number of holidays before a day. */
    private int place(long day) {
        int found = Arrays.binarySearch(days, day);
        return found >= 0 ? found : -found - 1;
    }

    private static long day(long time) {
        return Math.floorDiv(time, Frequency.DAY_MILLIS);
    }

    private static String text(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Holidays h
                && h.region.equals(region)
                && h.first == first
                && h.last == last
                && Arrays.equals(h.days, days);
    }

    @Override
    public int hashCode() {
        return 31 * region.hashCode() + Arrays.hashCode(days);
    }

    @Override
    public String toString() {
        return region + " " + text(first) + ".." + text(last);
    }
}
