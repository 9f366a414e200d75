package dev.namaskar.series.table.rows;

import dev.namaskar.series.Note;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.table.text.Notes;
import dev.namaskar.series.table.time.ClockRegion;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a wall clock is set back or forward. Series are kept as the wall clock shows them, so that a season
 * of 24 hours leads to the same hour of the day before, whatever happened in between: of the hour that is lived twice
 * the mean is kept, and the hour that is left out repeats the one before.
 */
final class ClockChange {
    private static final long LONGEST = 2 * 3_600_000L;

    private ClockChange() {}

    /** Mends the rows of series whose clock was changed, if that explains every step back that there is. */
    static void apply(List<SeriesRows> rows, TableZone zone, Notes notes) {
        Set<LocalDateTime> back = new HashSet<>();
        Set<LocalDateTime> ahead = new HashSet<>();
        long step = step(rows);
        if (step <= 0 || step > LONGEST / 2) {
            return;
        }
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (SeriesRows series : rows) {
            for (int i = 1; i < series.size(); i++) {
                long before = (long) series.times()[i - 1];
                long now = (long) series.times()[i];
                first = Math.min(first, before);
                last = Math.max(last, now);
                if (now <= before) {
                    if (before - now > LONGEST) {
                        return;
                    }
                    back.add(Frequency.clock(now));
                } else if (now - before > step && now - before <= step + LONGEST) {
                    ahead.add(Frequency.clock(now));
                }
            }
        }
        ZoneRules rules = back.isEmpty() && ahead.isEmpty() ? null : rules(zone, back, ahead, first, last);
        if (rules == null) {
            return;
        }
        Set<String> said = new LinkedHashSet<>();
        for (SeriesRows series : rows) {
            mend(series, rules, step, said);
        }
        if (!said.isEmpty()) {
            notes.add(
                    Note.Kind.TIMES,
                    "the clock was set back or forward on "
                            + String.join(", ", said.stream().limit(6).toList())
                            + (said.size() > 6 ? ", ..." : "")
                            + ": of an hour that stands twice the mean is kept, an hour left out repeats the one"
                            + " before");
        }
    }

    /** The most common step of the first series. */
    private static long step(List<SeriesRows> rows) {
        if (rows.isEmpty() || rows.get(0).size() < 3) {
            return 0;
        }
        double[] times = rows.get(0).times();
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < rows.get(0).size(); i++) {
            long span = (long) (times[i] - times[i - 1]);
            shortest = span > 0 ? Math.min(shortest, span) : shortest;
        }
        return shortest;
    }

    /** Rules of a zone whose clock was set back exactly where times go back. */
    private static @Nullable ZoneRules rules(
            TableZone zone, Set<LocalDateTime> back, Set<LocalDateTime> ahead, long first, long last) {
        for (String id : zone.isNamed() ? Set.of(zone.name()) : ClockRegion.ids()) {
            ZoneRules rules = ZoneId.of(id).getRules();
            Set<LocalDateTime> overlaps = new HashSet<>();
            Set<LocalDateTime> gaps = new HashSet<>();
            for (ZoneOffsetTransition change : changes(rules, first, last)) {
                (change.isOverlap() ? overlaps : gaps).add(change.getDateTimeAfter());
            }
            boolean explained = overlaps.equals(back) && ahead.containsAll(gaps);
            if (explained && (!overlaps.isEmpty() || !gaps.isEmpty())) {
                return rules;
            }
        }
        return null;
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules, long first, long last) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        Instant at = Instant.ofEpochMilli(first).minusSeconds(86_400);
        for (ZoneOffsetTransition next = rules.nextTransition(at);
                next != null;
                next = rules.nextTransition(next.getInstant())) {
            if (Frequency.millis(next.getDateTimeBefore()) > last || Frequency.millis(next.getDateTimeAfter()) > last) {
                break;
            }
            boolean inside = Frequency.millis(next.getDateTimeAfter()) > first
                    && Frequency.millis(next.getDateTimeBefore()) > first;
            if (inside) {
                changes.add(next);
            }
        }
        return changes;
    }

    private static void mend(SeriesRows rows, ZoneRules rules, long step, Set<String> said) {
        if (rows.size() < 2) {
            return;
        }
        double[] times = rows.times();
        for (ZoneOffsetTransition change : changes(rules, (long) times[0], (long) times[rows.size() - 1])) {
            long after = Frequency.millis(change.getDateTimeAfter());
            long before = Frequency.millis(change.getDateTimeBefore());
            boolean mended = change.isOverlap() ? merge(rows, after, before) : fill(rows, before, after, step);
            if (mended) {
                said.add(change.getDateTimeAfter().toLocalDate().toString());
            }
        }
    }

    /** Makes one row of two that show the same time between {@code from} and {@code to}. */
    private static boolean merge(SeriesRows rows, long from, long to) {
        int first = -1;
        int end = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.times()[i] >= from && rows.times()[i] < to) {
                first = first < 0 ? i : first;
                end = i + 1;
            }
        }
        if (first < 0) {
            return false;
        }
        rows.average(first, end);
        BitSet gone = new BitSet();
        Set<Double> seen = new HashSet<>();
        for (int i = first; i < end; i++) {
            gone.set(i, !seen.add(rows.times()[i]));
        }
        rows.remove(gone);
        return !gone.isEmpty();
    }

    /** Repeats the row before {@code from} up to {@code to}. */
    private static boolean fill(SeriesRows rows, long from, long to, long step) {
        for (int i = 0; i + 1 < rows.size(); i++) {
            if (rows.times()[i] < from
                    && rows.times()[i + 1] >= to
                    && rows.times()[i + 1] - rows.times()[i] <= step + LONGEST) {
                for (double time = rows.times()[i] + step; time < rows.times()[i + 1]; time += step) {
                    rows.repeat(i, time);
                    i++;
                }
                return true;
            }
        }
        return false;
    }
}
