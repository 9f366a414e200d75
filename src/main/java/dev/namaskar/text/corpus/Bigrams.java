package dev.namaskar.text.corpus;

import java.util.HashMap;
import java.util.Map;

/**
 * What a character model must beat: the probability of a symbol given the one before it, counted, and interpolated with
 * the symbol's own frequency after Witten and Bell (1991):
 *
 * <pre>
 * p(b|a) = (c(a,b) + u(a) p(b)) / (c(a) + u(a)),   p(b) = (c(b) + 1) / (N + V)
 * </pre>
 *
 * with c the counts, u(a) how many different symbols followed a, N the symbols counted and V the vocabulary: no setting
 * to tune, and no probability is 0.
 */
public final class Bigrams {
    private static final int SPAN = 1 << 13;

    private final int vocabulary;
    private final Map<Long, Integer> pairs = new HashMap<>();
    private final long[] followed;
    private final long[] followers;
    private final long[] counts;
    private long total;

    private Bigrams(int vocabulary) {
        this.vocabulary = vocabulary;
        followed = new long[vocabulary];
        followers = new long[vocabulary];
        counts = new long[vocabulary];
    }

    /**
     * Counts a training text.
     *
     * @param train indices below {@code vocabulary}
     */
    public static Bigrams count(Tokens train, int vocabulary) {
        Bigrams model = new Bigrams(vocabulary);
        model.scan(train, model::add);
        return model;
    }

    /** {@code p(next | previous)}. */
    public double probability(int previous, int next) {
        double alone = (counts[next] + 1.0) / (total + vocabulary);
        double fresh = followers[previous];
        if (fresh == 0) {
            return alone;
        }
        return (pairs.getOrDefault(key(previous, next), 0) + fresh * alone) / (followed[previous] + fresh);
    }

    /** Mean nats per symbol of a text, every symbol but the first predicted; not a number if there are none. */
    public double nats(Tokens text) {
        double[] sum = new double[1];
        scan(text, (previous, next) -> {
            if (previous >= 0) {
                sum[0] -= Math.log(probability(previous, next));
            }
        });
        return sum[0] / (text.length() - 1);
    }

    private void add(int previous, int next) {
        counts[next]++;
        total++;
        if (previous >= 0) {
            followed[previous]++;
            if (pairs.merge(key(previous, next), 1, Integer::sum) == 1) {
                followers[previous]++;
            }
        }
    }

    private long key(int previous, int next) {
        return (long) previous * vocabulary + next;
    }

    private void scan(Tokens text, Pair pair) {
        int[] span = new int[SPAN];
        int previous = -1;
        for (long from = 0; from < text.length(); from += SPAN) {
            int n = (int) Math.min(SPAN, text.length() - from);
            text.read(from, span, 0, n);
            for (int i = 0; i < n; i++) {
                pair.accept(previous, span[i]);
                previous = span[i];
            }
        }
    }

    /** Two neighbours; before the first symbol there is -1. */
    private interface Pair {
        void accept(int previous, int next);
    }
}
