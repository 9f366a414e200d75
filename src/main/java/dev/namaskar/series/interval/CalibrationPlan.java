package dev.namaskar.series.interval;

import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where intervals learn how far off forecasts are: the last {@code span} origins of every history, cut into stretches.
 * Before each stretch a forecaster is fitted to what had come by then, and forecasts the windows of the stretch; the
 * fit that is kept is to everything and is not scored.
 *
 * <p>Origins are counted back from the histories' ends, which in a table with a clock is one moment for all of them, so
 * that no series tells a forecaster what another's stretch will bring.
 *
 * @param span origins of each series that are forecast, counted back from the last whose targets are all known; 0 for none
 * @param stride steps between those origins
 * @param stretches number of fits; 0 for none
 * @param most windows of a series that are worth keeping
 * @param horizon steps of a forecast
 */
public record CalibrationPlan(int span, int stride, int stretches, int most, int horizon) {
    private static final int MOST_WINDOWS = 500;
    private static final int MOST_FORECASTS = 4000;

    /** So many series give enough scores with a window each, or a few where histories are long. */
    private static final int MANY_SERIES = 100;

    private static final int MOST_OF_MANY = 4;
    private static final int LONG_HORIZONS = 8;

    /** What the first fit is to is no less than this part of the possible windows, nor than so many. */
    private static final int LEAST_SHARE = 4;

    private static final int LEAST_WINDOWS = 8;

    /** With fewer windows than this further fits are small change. */
    private static final long FEW_WINDOWS = 1000;

    private static final int USUAL_STRETCHES = 3;

    /**
     * The plan for histories.
     *
     * @param asked windows of each series, or negative to choose
     * @param networks stretches, each with a fit of its own, or negative to choose
     */
    public static CalibrationPlan of(List<Series> histories, CalibratedFit.Shape shape, int asked, int networks) {
        int horizon = shape.horizon();
        int before = horizon + shape.shortest() - 1;
        int longest = histories.stream().mapToInt(Series::length).max().orElse(0);
        int origins = longest - before;
        int most = most(asked, histories.size(), origins / (LONG_HORIZONS * horizon));
        boolean few = histories.stream()
                        .mapToLong(s -> Math.max(0, s.length() - before))
                        .sum()
                < FEW_WINDOWS;
        int share = most == 1 ? 1 : few ? origins / 2 : origins / 4;
        int left = origins - horizon - Math.max(LEAST_WINDOWS, origins / LEAST_SHARE);
        int span = Math.min(share, left);
        if (most == 0 || span < 1) {
            return new CalibrationPlan(0, 1, 0, most, horizon);
        }
        int windows = Math.min(most, span);
        int stretches = networks >= 1 ? networks : few ? USUAL_STRETCHES : 1;
        return new CalibrationPlan(span, Math.max(1, span / windows), Math.min(stretches, windows), most, horizon);
    }

    /** How many windows of a series may be calibrated on. */
    private static int most(int asked, int series, int longs) {
        if (asked >= 0) {
            return asked;
        }
        return series >= MANY_SERIES
                ? Math.max(1, Math.min(MOST_OF_MANY, 1 + longs))
                : Math.min(MOST_WINDOWS, MOST_FORECASTS / series);
    }

    /**
     * The record of what fits on the past of each stretch said of its windows.
     *
     * @param fit by past histories and the stretch's number; null where these are too short for one
     */
    public ScoreRecord record(
            List<Series> histories,
            CalibratedFit.Shape shape,
            BiFunction<List<Series>, Integer, Forecaster.@Nullable Fitted> fit) {
        ScoreRecord record = ScoreRecord.empty(most, stride);
        for (int stretch = 0; stretch < stretches; stretch++) {
            List<Series> past = past(histories, stretch);
            // The windows of this stretch alone begin before its end; their last steps lie behind it.
            List<Series> present = past(histories, stretch + 1);
            Forecaster.Fitted fitted = fit.apply(past, stretch);
            if (fitted != null) {
                CalibratedFit trial =
                        new CalibratedFit(fitted, shape, record, CalibratedFit.lengths(past), Conformal.none(horizon));
                record = trial.longer(present).with(List.of(), histories);
            }
        }
        return record;
    }

    /** What had come of histories by the first origin of a stretch; of the one after the last, by its end. */
    public List<Series> past(List<Series> histories, int stretch) {
        return histories.stream()
                .map(series -> series.upTo(Math.max(0, begin(series.length(), stretch))))
                .toList();
    }

    /** The first origin of a stretch in a history of this length; of the one after the last, the first not to forecast. */
    public int begin(int length, int stretch) {
        return length - horizon + 1 - span + (int) ((long) span * stretch / stretches);
    }
}
