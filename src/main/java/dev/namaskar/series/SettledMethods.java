package dev.namaskar.series;

import dev.namaskar.series.baseline.LocalMethod;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Local methods with all that they fit to a history settled, at places that depend on the origin alone, about sixteen for each
 * doubling of the history's length. What was settled is kept as long as the history is, for whoever asks: networks that learn
 * from the same series share it.
 */
final class SettledMethods {
    /** Fits look no further back. */
    static final int MOST_HISTORY = 1000;

    private static final int PLACES = 16;

    /** By the array itself, which nobody writes to. */
    private static final Map<double[], Map<Object, Object>> KEPT = Collections.synchronizedMap(new WeakHashMap<>());

    private record Settled(LocalMethod method, int length) {}

    private SettledMethods() {}

    /** The last place at or before an origin. */
    static int place(int origin) {
        return origin - origin % Integer.highestOneBit(Math.max(1, origin / PLACES));
    }

    /** What is known of these values by this key, found out where it is not known yet. */
    @SuppressWarnings("unchecked") // a key that holds the kind of question has answers of one type
    static <T> T kept(double[] values, Object key, Supplier<T> found) {
        Map<Object, Object> known = KEPT.computeIfAbsent(values, array -> new ConcurrentHashMap<>());
        Object there = known.get(key);
        if (there == null) {
            there = found.get();
            known.put(key, there);
        }
        return (T) there;
    }

    /** The method settled by the history before a place. */
    static LocalMethod of(LocalMethod method, double[] values, int place) {
        return kept(values, new Settled(method, place), () -> {
            double[] history = history(values, place);
            return method.settled(history, history.length);
        });
    }

    /** What can be looked at before an origin. */
    static double[] history(double[] values, int origin) {
        return Arrays.copyOfRange(values, Math.max(0, origin - MOST_HISTORY), origin);
    }
}
