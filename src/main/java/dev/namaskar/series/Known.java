package dev.namaskar.series;

import dev.namaskar.series.interval.CalibrationPlan;
import dev.namaskar.series.network.SeriesValidation;
import org.jspecify.annotations.Nullable;

/**
 * How much of each series a network may learn from: a rule of the series' length alone, so that it can be applied wherever
 * the series is.
 *
 * @param plan by whose stretches the past is cut, or null for all there is
 * @param stretch what came before it
 * @param fraction of that past which is held out at its end
 */
record Known(@Nullable CalibrationPlan plan, int stretch, double fraction) {
    /** All of every series. */
    static final Known ALL = new Known(null, 0, 0);

    /** What came before a stretch. */
    Known(CalibrationPlan plan, int stretch) {
        this(plan, stretch, 0);
    }

    /** The same with this part at the end held out. */
    Known heldOut(double part) {
        return new Known(plan, stretch, part);
    }

    /** What is learnt from. */
    Series of(Series whole, ForecastSpec spec) {
        int length = plan == null ? whole.length() : Math.max(0, plan.begin(whole.length(), stretch));
        return whole.upTo(fraction == 0 ? length : SeriesValidation.kept(length, spec, fraction));
    }
}
