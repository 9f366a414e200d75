package dev.namaskar.series.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How seldom a distance is, by its rank among many: {@code p = (1 + #{others as far out}) / n}. Ranks of n distances tell
 * nothing rarer than {@code 1 / n}, so beyond the tenth furthest out of a hundred the tail goes on as Student's t does, of
 * the degrees of freedom and the scale under which all but the furthest twentieth are likeliest (these count as censored: of
 * them it is used alone that they lie beyond the others). So a few strays do not hide themselves, and of degrees that are
 * about as likely the heaviest tail is taken. Distances of nought, as those of a series that never changes, count among the
 * n and have no part in the tail.
 */
final class TailRanks {
    private static final double[] FREEDOMS = {2, 2.5, 3, 3.5, 4, 5, 6, 8, 11, 16, 30, 200};

    /** The share of distances that the tail is fitted to. */
    private static final double FITTED = 0.95;

    /** Ranks speak for themselves up to this one. */
    private static final double RANKED = 0.9;

    /** Degrees of freedom whose log likelihood is less by no more than this are as good. */
    private static final double AS_LIKELY = 0.3;

    private static final double LEAST_SCALE = 1e-9;
    private static final int SCALES = 25;
    private static final double SPREAD = 0.6;

    private final double[] sorted;
    /** The distances above nought, sorted. */
    private final double[] above;

    private final double joint;
    private final double scale;
    private final TDistribution tail;

    /** @param distances of at least 0, in any order */
    TailRanks(double[] distances) {
        sorted = distances.clone();
        Arrays.sort(sorted);
        above = Arrays.stream(sorted).filter(distance -> distance > 0).toArray();
        int n = above.length;
        joint = n == 0 ? 0 : above[Math.min(n - 1, (int) (RANKED * n))];
        double median = n == 0 ? LEAST_SCALE : Math.max(LEAST_SCALE, above[n / 2]);
        double[][] likelihood = new double[FREEDOMS.length][];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < FREEDOMS.length; i++) {
            likelihood[i] = likeliest(new TDistribution(null, FREEDOMS[i]), median);
            most = Math.max(most, likelihood[i][0]);
        }
        int chosen = 0;
        while (likelihood[chosen][0] < most - AS_LIKELY) {
            chosen++;
        }
        tail = new TDistribution(null, FREEDOMS[chosen]);
        scale = likelihood[chosen][1];
    }

    /** The largest log likelihood over scales near the one that the median says, and that scale. */
    private double[] likeliest(TDistribution t, double median) {
        int fitted = (int) (FITTED * above.length);
        double usual = median / t.inverseCumulativeProbability(0.75);
        double[] best = {Double.NEGATIVE_INFINITY, usual};
        for (int i = 0; i < SCALES; i++) {
            double s = usual * Math.exp(SPREAD * (i / (SCALES - 1.0) - 0.5));
            double last = fitted == 0 ? 0 : above[fitted - 1];
            double sum = -fitted * Math.log(s) + (above.length - fitted) * Math.log(survival(t, last / s));
            for (int j = 0; j < fitted; j++) {
                sum += t.logDensity(above[j] / s);
            }
            if (sum > best[0]) {
                best = new double[] {sum, s};
            }
        }
        return best;
    }

    private static double survival(TDistribution t, double distance) {
        return Math.max(Double.MIN_NORMAL, 2 * t.cumulativeProbability(-distance));
    }

    /** The probability of a distance at least as large where nothing strange happens. */
    double pValue(double distance) {
        if (distance > joint && joint > 0) {
            double share = (1 + further(joint)) / (double) sorted.length;
            return Math.min(1, share * survival(tail, distance / scale) / survival(tail, joint / scale));
        }
        return Math.min(1, (1 + further(distance)) / (double) sorted.length);
    }

    /** Number of distances at least as large, less one: the one that is asked for is among them. */
    private int further(double distance) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < distance) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return sorted.length - low - 1;
    }
}
