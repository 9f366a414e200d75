package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import dev.namaskar.series.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Split-conformal calibration of forecast distributions (after Chernozhukov, Wuethrich and Zhu 2021).
 *
 * <p>The score of a value is how far out it lies on the normal scale of its forecast, {@link QuantileLine#distance}:
 * 1.96 where the forecast puts the end of its 95 % interval. Scores come from windows that the network which foretold
 * them was not trained on. With {@code n} scores, each divided by its step's own scale {@code s_h} (the step's mean), the
 * interval of level {@code p} lies between the places {@code -z(p, h)} and {@code z(p, h)} of the forecast's own line:
 *
 * <pre>
 * z(p, h) = s_h  x  the ceil((n + 1) p)-th smallest score  x  t_v(p) / z(p)
 * </pre>
 *
 * <p>Neighbouring windows share most of their values, so a few hundred of them may tell no more than a few that do not.
 * Three things follow for the small samples, and all vanish in large ones. Student's t with {@code v} degrees of freedom,
 * counted in windows that do not overlap, widens what so few can not know. The mean score is drawn
 * towards what is usual for a network that has seen little. And levels that no score reaches go on as the normal
 * distribution does.
 *
 * @param scale {@code s_h}, {@code [H]}
 * @param levels ascending
 * @param reach the rest of {@code z(p, h)} for each level, ascending
 */
public record Conformal(double[] scale, double[] levels, double[] reach) {
    private static final double[] GRID = {
        0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999
    };

    /** What is believed before any window is seen counts as much as so many windows that do not overlap. */
    private static final double PRIOR_WINDOWS = 4;

    /** The mean score that is believed: where they have seen little, networks are too sure of themselves by half. */
    private static final double PRIOR_DISTANCE = 1.3;

    /** The mean score of a forecast whose distribution is right: {@code E|z|}. */
    private static final double NORMAL_DISTANCE = Math.sqrt(2 / Math.PI);

    /** A step's own mean counts as much as that of all steps at so many windows that do not overlap. */
    private static final double STEP_PRIOR = 10;

    /**
     * How far out one window's values lay.
     *
     * @param series the series' name
     * @param origin the window's origin
     * @param distances on the normal scale, {@code [H]}; not-a-number where the value is missing
     */
    public record Score(String series, int origin, double[] distances) {}

    /** Checks that levels and reaches ascend. */
    public Conformal {
        Levels.check(levels);
        boolean ascending = reach.length == levels.length;
        for (int l = 0; ascending && l < reach.length; l++) {
            ascending = reach[l] >= (l == 0 ? 0 : reach[l - 1]);
        }
        if (!ascending || levels.length == 0 || Arrays.stream(scale).anyMatch(s -> s < 0)) {
            throw new IllegalArgumentException("expected a calibration with an ascending reach for each level and a"
                    + " scale of at least 0 for each step");
        }
    }

    /** Nothing learned from any score: the forecast's own line. */
    public static Conformal none(int horizon) {
        double[] ones = new double[horizon];
        Arrays.fill(ones, 1);
        return new Conformal(ones, GRID, normal(GRID));
    }

    /**
     * Calibrates on scores, as far as there are any.
     *
     * @param scores ascending in origin within each series
     */
    public static Conformal fit(List<Score> scores, int horizon) {
        double[] scale = scales(scores, horizon);
        double[] pooled = scores.stream()
                .flatMapToDouble(s -> IntStream.range(0, horizon).mapToDouble(h -> s.distances()[h] / scale[h]))
                .filter(score -> !Double.isNaN(score))
                .sorted()
                .toArray();
        double freedom = freedom(scores, horizon);
        double[] reach = new double[GRID.length];
        double before = 0;
        for (int g = 0; g < GRID.length; g++) {
            int rank = rank(pooled.length, GRID[g]);
            double seen = rank <= pooled.length
                    ? pooled[rank - 1]
                    : g == 0 ? normal(GRID[g]) / NORMAL_DISTANCE : before * normal(GRID[g]) / normal(GRID[g - 1]);
            reach[g] = Math.max(seen * widening(GRID[g], freedom), g > 0 ? reach[g - 1] : 0);
            before = seen;
        }
        double believed = believed(scores, scale, horizon);
        return new Conformal(Arrays.stream(scale).map(s -> s * believed).toArray(), GRID, reach);
    }

