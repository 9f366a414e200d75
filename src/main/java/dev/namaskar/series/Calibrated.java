package dev.namaskar.series;

import java.util.List;

/**
 * Any forecaster with calibrated intervals: Theta, the naive one, a network, one's own. It is fitted to the past of the
 * histories' last windows, once for each stretch of them, and forecasts these; how far off it was says how wide intervals
 * are ({@link dev.namaskar.series.interval.Conformal}). The fit that is kept is to everything.
 *
 * <pre>{@code
 * Forecaster theta = Calibrated.of(new LocalForecaster(LocalMethod.named("theta", 12), 0), 12, 12);
 * }</pre>
 *
 * <p>The forecaster is asked for intervals of 80 and 95 %. Where it has some, their widths have a say as far as that made
 * better intervals in those windows; without any (no levels, or ends that are not numbers), widths follow how much each
 * history moves.
 */
public final class Calibrated implements Forecaster {
    private final Forecaster base;
    private final int horizon;
    private final int season;
    private int windows = -1;
    private int fits = -1;

    private Calibrated(Forecaster base, int horizon, int season) {
        this.base = base;
        this.horizon = horizon;
        this.season = season;
    }

    /**
     * A forecaster's calibrated twin.
     *
     * @param horizon steps that it forecasts at most
     * @param season steps of a season, by which the histories' own moves are measured; 1 for none
     */
    public static Calibrated of(Forecaster base, int horizon, int season) {
        if (horizon < 1 || season < 1) {
            throw new IllegalArgumentException(
                    "expected a horizon and a season of at least 1, found " + horizon + " and " + season);
        }
        return new Calibrated(base, horizon, season);
    }

    /**
     * How much is calibrated on.
     *
     * @param most windows of each series, at most; negative to choose
     * @param stretches fits that forecast these windows; negative to choose
     */
    public Calibrated on(int most, int stretches) {
        Calibrated other = new Calibrated(base, horizon, season);
        other.windows = most;
        other.fits = stretches;
        return other;
    }

    @Override
    public String name() {
        return "calibrated_" + base.name();
    }

    @Override
    public int shortest() {
        return base.shortest();
    }

    private CalibratedFit.Shape shape() {
        return new CalibratedFit.Shape(horizon, season, base.shortest());
    }

    @Override
    public Fitted fit(List<Series> histories) {
        CalibrationPlan plan = CalibrationPlan.of(histories, shape(), windows, fits);
        ScoreRecord record = plan.record(histories, shape(), (past, stretch) -> base.fit(past));
        return CalibratedFit.of(base.fit(histories), shape(), record, CalibratedFit.lengths(histories));
    }

    /** Fitted anew or not, the record of how far off earlier fits were goes on. */
    @Override
    public Fitted next(Fitted earlier, List<Series> histories, boolean anew) {
        if (!(earlier instanceof CalibratedFit fit)) {
            return fit(histories);
        }
        return anew
                ? CalibratedFit.of(
                        base.next(fit.base(), histories, true),
                        shape(),
                        fit.longer(histories),
                        CalibratedFit.lengths(histories))
                : fit.recalibrate(histories);
    }
}
