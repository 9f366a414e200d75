package dev.namaskar.series.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import dev.namaskar.series.Series;
import dev.namaskar.series.notation.Frequency;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The public holidays of countries and their parts, as Jollyday knows them. */
public final class HolidayCalendar {
    /** A model knows so many years beyond the end of what it was trained on. */
    public static final int YEARS_AHEAD = 15;

    private HolidayCalendar() {}

    /**
     * The holidays of whole years.
     *
     * @param region a country by its two letters, in part by a dash and what Jollyday calls the part: {@code DE-BY},
     *     {@code US-NY}, {@code GB-SCT}
     * @throws IllegalArgumentException when there is no such country, or no such part of it: it names those there are
     */
    public static Holidays of(String region, int firstYear, int lastYear) {
        try {
            return known(region, firstYear, lastYear);
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "the holidays of countries come from Jollyday, which is not on the class"
                            + " path; depend on de.focus-shift:jollyday-core and jollyday-jackson",
                    e);
        }
    }

    private static Holidays known(String region, int firstYear, int lastYear) {
        String[] parts = region.toLowerCase(Locale.ROOT).strip().split("[-:/]", -1);
        HolidayManager manager = manager(parts[0], region);
        CalendarHierarchy place = manager.getCalendarHierarchy();
        String[] within = new String[parts.length - 1];
        for (int i = 1; i < parts.length; i++) {
            Map<String, CalendarHierarchy> inside = new TreeMap<>(place.getChildren());
            CalendarHierarchy child = inside.get(parts[i]);
            if (child == null) {
                throw new IllegalArgumentException(
                        "no part \"" + parts[i] + "\" of " + place.getDescription(Locale.ROOT)
                                + " has holidays of its own"
                                + (inside.isEmpty() ? "" : "; expected one of " + String.join(", ", inside.keySet()))
                                + ", found \"" + region + "\"");
            }
            place = child;
            within[i - 1] = parts[i];
        }
        LocalDate first = LocalDate.of(firstYear, 1, 1);
        LocalDate last = LocalDate.of(lastYear, 12, 31);
        List<Long> days = new ArrayList<>();
        for (int year = firstYear; year <= lastYear; year++) {
            manager.getHolidays(Year.of(year), within).stream()
                    .filter(holiday -> holiday.getType() != HolidayType.OBSERVANCE)
                    .forEach(holiday -> {
                        days.add(holiday.getActualDate().toEpochDay());
                        holiday.getObservedDate().ifPresent(observed -> days.add(observed.toEpochDay()));
                    });
        }
        long[] ascending = days.stream()
                .mapToLong(day -> day)
                .filter(day -> day >= first.toEpochDay() && day <= last.toEpochDay())
                .sorted()
                .distinct()
                .toArray();
        return new Holidays(
                String.join("-", parts).toUpperCase(Locale.ROOT), first.toEpochDay(), last.toEpochDay(), ascending);
    }

    private static HolidayManager manager(String country, String region) {
        if (!HolidayManager.getSupportedCalendarCodes().contains(country.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("no holidays of \"" + region
                    + "\" are known; expected a country by its two letters, such as DE, US or IN, and perhaps a part"
                    + " of it, such as DE-BY; there are "
                    + String.join(
                            ", ",
                            HolidayManager.getSupportedCalendarCodes().stream()
                                    .sorted()
                                    .toList()));
        }
        return HolidayManager.getInstance(ManagerParameters.create(country));
    }

    /**
     * The holidays from the first year of some histories to {@link #YEARS_AHEAD} years after their last.
     *
     * @throws IllegalArgumentException when their steps carry no dates
     */
    public static Holidays over(String region, List<Series> histories) {
        Series dated = histories.get(0);
        if (!dated.frequency().isClock()) {
            throw new IllegalArgumentException("holidays need dates, found times counted by " + dated.frequency());
        }
        int first = year(histories.stream().filter(s -> s.length() > 0).mapToLong(s -> s.time(0)), true);
        int last = year(histories.stream().filter(s -> s.length() > 0).mapToLong(s -> s.time(s.length() - 1)), false);
        return of(region, first, last + YEARS_AHEAD);
    }

    private static int year(LongStream times, boolean earliest) {
        long time = (earliest ? times.min() : times.max()).orElse(0);
        return Frequency.clock(time).getYear();
    }
}
