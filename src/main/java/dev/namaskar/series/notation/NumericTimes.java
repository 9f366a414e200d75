package dev.namaskar.series.notation;

import dev.namaskar.series.TableException;
import java.time.LocalDate;
import java.util.List;

/** Tells row numbers, years and fractional years apart and puts each on a grid. */
public final class NumericTimes {
    private static final List<Integer> CALENDAR_PARTS = List.of(1, 2, 3, 4, 6, 12);
    /** R prints fifteen digits; tables made by hand often print two. */
    private static final double TOLERANCE = 0.15;

    private NumericTimes() {}

    /**
     * The grid on which ascending numbers lie.
     *
     * @param format {@code auto}, {@code row} or {@code year}
     */
    public static Frequency grid(List<double[]> times, String format) {
        boolean whole = true;
        boolean years = true;
        double step = Double.POSITIVE_INFINITY;
        for (double[] series : times) {
            for (int i = 0; i < series.length; i++) {
                whole &= series[i] == Math.rint(series[i]);
                years &= Years.is(series[i]);
                if (i > 0 && series[i] > series[i - 1]) {
                    step = Math.min(step, series[i] - series[i - 1]);
                }
            }
        }
        if (format.equals("row") || (format.equals("auto") && !years)) {
            if (!whole) {
                throw new TableException("expected whole row numbers in the time column, found fractions; "
                        + "give `time-format` year for fractional years");
            }
            return new Frequency(Frequency.Unit.ROW, Double.isInfinite(step) ? 1 : (long) step);
        }
        return yearGrid(times, whole, step);
    }

    private static Frequency yearGrid(List<double[]> times, boolean whole, double step) {
        if (whole) {
            return new Frequency(Frequency.Unit.MONTH, Double.isInfinite(step) ? 12 : 12 * (long) step);
        }
        // Two digits of a year make a twelfth of it anything from 0.08 to 0.09.
        int nearest = (int) Math.rint(1 / step);
        int parts = CALENDAR_PARTS.stream()
                .filter(p -> Math.abs(1 / step - p) <= 0.1 * p && Double.isNaN(offGrid(times, p)))
                .findFirst()
                .orElse(nearest);
        double off = offGrid(times, parts);
        if (!Double.isNaN(off)) {
            throw new TableException("fractional years do not lie on a grid of " + parts + " a year: found " + off
                    + "; number the rows or write dates");
        }
        return CALENDAR_PARTS.contains(parts)
                ? new Frequency(Frequency.Unit.MONTH, 12 / parts)
                : new Frequency(Frequency.Unit.YEAR_PART, parts);
    }

    /** The first time that is no whole number of parts of a year, or NaN. */
    private static double offGrid(List<double[]> times, int parts) {
        for (double[] series : times) {
            for (double time : series) {
                if (Math.abs(time * parts - Math.rint(time * parts)) > TOLERANCE) {
                    return time;
                }
            }
        }
        return Double.NaN;
    }

    /** The number as a time of that frequency. */
    public static long time(double number, Frequency frequency) {
        return switch (frequency.unit()) {
            case ROW, SEASON_PART -> (long) number;
            case YEAR_PART -> Math.round(number * frequency.count());
            default -> {
                long months = frequency.count() * Math.round(number * 12 / frequency.count());
                yield Frequency.millis(
                        LocalDate.of((int) Math.floorDiv(months, 12L), (int) Math.floorMod(months, 12L) + 1, 1)
                                .atStartOfDay());
            }
        };
    }
}
