package dev.namaskar.series;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Warnings of many series, of which only the first few are written out. */
public final class Warnings {
    private static final int MOST = 3;

    private Warnings() {}

    /**
     * The first few of them, and one for the rest.
     *
     * @param each of each series, empty where there is none
     * @param rest what is said of so many more
     */
    public static List<String> firstFew(Stream<String> each, IntFunction<String> rest) {
        List<String> all = each.filter(warning -> !warning.isEmpty()).toList();
        return all.size() <= MOST
                ? all
                : Stream.concat(all.stream().limit(MOST), Stream.of(rest.apply(all.size() - MOST)))
                        .toList();
    }
}
