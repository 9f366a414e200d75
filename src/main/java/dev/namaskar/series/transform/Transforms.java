package dev.namaskar.series.transform;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All transforms by name; a new one is one file and one line here. */
public final class Transforms {
    private static final SortedMap<String, Transform> ALL = new TreeMap<>();

    static {
        for (Transform transform : List.of(
                new Identity(),
                new Standard(),
                new MinMax(),
                new Level(),
                new Log(),
                new Difference(),
                new LogReturn())) {
            ALL.put(transform.name(), transform);
        }
    }

    private Transforms() {}

    /** Every transform, sorted by name. */
    public static SortedMap<String, Transform> all() {
        return Collections.unmodifiableSortedMap(ALL);
    }

    /**
     * The transform of that name.
     *
     * @throws IllegalArgumentException that names the transforms there are
     */
    public static Transform named(String name) {
        Transform found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "expected one of the transforms " + String.join(", ", ALL.keySet()) + ", found '" + name + "'");
        }
        return found;
    }
}
