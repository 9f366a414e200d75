package dev.namaskar.series.evaluate;

import dev.namaskar.series.Series;
import dev.namaskar.series.Warnings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Says which series end with a value far from all that they were before: a slip of a key, or a new level. Forecasts start
 * from it either way, so a reader should know.
 */
public final class StrayEnds {
    /** The last value is far out when it lies beyond all others by more than so many times their range. */
    private static final double FAR = 3;

    /** Fewer values say too little of what a series is like. */
    private static final int FEWEST = 8;

    private StrayEnds() {}

    /** One sentence for each series that ends so, the first few of them, and one for the rest. */
    public static List<String> warnings(List<Series> histories) {
        return Warnings.firstFew(
                histories.stream().map(StrayEnds::warning), further -> further + " more series end so");
    }

    private static String warning(Series series) {
        double[] values = Arrays.stream(series.raw(), 0, series.length())
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (values.length < FEWEST) {
            return "";
        }
        double last = values[values.length - 1];
        double before = values[values.length - 2];
        double least = Arrays.stream(values, 0, values.length - 1).min().orElse(last);
        double most = Arrays.stream(values, 0, values.length - 1).max().orElse(last);
        double room = FAR * (most - least);
        // What grows by itself goes beyond all it was without being a stray.
        boolean grows = (before == most && last > most) || (before == least && last < least);
        boolean stray = most > least && !grows && (last > most + room || last < least - room);
        return !stray
                ? ""
                : String.format(
                        Locale.ROOT,
                        "series \"%s\" ends with %.4g, where all before were %.4g to %.4g: if that is a slip, blank it,"
                                + " for forecasts start from it",
                        series.id(),
                        last,
                        least,
                        most);
    }
}