    /** Each step's mean score, drawn towards the mean of all steps where few windows speak for it; 1 for none but zeros. */
    private static double[] scales(List<Score> scores, int horizon) {
        double[] means = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            int step = h;
            double[] known = scores.stream()
                    .mapToDouble(score -> score.distances()[step])
                    .filter(distance -> !Double.isNaN(distance))
                    .toArray();
            for (double distance : known) {
                means[h] += distance / known.length;
            }
        }
        double all = Arrays.stream(means).average().orElse(0);
        double[] scale = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            double own = apart(scores, h + 1);
            scale[h] = all > 0 ? (own * means[h] + STEP_PRIOR * all) / (own + STEP_PRIOR) : 1;
        }
        return scale;
    }

    /** What the scales are to be multiplied with for what was believed before any window was seen. */
    private static double believed(List<Score> scores, double[] scale, int horizon) {
        double seen = apart(scores, horizon);
        double mean = Arrays.stream(scale).average().orElse(1);
        return (seen * mean + PRIOR_WINDOWS * PRIOR_DISTANCE) / ((seen + PRIOR_WINDOWS) * mean);
    }

    /** Degrees of freedom: windows that do not overlap, and those believed in before. */
    public static double freedom(List<Score> scores, int horizon) {
        return PRIOR_WINDOWS + apart(scores, horizon);
    }

    /** How many windows there would be if origins had to lie so many steps apart. */
    public static double apart(List<Score> scores, double steps) {
        double windows = 0;
        int begin = 0;
        for (int i = 1; i <= scores.size(); i++) {
            if (i == scores.size()
                    || !scores.get(i).series().equals(scores.get(begin).series())) {
                int span = scores.get(i - 1).origin() - scores.get(begin).origin();
                windows += Math.min(i - begin, 1 + span / steps);
                begin = i;
            }
        }
        return windows;
    }

    /**
     * A forecast with intervals of any levels.
     *
     * @param raw the network's own quantiles
     * @param asked probabilities, ascending
     */
    public Forecast apply(Forecast raw, double[] asked) {
        int horizon = raw.horizon();
        double[] known = normal(raw.levels());
        double[] places = Arrays.stream(asked).map(this::reach).toArray();
        double[][] lower = new double[asked.length][horizon];
        double[][] upper = new double[asked.length][horizon];
        for (int h = 0; h < horizon; h++) {
            QuantileLine line = line(raw, h, known);
            for (int l = 0; l < asked.length; l++) {
                lower[l][h] = line.value(-scale[h] * places[l]);
                upper[l][h] = line.value(scale[h] * places[l]);
            }
        }
        return raw.with(raw.point(), asked.clone(), lower, upper);
    }

    /**
     * How the half widths of an interval are made of those of the learned levels, where none of these is next to nothing.
     *
     * @param level the interval's probability
     * @param learned the learned levels, ascending
     * @return {@code [learned][H]}: what the distance of each learned quantile from the median is multiplied with at each
     *     step before all are added up
     */
    public double[][] weights(double level, double[] learned) {
        double[] known = normal(learned);
        double[][] weights = new double[known.length][scale.length];
        for (int h = 0; h < scale.length; h++) {
            double place = scale[h] * reach(level);
            int l = 0;
            while (l < known.length - 1 && place > known[l]) {
                l++;
            }
            double from = l == 0 ? 0 : known[l - 1];
            boolean beyond = place > known[l];
            double part = beyond ? place / known[l] : (place - from) / (known[l] - from);
            weights[l][h] = part;
            if (l > 0 && !beyond) {
                weights[l - 1][h] = 1 - part;
            }
        }
        return weights;
    }

    /** How far out the values that came lie in a forecast made at an origin. */
    public static Score score(Forecast raw, int origin, Series series) {
        double[] known = normal(raw.levels());
        double[] distances = new double[raw.horizon()];
        Arrays.setAll(distances, h -> line(raw, h, known).distance(series.value(origin + h)));
        return new Score(series.id(), origin, distances);
    }

    private static QuantileLine line(Forecast raw, int h, double[] z) {
        double[] lower = new double[z.length];
        double[] upper = new double[z.length];
        Arrays.setAll(lower, l -> raw.lower()[l][h]);
        Arrays.setAll(upper, l -> raw.upper()[l][h]);
        return new QuantileLine(raw.point()[h], lower, upper, z);
    }

    /** The scaled distance of a level: on the line between its neighbours, over the normal scale. */
    private double reach(double level) {
        double z = normal(level);
        double z0 = 0;
        double r0 = 0;
        for (int g = 0; g < levels.length; g++) {
            double z1 = normal(levels[g]);
            if (level <= levels[g]) {
                return r0 + (z - z0) / (z1 - z0) * (reach[g] - r0);
            }
            z0 = z1;
            r0 = reach[g];
        }
        return r0 * z / z0;
    }

    /**
     * The {@code ceil((n + 1) level)}-th smallest of {@code n} scores: with one more exchangeable score, it is covered
     * with probability {@code level}. When there are too few scores for the level it is the largest of them; of none,
     * not a number.
     */
    public static double quantile(double[] scores, double level) {
        double[] sorted = Arrays.stream(scores)
                .filter(score -> !Double.isNaN(score))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[Math.min(sorted.length, rank(sorted.length, level)) - 1];
    }

    private static int rank(int n, double level) {
        return Math.max(1, (int) Math.ceil((n + 1) * level - 1e-9));
    }

    /** {@code Phi^-1((1 + p) / 2)}: where the normal distribution has the upper end of a central interval. */
    static double normal(double level) {
        return NormalDistribution.quantile((1 + level) / 2);
    }

    private static double[] normal(double[] levels) {
        return Arrays.stream(levels).map(Conformal::normal).toArray();
    }

    /** {@code t_v(p) / z(p)}: how much wider an interval is for being known from so few windows. */
    public static double widening(double level, double freedom) {
        return new TDistribution(null, freedom).inverseCumulativeProbability((1 + level) / 2) / normal(level);
    }
}
