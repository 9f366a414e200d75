package dev.namaskar.series.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What to do where a table is not what a series must be: one value at every step, in order. By default blanks are kept
 * as missing and everything else is an error that names line and column. No policy looks ahead (there is no interpolation): a value filled in from later ones
 * would carry the future into the past.
 *
 * @param duplicates two values at one time
 * @param disorder times that do not ascend
 * @param gaps steps without a row
 * @param blanks empty cells inside a series (before its first and after its last value they are its length)
 * @param nonNumeric cells that are no number
 */
public record Policies(Duplicates duplicates, Disorder disorder, Gaps gaps, Blanks blanks, NonNumeric nonNumeric) {
    /** Every irregularity is an error. */
    public static final Policies STRICT =
            new Policies(Duplicates.ERROR, Disorder.ERROR, Gaps.ERROR, Blanks.ERROR, NonNumeric.ERROR);

    /** Blanks are missing values; every other irregularity is an error. */
    public static final Policies USUAL =
            new Policies(Duplicates.ERROR, Disorder.ERROR, Gaps.ERROR, Blanks.MISSING, NonNumeric.ERROR);

    /** Two values at one time. */
    public enum Duplicates {
        /** Refuse the table. */
        ERROR,
        /** Keep the value that stands first. */
        FIRST,
        /** Keep the value that stands last. */
        LAST,
        /** Their mean. */
        MEAN,
        /** Their sum. */
        SUM
    }

    /** Times that do not ascend. */
    public enum Disorder {
        /** Refuse the table. */
        ERROR,
        /** Sort by time. */
        SORT
    }

    /** Steps without a row. */
    public enum Gaps {
        /** Refuse the table. */
        ERROR,
        /** Take the rows as consecutive steps. */
        SKIP,
        /** Repeat the value before the gap. */
        PREVIOUS,
        /** Fill with zero. */
        ZERO,
        /** Keep the steps as missing values: not-a-number in the series. */
        MISSING
    }

    /** Empty cells. */
    public enum Blanks {
        /** Refuse the table. */
        ERROR,
        /** Leave the row out, which may make a gap. */
        DROP,
        /** Repeat the value before. */
        PREVIOUS,
        /** Fill with zero. */
        ZERO,
        /** Keep them as missing values of a target, not-a-number in the series; in other columns refuse the table. */
        MISSING
    }

    /** Cells that are no number. */
    public enum NonNumeric {
        /** Refuse the table. */
        ERROR,
        /** Take them as empty. */
        BLANK
    }

    /**
     * Finds a policy by its name in lower case.
     *
     * @throws IllegalArgumentException that names the choices
     */
    public static <E extends Enum<E>> E named(Class<E> policies, String name) {
        for (E policy : policies.getEnumConstants()) {
            if (policy.name().equals(name.toUpperCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException("expected one of "
                + Arrays.stream(policies.getEnumConstants())
                        .map(p -> p.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + " for " + policies.getSimpleName().toLowerCase(Locale.ROOT) + ", found '" + name + "'");
    }
}
