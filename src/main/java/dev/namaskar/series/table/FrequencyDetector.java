package dev.namaskar.series.table;

import dev.namaskar.series.TableException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the step of clock times: the most common one, if all others are whole multiples of it. */
final class FrequencyDetector {
    private boolean sameTimeOfDay = true;
    private boolean sameMonthDay = true;
    private boolean monthEnds = true;
    private boolean weekdays = true;
    private boolean acrossWeekend;
    private final Map<Long, Long> spans = new HashMap<>();
    private final Map<Long, Long> months = new HashMap<>();

    private FrequencyDetector() {}

    /**
     * The step of ascending clock times, each list one series; empty when no series has two times.
     *
     * @throws TableException when the steps are no multiples of the most common one
     */
    static Optional<Frequency> clock(List<long[]> times, boolean irregular) {
        FrequencyDetector seen = new FrequencyDetector();
        times.forEach(seen::see);
        return seen.spans.isEmpty() ? Optional.empty() : Optional.of(seen.decide(irregular));
    }

    private void see(long[] times) {
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
        LocalDateTime first = Frequency.clock(times[0]);
        LocalDateTime before = first;
        for (int i = 0; i < times.length; i++) {
            LocalDateTime now = Frequency.clock(times[i]);
            sameMonthDay &= now.getDayOfMonth() == first.getDayOfMonth();
            monthEnds &= Frequency.isMonthEnd(now.toLocalDate());
            weekdays &= !Frequency.isWeekend(times[i]);
            acrossWeekend |= i > 0 && times[i] - times[i - 1] == 3 * Frequency.DAY_MILLIS;
            if (i > 0 && (sameMonthDay || monthEnds)) {
                months.merge(Frequency.monthOrdinal(now) - Frequency.monthOrdinal(before), 1L, Long::sum);
            }
            before = now;
        }
    }

    private Frequency decide(boolean irregular) {
        if (sameTimeOfDay && (sameMonthDay || monthEnds)) {
            return multiple(Frequency.Unit.MONTH, 1, months, irregular);
        }
        if (!sameTimeOfDay) {
            return multiple(Frequency.Unit.MILLISECOND, 1, spans, irregular);
        }
        if (weekdays && acrossWeekend && mode(spans) == Frequency.DAY_MILLIS) {
            return new Frequency(Frequency.Unit.BUSINESS_DAY, 1);
        }
        return multiple(Frequency.Unit.DAY, Frequency.DAY_MILLIS, spans, irregular);
    }

    private static Frequency multiple(Frequency.Unit unit, long size, Map<Long, Long> counts, boolean irregular) {
        long step = mode(counts);
        for (long other : counts.keySet()) {
            if (other % step != 0 && !irregular) {
                throw new TableException("no regular step found: the most common is "
                        + new Frequency(unit, step / size) + ", but steps of " + new Frequency(unit, other / size)
                        + " occur (" + counts.get(other)
                        + " times); give --frequency, or --gaps skip to take the rows as consecutive");
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
}
