package dev.namaskar.params;

import org.jspecify.annotations.Nullable;

/**
 * Checks of settings: one that does not hold is named in backticks, from which the command line makes its option. What
 * is null is not asked for, and holds.
 */
public final class Setting {
    private Setting() {}

    /**
     * Whatever it is that has to hold.
     *
     * @throws IllegalArgumentException {@code `name`: expected ..., found ...}
     */
    public static void require(boolean holds, String name, String expected, @Nullable Object found) {
        if (!holds) {
            throw new IllegalArgumentException("`" + name + "`: expected " + expected + ", found "
                    + (found == null ? "none" : Settings.shown(found)));
        }
    }

    /** A whole number with a lower limit. */
    public static void atLeast(String name, long least, @Nullable Number found) {
        require(found == null || found.longValue() >= least, name, "a whole number >= " + least, found);
    }

    /** A finite number above 0. */
    public static void positive(String name, @Nullable Double found) {
        require(found == null || (found > 0 && found < Double.POSITIVE_INFINITY), name, "a number > 0", found);
    }

    /** A part of a whole, which is never all of it. */
    public static void fraction(String name, @Nullable Double found) {
        require(found == null || (found >= 0 && found < 1), name, "0 <= number < 1", found);
    }
}
