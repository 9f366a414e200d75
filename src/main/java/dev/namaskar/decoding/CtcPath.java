package dev.namaskar.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * One way through the frames of a network trained by CTC: a symbol for each frame, which collapses to labels where equal
 * neighbours are one and blanks are none.
 *
 * @param spans the labels in order, each with the frames it stands in
 * @param logProbability of this one way, in nats; the labels' own is a sum over all their ways
 */
public record CtcPath(List<Span> spans, double logProbability) {
    /** Copies the list. */
    public CtcPath {
        spans = List.copyOf(spans);
    }

    /** The labels alone. */
    public int[] labels() {
        return spans.stream().mapToInt(Span::symbol).toArray();
    }

    /** The likeliest symbol of each frame, whatever stands beside it: best path decoding (Graves et al. 2006). */
    public static CtcPath greedy(FrameScores scores, int blank) {
        int[] path = new int[scores.frames()];
        for (int t = 0; t < path.length; t++) {
            for (int k = 1; k < scores.symbols(); k++) {
                if (scores.log(t, k) > scores.log(t, path[t])) {
                    path[t] = k;
                }
            }
        }
        return collapse(scores, path, blank);
    }

    /**
     * The likeliest way through the frames that says just these labels: forced alignment, by Viterbi's recursion over
     * the states blank, label, blank, label ... blank.
     *
     * @throws IllegalArgumentException if there are fewer frames than the labels need
     */
    public static CtcPath align(FrameScores scores, int blank, int[] labels) {
        int states = 2 * labels.length + 1;
        int[] symbolOf = new int[states];
        for (int s = 0; s < states; s++) {
            symbolOf[s] = s % 2 == 0 ? blank : labels[s / 2];
        }
        double[][] best = new double[scores.frames()][states];
        int[][] from = new int[scores.frames()][states];
        for (int t = 0; t < scores.frames(); t++) {
            for (int s = 0; s < states; s++) {
                int before = t == 0 ? s : better(best[t - 1], symbolOf, s, blank);
                boolean reachable = t > 0 || s < 2;
                best[t][s] = !reachable
                        ? Double.NEGATIVE_INFINITY
                        : (t == 0 ? 0 : best[t - 1][before]) + scores.log(t, symbolOf[s]);
                from[t][s] = before;
            }
        }
        int[] path = new int[scores.frames()];
        int last = scores.frames() - 1;
        int state = states - 1;
        if (last >= 0 && states > 1 && best[last][states - 2] > best[last][states - 1]) {
            state = states - 2;
        }
        if (last < 0 ? labels.length > 0 : best[last][state] == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("expected more frames for " + labels.length
                    + " labels (one each, and a blank between equal neighbours), found " + scores.frames());
        }
        for (int t = last; t >= 0; t--) {
            path[t] = symbolOf[state];
            state = from[t][state];
        }
        return collapse(scores, path, blank);
    }

    /** The best of a state, its neighbour before, and the label before that where no blank has to stand between. */
    private static int better(double[] best, int[] symbolOf, int s, int blank) {
        int before = s;
        if (s > 0 && best[s - 1] > best[before]) {
            before = s - 1;
        }
        if (s > 1 && symbolOf[s] != blank && symbolOf[s] != symbolOf[s - 2] && best[s - 2] > best[before]) {
            before = s - 2;
        }
        return before;
    }

    private static CtcPath collapse(FrameScores scores, int[] path, int blank) {
        List<Span> spans = new ArrayList<>();
        double total = 0;
        for (int first = 0; first < path.length; ) {
            int end = first;
            double sum = 0;
            while (end < path.length && path[end] == path[first]) {
                sum += scores.log(end, path[end]);
                end++;
            }
            total += sum;
            if (path[first] != blank) {
                spans.add(new Span(path[first], first, end, sum / (end - first)));
            }
            first = end;
        }
        return new CtcPath(spans, total);
    }
}
