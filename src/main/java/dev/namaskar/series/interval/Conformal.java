package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Levels;
import java.util.Arrays;
import java.util.List;

/**
 * Conformal calibration of forecast distributions, by ranks (after Chernozhukov, Wuethrich and Zhu 2021).
 *
 * <p>A forecast's line of quantiles is made of its own intervals and of how the series moves ({@link Spread}): the half
 * width at a learned level, {@code w}, and {@code u = z_l spread(h)} of the same level are mixed to {@code u (w / u)^trust},
 * {@code w / u} taken between 1/20 and 20. A forecaster without intervals has {@code u} alone. The score of a value is how
 * far out it lies on that line, {@link QuantileLine#distance}: 1.96 where the line has the end of its 95 % interval. Scores
 * come from forecasts that were made before the values were known. With {@code n} scores, each divided by its step's own
 * scale {@code s_h}, the interval of level {@code p} lies between the places {@code -z(p, h)} and {@code z(p, h)}:
 *
 * <pre>
 * z(p, h) = s_h  x  the ceil((n + 1) p)-th smallest score  x  t_v(p) / z(p)
 * </pre>
 *
 * <p>Ranks alone decide, so that no single window rules: {@code s_h} is the third quartile of a step's scores, the mean of
 * it and its neighbours'. The trust is that among a few under which the intervals score best on the same windows.
 * Neighbouring windows share most of their values, so a few hundred of them may tell no more than a few that do not.
 * Three things follow for the small samples, and all vanish in large ones. Student's t with {@code v} degrees of freedom,
 * counted in windows that do not overlap, widens what so few can not know. The mean scale is drawn towards what is usual
 * for a forecaster that has seen little, and so is the trust. And levels that no score reaches go on as the normal
 * distribution does.
 *
 * @param scale {@code s_h}, {@code [H]}
 * @param levels ascending
 * @param reach the rest of {@code z(p, h)} for each level, ascending
 * @param trust how much of a forecast's own widths counts, 0 to 1; 1 for these as they are, within no bounds
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of numbers, never compared
public record Conformal(double[] scale, double[] levels, double[] reach, double trust) {
    /** A forecast's own width counts as no more than so many times that of the series' moves, and no less than one so-manieth. */
    public static final double MOST_RATIO = 20;

    private static final double[] GRID = {
        0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999
    };

    /** The levels of the line of a forecast that has no intervals of its own. */
    private static final double[] USUAL = {0.8, 0.95};

    /** Checks that levels and reaches ascend. */
    public Conformal {
        Levels.check(levels);
        boolean ascending = reach.length == levels.length;
        for (int l = 0; ascending && l < reach.length; l++) {
            ascending = reach[l] >= (l == 0 ? 0 : reach[l - 1]);
        }
        if (!ascending || levels.length == 0 || Arrays.stream(scale).anyMatch(s -> !(s >= 0)) || !isShare(trust)) {
            throw new IllegalArgumentException("expected a calibration with an ascending reach for each level, a"
                    + " scale of at least 0 for each step and a trust between 0 and 1");
        }
    }

    private static boolean isShare(double number) {
        return number >= 0 && number <= 1;
    }

    /** Nothing learned from any score: the forecast's own line. */
    public static Conformal none(int horizon) {
        double[] ones = new double[horizon];
        Arrays.fill(ones, 1);
        return new Conformal(ones, GRID, normal(GRID), 1);
    }

    /**
     * Calibrates on forecasts whose values came, as far as there are any.
     *
     * @param trials ascending in origin within each series
     */
    public static Conformal fit(List<Trial> trials, int horizon) {
        return new ConformalFit(trials, horizon).best(GRID);
    }

    /**
     * A forecast with intervals of any levels. Nothing is said that {@link Spread#bounded} does not let pass.
     *
     * @param raw what the forecaster said
     * @param spread of the history it was made from
     * @param asked probabilities, ascending
     */
    public Forecast apply(Forecast raw, Spread spread, double[] asked) {
        int horizon = raw.horizon();
        double[] places = Arrays.stream(asked).map(this::reach).toArray();
        double[] point = new double[horizon];
        double[][] lower = new double[asked.length][horizon];
        double[][] upper = new double[asked.length][horizon];
        for (int h = 0; h < horizon; h++) {
            QuantileLine line = line(raw, h, spread, trust);
            point[h] = spread.bounded(line.median(), h);
            for (int l = 0; l < asked.length; l++) {
                lower[l][h] = spread.bounded(line.value(-scale[h] * places[l]), h);
                upper[l][h] = spread.bounded(line.value(scale[h] * places[l]), h);
            }
        }
        return raw.with(point, asked.clone(), lower, upper);
    }

    /**
     * How the half widths of an interval are made of those of the line's levels, where none of these is next to nothing.
     *
     * @param level the interval's probability
     * @param learned the line's levels, ascending
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

    /** The line of a forecast's step, of its own widths and of the history's moves. */
    static QuantileLine line(Forecast raw, int h, Spread spread, double trust) {
        double[] z = normal(raw.levels().length == 0 ? USUAL : raw.levels());
        double[] lower = new double[z.length];
        double[] upper = new double[z.length];
        double said = raw.point()[h];
        double median = trust == 1 ? said : spread.clamped(said, h);
        for (int l = 0; l < z.length; l++) {
            double moved = z[l] * spread.at(h);
            double down = l < raw.levels().length ? raw.lower()[l][h] : Double.NaN;
            double up = l < raw.levels().length ? raw.upper()[l][h] : Double.NaN;
            lower[l] = trust == 1 ? down : median - mixed(said - down, moved, trust);
            upper[l] = trust == 1 ? up : median + mixed(up - said, moved, trust);
        }
        return new QuantileLine(median, lower, upper, z);
    }

    /** {@code moved (width / moved)^trust}; a width that is none counts as what is moved. */
    private static double mixed(double width, double moved, double trust) {
        double ratio = Math.abs(width) / moved;
        double known = Double.isNaN(ratio) ? 1 : Math.max(1 / MOST_RATIO, Math.min(MOST_RATIO, ratio));
        return moved * Math.pow(known, trust);
    }

    /** The scaled distance of a level: on the line between its neighbours, over the normal scale. */
    double reach(double level) {
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
     * not a number. Scores that are not numbers are left out.
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

    static int rank(int n, double level) {
        return Math.max(1, (int) Math.ceil((n + 1) * level - 1e-9));
    }

    /** {@code Phi^-1((1 + p) / 2)}: where the normal distribution has the upper end of a central interval. */
    public static double normal(double level) {
        return NormalDistribution.quantile((1 + level) / 2);
    }

    /** The same of each level. */
    public static double[] normal(double[] levels) {
        return Arrays.stream(levels).map(Conformal::normal).toArray();
    }
}
