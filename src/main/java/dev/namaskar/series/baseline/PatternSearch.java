package dev.namaskar.series.baseline;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The least value of a function inside a box, by pattern search (Hooke and Jeeves 1961): one coordinate after the other
 * moves by its step as long as that helps; where none does, the steps are halved. It needs no gradient, draws nothing at
 * random, and takes some tens of evaluations a coordinate: what smoothing weights are worth.
 */
final class PatternSearch {
    private static final double FIRST = 0.25;
    private static final double LAST = 0.004;

    private PatternSearch() {}

    /**
     * The place of the least value found.
     *
     * @param begin inside the box
     * @param low lower bounds
     * @param high upper bounds
     * @param function what is to be small; not a number counts as infinitely large
     */
    static double[] least(double[] begin, double[] low, double[] high, ToDoubleFunction<double[]> function) {
        double[] best = begin.clone();
        double least = number(function.applyAsDouble(best));
        double[] directions = new double[best.length];
        Arrays.fill(directions, 1);
        for (double step = FIRST; step >= LAST; ) {
            boolean better = false;
            for (int i = 0; i < best.length; i++) {
                double span = step * (high[i] - low[i]);
                for (int turn = 0; turn < 2; turn++) {
                    double before = best[i];
                    double tried = Math.max(low[i], Math.min(high[i], before + directions[i] * span));
                    best[i] = tried;
                    double value = tried == before ? least : number(function.applyAsDouble(best));
                    if (value < least) {
                        least = value;
                        better = true;
                        break;
                    }
                    best[i] = before;
                    directions[i] = -directions[i];
                }
            }
            step = better ? step : step / 2;
        }
        return best;
    }

    private static double number(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
}
