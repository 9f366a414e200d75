package dev.namaskar.optim;

import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Slot;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which parts of the flat buffer are meant: disjoint ranges {@code [from, to)}, ascending, neighbours merged. */
final class Ranges {
    private final int[] from;
    private final int[] to;
    private final boolean everything;

    private Ranges(int[] from, int[] to, boolean everything) {
        this.from = from;
        this.to = to;
        this.everything = everything;
    }

    static Ranges all(int size) {
        return size == 0 ? new Ranges(new int[0], new int[0], true) : new Ranges(new int[] {0}, new int[] {size}, true);
    }

    /** The chosen slots, or all of a buffer without any. */
    static Ranges chosen(int size, @Nullable ParamLayout layout, Predicate<Slot> chosen) {
        return layout == null ? all(size) : of(layout, chosen);
    }

    static Ranges of(ParamLayout layout, Predicate<Slot> chosen) {
        int[] from = new int[layout.slots().size()];
        int[] to = new int[from.length];
        int count = 0;
        for (Slot slot : layout.slots()) {
            if (!chosen.test(slot)) {
                continue;
            }
            if (count > 0 && to[count - 1] == slot.offset()) {
                to[count - 1] = slot.end();
            } else {
                from[count] = slot.offset();
                to[count++] = slot.end();
            }
        }
        boolean everything = layout.size() == 0 || (count == 1 && from[0] == 0 && to[0] == layout.size());
        return new Ranges(Arrays.copyOf(from, count), Arrays.copyOf(to, count), everything);
    }

    boolean everything() {
        return everything;
    }

    int count() {
        return from.length;
    }

    int from(int k) {
        return from[k];
    }

    int to(int k) {
        return to[k];
    }

    /** The first range that ends after this index; {@link #count} if none does. */
    int firstEndingAfter(int index) {
        int found = Arrays.binarySearch(to, index);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
