package dev.namaskar.decoding;

import dev.namaskar.kernels.LogSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The likeliest labels of a network trained by CTC, each with the probability of all its ways through the frames that the
 * beam kept: prefix beam search (Graves 2012; Hannun et al. 2014). A beginning's probability is kept in two parts, of the
 * ways that end in a blank and of those that do not, since only after a blank can its last label come again.
 *
 * @param blank the blank symbol
 * @param width beginnings carried from frame to frame, at least 1
 * @param best results returned, at most {@code width}
 */
public record CtcBeam(int blank, int width, int best) {
    /** Checks the settings. */
    public CtcBeam {
        if (width < 1 || best < 1 || best > width) {
            throw new IllegalArgumentException(
                    "expected a beam at least 1 wide and 1 to its width best results, found " + width + " and " + best);
        }
    }

    /** The likeliest labels, best first; scores are plain log probabilities. */
    public List<Hypothesis> search(FrameScores scores) {
        Map<List<Integer>, Ends> beam = new LinkedHashMap<>();
        beam.put(List.of(), new Ends(0, Double.NEGATIVE_INFINITY));
        for (int t = 0; t < scores.frames(); t++) {
            beam = prune(step(beam, scores, t));
        }
        List<Hypothesis> results = new ArrayList<>();
        beam.forEach((labels, ends) -> {
            if (results.size() < best) {
                int[] symbols = labels.stream().mapToInt(s -> s).toArray();
                results.add(new Hypothesis(symbols, ends.total(), new double[0], ends.total()));
            }
        });
        return results;
    }

    private Map<List<Integer>, Ends> step(Map<List<Integer>, Ends> beam, FrameScores scores, int t) {
        Map<List<Integer>, Ends> next = new LinkedHashMap<>();
        beam.forEach((labels, ends) -> {
            Ends same = next.computeIfAbsent(labels, l -> new Ends());
            same.blank = LogSpace.add(same.blank, ends.total() + scores.log(t, blank));
            int last = labels.isEmpty() ? -1 : labels.get(labels.size() - 1);
            if (last >= 0) {
                same.label = LogSpace.add(same.label, ends.label + scores.log(t, last));
            }
            for (int k = 0; k < scores.symbols(); k++) {
                double before = k == last ? ends.blank : ends.total();
                if (k != blank && before > Double.NEGATIVE_INFINITY) {
                    List<Integer> longer = new ArrayList<>(labels);
                    longer.add(k);
                    Ends other = next.computeIfAbsent(longer, l -> new Ends());
                    other.label = LogSpace.add(other.label, before + scores.log(t, k));
                }
            }
        });
        return next;
    }

    private Map<List<Integer>, Ends> prune(Map<List<Integer>, Ends> all) {
        Map<List<Integer>, Ends> kept = new LinkedHashMap<>();
        all.entrySet().stream()
                .filter(e -> e.getValue().total() > Double.NEGATIVE_INFINITY)
                .sorted(Comparator.comparingDouble(e -> -e.getValue().total()))
                .limit(width)
                .forEach(e -> kept.put(e.getKey(), e.getValue()));
        return kept;
    }

    /** Log probabilities of a beginning by what its ways end in. */
    private static final class Ends {
        private double blank;
        private double label;

        Ends() {
            this(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }

        Ends(double blank, double label) {
            this.blank = blank;
            this.label = label;
        }

        double total() {
            return LogSpace.add(blank, label);
        }
    }
}
