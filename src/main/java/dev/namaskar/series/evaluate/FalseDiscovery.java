package dev.namaskar.series.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Many tests at once (Benjamini and Hochberg 1995, "Controlling the false discovery rate"). */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * The least rate of false discoveries at which each would be one: {@code q_(i) = min over j >= i of n p_(j) / j}.
     *
     * @param p values of all tests
     */
    public static double[] adjusted(double[] p) {
        int n = p.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] q = new double[n];
        double least = 1;
        for (int rank = n; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, n * p[i] / rank);
            q[i] = least;
        }
        return q;
    }
}
