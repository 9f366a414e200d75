package dev.namaskar.series.network;

import dev.namaskar.series.baseline.LocalMethod;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Local methods with all that they fit to a history settled, at places that depend on the origin alone, about sixteen for each
 * doubling of the history's length. What was settled is kept while the history is and memory lasts, for whoever asks: networks that learn
 * from the same series share it.
 */
public final class SettledMethods {
    /** Fits look no further back. */
    static final int MOST_HISTORY = 1000;

    static final int PLACES = 16;

    /** By the array itself, which nobody writes to; what memory is needed for is found out again. */
    private static final Map<double[], SoftReference<Map<Object, Object>>> KEPT =
            Collections.synchronizedMap(new WeakHashMap<>());

    private record Settled(LocalMethod method, int length) {}

    private SettledMethods() {}

    /** The last place at or before an origin. */
    static int place(int origin) {
        return place(origin, PLACES);
    }

    /**
     * The last of fewer places.
     *
     * @param places for each doubling of the length; those of a part of {@link #PLACES} are among all of them
     */
    static int place(int origin, int places) {
        return origin - origin % Integer.highestOneBit(Math.max(1, origin / places));
    }

    /** What is known of these values by this key, found out where it is not known yet. */
    @SuppressWarnings("unchecked") // a key that holds the kind of question has answers of one type
    static <T> T kept(double[] values, Object key, Supplier<T> found) {
        Map<Object, Object> known = known(values);
        Object there = known.get(key);
        if (there == null) {
            there = found.get();
            known.put(key, there);
        }
        return (T) there;
    }

    private static Map<Object, Object> known(double[] values) {
        SoftReference<Map<Object, Object>> kept = KEPT.get(values);
        Map<Object, Object> known = kept == null ? null : kept.get();
        if (known == null) {
            known = new ConcurrentHashMap<>();
            KEPT.put(values, new SoftReference<>(known));
        }
        return known;
    }

    /** The method settled by the history before a place. */
    static LocalMethod of(LocalMethod method, double[] values, int place) {
        return kept(values, new Settled(method, place), () -> {
            double[] history = history(values, place, method.season());
            return method.settled(history, history.length);
        });
    }

    /** What can be looked at before an origin: three seasons, by which a season is told, however long they are. */
    public static double[] history(double[] values, int origin, int season) {
        return Arrays.copyOfRange(values, Math.max(0, origin - Math.max(MOST_HISTORY, 3 * season)), origin);
    }
}
