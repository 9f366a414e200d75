package dev.namaskar.losses;

import org.jspecify.annotations.Nullable;

/**
 * What a network's output should have been, row by row (a row is one step of one sequence, {@code t * B + b}).
 *
 * @param classes the right class of each row, or null
 * @param values the right values {@code [rows, width]}, or null
 * @param weights what each row's loss counts for, 0 or more, 0 for rows that are not looked at; null where all count 1
 */
@SuppressWarnings("ArrayRecordComponent") // a window on the caller's arrays, never compared
public record Targets(int @Nullable [] classes, float @Nullable [] values, float @Nullable [] weights) {
    /** Class ids, one a row. */
    public static Targets classes(int... classes) {
        return new Targets(classes, null, null);
    }

    /** Values, {@code width} a row. */
    public static Targets values(float... values) {
        return new Targets(null, values, null);
    }

    /** The same with a weight for each row. */
    public Targets withWeights(float... newWeights) {
        return new Targets(classes, values, newWeights);
    }

    /** Checks that there are enough for outputs {@code [T,B,width]}. */
    void check(Loss loss, int steps, int batch, int width) {
        int each = loss.wantsClasses() ? 1 : loss.targetWidth(width);
        long wanted = (long) steps * batch * each;
        int found = classes != null ? classes.length : values != null ? values.length : 0;
        if (found < wanted && (classes != null) == loss.wantsClasses()) {
            throw new IllegalArgumentException("expected [T=" + steps + ",B=" + batch
                    + (loss.wantsClasses() ? "] target classes" : ",F=" + each + "] target values") + " = " + wanted
                    + ", found " + found);
        }
        if (weights != null && weights.length < (long) steps * batch) {
            throw new IllegalArgumentException(
                    "expected [T=" + steps + ",B=" + batch + "] weights of targets, found " + weights.length);
        }
    }

    /** What a row's loss counts for. */
    float weight(int row) {
        if (weights == null) {
            return 1;
        }
        if (!(weights[row] >= 0) || Float.isInfinite(weights[row])) {
            throw new IllegalArgumentException(
                    "expected a finite weight of 0 or more for a target, found " + weights[row] + " in row " + row);
        }
        return weights[row];
    }

    int classOf(int row, int width) {
        if (classes == null) {
            throw new IllegalArgumentException("expected class ids as targets, found values");
        }
        int found = classes[row];
        if (found < 0 || found >= width) {
            throw new IllegalArgumentException(
                    "expected a target class of 0 to " + (width - 1) + ", found " + found + " in row " + row);
        }
        return found;
    }

    float value(int index) {
        if (values == null) {
            throw new IllegalArgumentException("expected values as targets, found class ids");
        }
        return values[index];
    }
}
