package dev.namaskar.series.table.rows;

import dev.namaskar.series.notation.Frequency;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Rows on weekends among those of business days. */
final class BusinessDays {
    private BusinessDays() {}

    /**
     * Leaves out rows on weekends.
     *
     * @param rows of every series (modified)
     * @param times of the same rows (modified)
     * @return how many there were
     */
    static int dropWeekends(List<SeriesRows> rows, List<long[]> times) {
        int count = 0;
        for (int s = 0; s < rows.size(); s++) {
            long[] series = times.get(s);
            BitSet gone = new BitSet();
            for (int i = 0; i < series.length; i++) {
                gone.set(i, Frequency.isWeekend(series[i]));
            }
            if (!gone.isEmpty()) {
                rows.get(s).remove(gone);
                times.set(
                        s,
                        IntStream.range(0, series.length)
                                .filter(i -> !gone.get(i))
                                .mapToLong(i -> series[i])
                                .toArray());
                count += gone.cardinality();
            }
        }
        return count;
    }
}
