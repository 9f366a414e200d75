package dev.namaskar.series.evaluate;

import dev.namaskar.params.Catalog;
import dev.namaskar.series.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The measures, point forecasts and intervals as the M4 competition defines them (Makridakis, Spiliotis and
 * Assimakopoulos 2020).
 */
public final class Metrics {
    /** {@code mean |y - f|}. */
    public static final Metric MAE = new Metric("mae", o -> mean(o, h -> error(o, h)));

    /** {@code sqrt(mean (y - f)^2)}. */
    public static final Metric RMSE = new Metric("rmse", o -> mean(o, h -> error(o, h) * error(o, h)), Math::sqrt);

    /** {@code mean 200 |y - f| / (|y| + |f|)} in percent; a step at which both are zero counts as zero. */
    public static final Metric SMAPE = new Metric(
            "smape",
            o -> mean(o, h -> {
                double size = Math.abs(o.actual()[h]) + Math.abs(o.forecast().point()[h]);
                return size == 0 ? 0 : 200 * error(o, h) / size;
            }));

    /** {@code mean |y - f|} in units of the history's mean absolute seasonal difference. */
    public static final Metric MASE = new Metric("mase", o -> scaled(o, mean(o, h -> error(o, h))));

    private static final Catalog<NamedMetric> OWN =
            new Catalog<>("metric", NamedMetric.class, NamedMetric::name, List.of());

    private Metrics() {}

    /**
     * Mean scaled interval score: {@code mean(hi - lo + 2/a (lo - y)+ + 2/a (y - hi)+)} with {@code a = 1 - level}, in
     * units of the history's mean absolute seasonal difference.
     */
    public static Metric msis(double level) {
        return new Metric("msis_" + Levels.percent(level), o -> {
            int l = o.forecast().level(level);
            double penalty = 2 / (1 - level);
            return scaled(o, mean(o, h -> {
                double lower = o.forecast().lower()[l][h];
                double upper = o.forecast().upper()[l][h];
                double y = o.actual()[h];
                return upper - lower + penalty * (Math.max(0, lower - y) + Math.max(0, y - upper));
            }));
        });
    }

    /** The share of values inside the interval, ends included. */
    public static Metric coverage(double level) {
        return new Metric("coverage_" + Levels.percent(level), o -> {
            int l = o.forecast().level(level);
            return mean(o, h -> {
                double lower = o.forecast().lower()[l][h];
                double upper = o.forecast().upper()[l][h];
                boolean exists = !Double.isNaN(lower) && !Double.isNaN(upper);
                return exists ? (lower <= o.actual()[h] && o.actual()[h] <= upper ? 1 : 0) : Double.NaN;
            });
        });
    }

    /** Mean pinball loss {@code max(q (y - f), (q - 1)(y - f))} over the median and all interval ends, in scaled units. */
    public static final Metric PINBALL = new Metric("pinball", o -> {
        double[] levels = o.forecast().levels();
        double sum = mean(o, h -> error(o, h) / 2);
        for (int l = 0; l < levels.length; l++) {
            int level = l;
            double tail = (1 - levels[l]) / 2;
            sum += mean(
                    o,
                    h -> pinball(o.actual()[h], o.forecast().lower()[level][h], tail)
                            + pinball(o.actual()[h], o.forecast().upper()[level][h], 1 - tail));
        }
        return scaled(o, sum / (1 + 2 * levels.length));
    });

    /** The metrics of a report with intervals of these levels, then one's own; a new metric is one line here. */
    public static List<Metric> all(double[] levels) {
        List<Metric> all = new ArrayList<>(List.of(MASE, SMAPE, RMSE, MAE, PINBALL));
        for (double level : levels) {
            all.add(msis(level));
            all.add(coverage(level));
        }
        OWN.all().forEach(own -> all.add(own.metric()));
        return all;
    }

    /** M4's overall weighted average: the mean of sMAPE and MASE, each relative to Naive2's. */
    public static double owa(List<Outcome> outcomes, List<Outcome> naive2) {
        return (SMAPE.of(outcomes) / SMAPE.of(naive2) + MASE.of(outcomes) / MASE.of(naive2)) / 2;
    }

    private static double pinball(double y, double quantile, double q) {
        return Math.max(q * (y - quantile), (q - 1) * (y - quantile));
    }

    private static double error(Outcome o, int h) {
        return Math.abs(o.actual()[h] - o.forecast().point()[h]);
    }

    private static double scaled(Outcome o, double value) {
        return o.scale() > 0 ? value / o.scale() : Double.NaN;
    }

    /** The mean over the steps whose value came; a missing one counts nowhere. */
    private static double mean(Outcome o, IntToDoubleFunction step) {
        double sum = 0;
        int count = 0;
        for (int h = 0; h < o.actual().length; h++) {
            if (!Double.isNaN(o.actual()[h])) {
                sum += step.applyAsDouble(h);
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
