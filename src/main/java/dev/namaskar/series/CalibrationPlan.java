package dev.namaskar.series;

import java.util.List;

/**
 * Where intervals learn how far off forecasts are: the last {@code span} origins of every history, cut into stretches.
 * Before each stretch a network is trained on what had come by then, and forecasts the windows of the stretch; the
 * network that is kept learns from everything and is not judged.
 *
 * <p>Origins are counted back from the histories' ends, which in a table with a clock is one moment for all of them, so
 * that no series tells a network what another's stretch will bring.
 *
 * @param span origins of each series that are forecast, counted back from the last whose targets are all known; 0 for none
 * @param stride steps between those origins
 * @param stretches number of networks; 0 for none
 * @param most windows of a series that are worth keeping
 * @param horizon steps of a forecast
 */
record CalibrationPlan(int span, int stride, int stretches, int most, int horizon) {
    private static final int MOST_WINDOWS = 500;
    private static final int MOST_FORECASTS = 4000;

    /** So many series give enough scores with a window each. */
    private static final int MANY_SERIES = 100;

    /** What the first network learns from is no less than this part of the possible windows, nor than so many. */
    private static final int LEAST_SHARE = 4;

    private static final int LEAST_WINDOWS = 8;

    /** With fewer windows than this the networks are small change. */
    private static final long FEW_WINDOWS = 1000;

    private static final int USUAL_STRETCHES = 3;

    /**
     * The plan for histories.
     *
     * @param asked windows of each series, or negative to choose
     * @param networks stretches, or negative to choose
     */
    static CalibrationPlan of(List<Series> histories, ForecastSpec spec, int asked, int networks) {
        int horizon = spec.horizon();
        int longest = histories.stream().mapToInt(Series::length).max().orElse(0);
        int origins = longest - horizon - spec.shortest() + 1;
        int most = most(asked, histories.size());
        boolean few = UsualSpec.windows(histories, spec) < FEW_WINDOWS;
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
    private static int most(int asked, int series) {
        if (asked >= 0) {
            return asked;
        }
        return series >= MANY_SERIES ? 1 : Math.min(MOST_WINDOWS, MOST_FORECASTS / series);
    }

    /** The first origin of a stretch in a history of this length; of the one after the last, the first not to forecast. */
    int begin(int length, int stretch) {
        return length - horizon + 1 - span + (int) ((long) span * stretch / stretches);
    }
}
