package dev.namaskar.series.interval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/** What a calibration learns from forecasts whose values came. */
public final class ConformalFit {
    /** What is believed before any window is seen counts as much as so many windows that do not overlap. */
    private static final double PRIOR_WINDOWS = 4;

    /** How many times too narrow a line is believed to be: where they have seen little, forecasters are too sure. */
    private static final double PRIOR_SCALE = 1.25;

    /** A step's own scale counts as much as that of all steps at so many windows that do not overlap. */
    private static final double STEP_PRIOR = 10;

    /** A step's neighbours are as many to either side as there are this many in the horizon. */
    private static final int NEIGHBOURHOODS = 8;

    /** The share of a step's scores that lie below its scale. */
    private static final double QUARTILE = 0.75;

    /**
     * Trusts to choose among where so many windows do not overlap. With more than these, what a fit says of its own widths
     * rules; it was seen to change from the fits that were scored to the one that is kept.
     */
    private static final double[] TRUSTS = {0, 0.25, 0.5};

    private static final double ENOUGH_WINDOWS = 8;
    private static final double USUAL_TRUST = 0.25;
    private static final double[] SCORED = {0.8, 0.95};

    private final List<Trial> trials;
    private final int horizon;

    /** Windows without any spread, of which no forecast can be too wide or too narrow, say nothing. */
    ConformalFit(List<Trial> trials, int horizon) {
        this.trials = trials.stream().filter(t -> t.spread().unit() > 0).toList();
        this.horizon = horizon;
    }

    /** The calibration with the trust under which intervals score best on the same windows, or the usual one. */
    Conformal best(double[] levels) {
        double windows = apart(trials, horizon);
        if (windows < ENOUGH_WINDOWS) {
            return with(trials.isEmpty() ? 0 : USUAL_TRUST, levels);
        }
        Conformal best = with(TRUSTS[0], levels);
        double least = cost(best);
        for (int i = 1; i < TRUSTS.length; i++) {
            Conformal candidate = with(TRUSTS[i], levels);
            double cost = cost(candidate);
            if (cost < least) {
                least = cost;
                best = candidate;
            }
        }
        return best;
    }

    private Conformal with(double trust, double[] levels) {
        double[][] distances = new double[horizon][trials.size()];
        for (int w = 0; w < trials.size(); w++) {
            Trial trial = trials.get(w);
            for (int h = 0; h < horizon; h++) {
                double actual = trial.actual()[h];
                distances[h][w] = Double.isNaN(actual)
                        ? Double.NaN
                        : Conformal.line(trial.forecast(), h, trial.spread(), trust)
                                .distance(actual);
            }
        }
        double[] scale = scales(distances);
        double believed = believed(scale);
        double[] reach = reaches(distances, scale, levels);
        return new Conformal(Arrays.stream(scale).map(s -> s * believed).toArray(), levels, reach, trust);
    }

    /** Each step's third quartile, its neighbours' and, where few windows speak for it, all steps'; 1 where all are 0. */
    private double[] scales(double[][] distances) {
        double usual = Conformal.normal(QUARTILE);
        double[] own = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            own[h] = Conformal.quantile(distances[h], QUARTILE) / usual;
        }
        double all = mean(own, 0, horizon);
        double[] scale = new double[horizon];
        int reach = (horizon + NEIGHBOURHOODS - 1) / NEIGHBOURHOODS;
        for (int h = 0; h < horizon; h++) {
            double near = mean(own, Math.max(0, h - reach), Math.min(horizon, h + reach + 1));
            double windows = Double.isNaN(near) ? 0 : apart(trials, h + 1);
            scale[h] = all > 0 ? (windows * (windows > 0 ? near : 0) + STEP_PRIOR * all) / (windows + STEP_PRIOR) : 1;
        }
        return scale;
    }

    /** Of the numbers that there are; not a number where there is none. */
    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    private double[] reaches(double[][] distances, double[] scale, double[] levels) {
        double[] pooled = IntStream.range(0, horizon)
                .boxed()
                .flatMapToDouble(h -> Arrays.stream(distances[h]).map(d -> d / scale[h]))
                .filter(d -> !Double.isNaN(d))
                .sorted()
                .toArray();
        double freedom = freedom(trials, horizon);
        double[] reach = new double[levels.length];
        double before = 0;
        for (int g = 0; g < levels.length; g++) {
            int rank = Conformal.rank(pooled.length, levels[g]);
            double z = Conformal.normal(levels[g]);
            double seen = rank <= pooled.length
                    ? pooled[rank - 1]
                    : g == 0 ? z : before * z / Conformal.normal(levels[g - 1]);
            reach[g] = Math.max(seen * widening(levels[g], freedom), g > 0 ? reach[g - 1] : 0);
            before = seen;
        }
        return reach;
    }

    /** What the scales are to be multiplied with for what was believed before any window was seen. */
    private double believed(double[] scale) {
        double seen = apart(trials, horizon);
        double mean = Arrays.stream(scale).average().orElse(1);
        return (seen * mean + PRIOR_WINDOWS * PRIOR_SCALE) / ((seen + PRIOR_WINDOWS) * mean);
    }

    /** Mean logarithm of the windows' interval scores: a unit of one's own for every series. */
    private double cost(Conformal conformal) {
        double sum = 0;
        for (Trial trial : trials) {
            for (double level : SCORED) {
                double place = conformal.reach(level);
                double score = 0;
                for (int h = 0; h < horizon; h++) {
                    double y = trial.actual()[h];
                    if (!Double.isNaN(y)) {
                        QuantileLine line = Conformal.line(trial.forecast(), h, trial.spread(), conformal.trust());
                        double low = line.value(-conformal.scale()[h] * place);
                        double high = line.value(conformal.scale()[h] * place);
                        score += high - low + 2 / (1 - level) * (Math.max(0, low - y) + Math.max(0, y - high));
                    }
                }
                sum += Math.log(Math.max(Double.MIN_NORMAL, score));
            }
        }
        return sum;
    }

    /** Degrees of freedom: windows that do not overlap, and those believed in before. */
    public static double freedom(List<Trial> trials, int horizon) {
        return PRIOR_WINDOWS + apart(trials, horizon);
    }

    /** How many windows there would be if origins had to lie so many steps apart. */
    public static double apart(List<Trial> trials, double steps) {
        double windows = 0;
        int begin = 0;
        for (int i = 1; i <= trials.size(); i++) {
            if (i == trials.size()
                    || !trials.get(i).series().equals(trials.get(begin).series())) {
                int span = trials.get(i - 1).origin() - trials.get(begin).origin();
                windows += Math.min(i - begin, 1 + span / steps);
                begin = i;
            }
        }
        return windows;
    }

    /** {@code t_v(p) / z(p)}: how much wider an interval is for being known from so few windows. */
    public static double widening(double level, double freedom) {
        return new TDistribution(null, freedom).inverseCumulativeProbability((1 + level) / 2) / Conformal.normal(level);
    }
}
