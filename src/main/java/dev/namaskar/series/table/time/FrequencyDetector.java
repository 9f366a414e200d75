package dev.namaskar.series.table.time;

import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the step of clock times: the most common one, if all others are whole multiples of it. */
public final class FrequencyDetector implements Serializable {
    private static final long serialVersionUID = 1;

    /** Days that lie no further from the end or the beginning of their months are meant to lie there. */
    private static final int NEAR = 4;
    /** The middle of a month, or a day beside it. */
    private static final int MIDDLE = 15;
    /** Of business days no more than this part lies on weekends. */
    private static final double FEW_WEEKENDS = 0.03;

    private boolean sameTimeOfDay = true;
    private boolean sameMonthDay = true;
    private boolean monthEnds = true;
    private boolean monthBegins = true;
    private boolean monthMiddles = true;
    private long days;
    private long weekends;
    private long acrossWeekend;
    private final HashMap<Long, Long> spans = new HashMap<>();
    private final HashMap<Long, Long> months = new HashMap<>();

    /** @param times ascending clock times, each list one series */
    FrequencyDetector(List<long[]> times) {
        times.forEach(this::see);
    }

    /**
     * The step of ascending clock times, each list one series; empty when no series has two times.
     *
     * @throws TableException when the steps are no multiples of the most common one
     */
    public static Optional<Frequency> clock(List<long[]> times, boolean irregular) {
        return Optional.ofNullable(new FrequencyDetector(times).step(irregular));
    }

    /**
     * The step; null when no series has two times.
     *
     * @param irregular whether other steps do not matter
     */
    @Nullable
    Frequency step(boolean irregular) {
        return spans.isEmpty() ? null : decide(irregular);
    }

    /** Takes in what another has seen. */
    void add(FrequencyDetector other) {
        other.spans.forEach((span, count) -> spans.merge(span, count, Long::sum));
        other.months.forEach((span, count) -> months.merge(span, count, Long::sum));
        sameTimeOfDay &= other.sameTimeOfDay;
        sameMonthDay &= other.sameMonthDay;
        monthEnds &= other.monthEnds;
        monthBegins &= other.monthBegins;
        monthMiddles &= other.monthMiddles;
        days += other.days;
        weekends += other.weekends;
        acrossWeekend += other.acrossWeekend;
    }

    /** Takes in one more series. */
    void see(long[] times) {
        for (int i = 1; i < times.length; i++) {
            long span = times[i] - times[i - 1];
            spans.merge(span, 1L, Long::sum);
            if (span % Frequency.DAY_MILLIS != 0) {
                sameTimeOfDay = false;
            }
        }
        if (!sameTimeOfDay || times.length < 2) {
            return;
        }
        int anchor = 0;
        for (long time : times) {
            anchor = Math.max(anchor, Frequency.clock(time).getDayOfMonth());
        }
        LocalDateTime before = Frequency.clock(times[0]);
        for (int i = 0; i < times.length; i++) {
            LocalDateTime now = Frequency.clock(times[i]);
            int day = now.getDayOfMonth();
            int length = now.toLocalDate().lengthOfMonth();
            sameMonthDay &= day == Math.min(anchor, length);
            monthEnds &= day > length - NEAR;
            monthBegins &= day <= NEAR;
            monthMiddles &= Math.abs(day - MIDDLE) <= 1;
            days++;
            weekends += Frequency.isWeekend(times[i]) ? 1 : 0;
            acrossWeekend += i > 0 && times[i] - times[i - 1] == 3 * Frequency.DAY_MILLIS ? 1 : 0;
            if (i > 0 && isMonthly()) {
                months.merge(Frequency.monthOrdinal(now) - Frequency.monthOrdinal(before), 1L, Long::sum);
            }
            before = now;
        }
    }

    private boolean isMonthly() {
        return sameMonthDay || monthEnds || monthBegins || monthMiddles;
    }

    private Frequency decide(boolean irregular) {
        if (sameTimeOfDay && isMonthly() && !months.containsKey(0L)) {
            return multiple(Frequency.Unit.MONTH, 1, months, irregular);
        }
        if (!sameTimeOfDay) {
            return multiple(Frequency.Unit.MILLISECOND, 1, spans, irregular);
        }
        boolean business = weekends <= FEW_WEEKENDS * days && acrossWeekend > weekends;
        if (business && mode(spans) == Frequency.DAY_MILLIS) {
            return new Frequency(Frequency.Unit.BUSINESS_DAY, 1);
        }
        return multiple(Frequency.Unit.DAY, Frequency.DAY_MILLIS, spans, irregular);
    }

    private static Frequency multiple(Frequency.Unit unit, long size, Map<Long, Long> counts, boolean irregular) {
        long step = mode(counts);
        for (long other : counts.keySet()) {
            if (other % step != 0 && !irregular) {
                throw new TableException("no regular step found: the most common is "
                        + new Frequency(unit, step / size) + ", but steps of "
                        + new Frequency(unit, Math.max(1, other / size))
                        + " occur (" + counts.get(other)
                        + " times); give `frequency`, or `gaps` skip to take the rows as consecutive");
            }
        }
        return new Frequency(unit, step / size);
    }

    /** The most common step; of equally common ones the smallest. */
    private static long mode(Map<Long, Long> counts) {
        long best = Long.MAX_VALUE;
        long most = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            if (entry.getValue() > most || (entry.getValue() == most && entry.getKey() < best)) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    /**
     * Moves times that stand for their months to the months' ends, where they all lie near them, or else to their first
     * days; only if some are no whole number of steps apart, and no month has two.
     *
     * @param times ascending times of each series (modified)
     * @return whether anything was moved
     */
    public static boolean snap(List<long[]> times, Frequency frequency) {
        boolean uneven = false;
        boolean ends = true;
        for (long[] series : times) {
            for (int i = 0; i < series.length; i++) {
                LocalDate day = Frequency.clock(series[i]).toLocalDate();
                ends &= day.getDayOfMonth() > day.lengthOfMonth() - NEAR;
                if (i > 0) {
                    uneven |= frequency.steps(series[i - 1], series[i]) == Frequency.UNEVEN;
                    if (Frequency.monthOrdinal(Frequency.clock(series[i]))
                            == Frequency.monthOrdinal(Frequency.clock(series[i - 1]))) {
                        return false;
                    }
                }
            }
        }
        for (long[] series : times) {
            for (int i = 0; uneven && i < series.length; i++) {
                LocalDate day = Frequency.clock(series[i]).toLocalDate();
                series[i] = Frequency.millis(
                        day.withDayOfMonth(ends ? day.lengthOfMonth() : 1).atStartOfDay());
            }
        }
        return uneven;
    }
}
