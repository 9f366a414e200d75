package dev.namaskar.series;

/**
 * The end of a history that training does not see: rolling windows for calibration.
 *
 * @param windows number of windows; 0 when the history is too short to spare any
 * @param stride steps between their origins
 * @param lastTraining the last origin whose targets all lie before the first of these windows
 */
record Holdout(int windows, int stride, int lastTraining) {
    /** At most this share of the possible origins is spared. */
    private static final int SHARE = 6;

    private static final int MOST_WINDOWS = 500;
    private static final int MOST_FORECASTS = 4000;
    /** So many series give enough scores with a window each, and their latest values are worth more to training. */
    private static final int MANY_SERIES = 100;

    /**
     * The holdout of one history.
     *
     * @param length of the history
     * @param shortest what a forecast needs
     * @param asked number of windows, or a negative number to choose
     * @param series how many series there are, which together shall not make more than a few thousand forecasts
     */
    static Holdout of(int length, int shortest, int horizon, int asked, int series) {
        int origins = length - horizon - shortest + 1;
        int none = length - horizon;
        if (asked == 0 || origins < 2 * horizon + SHARE) {
            return new Holdout(0, 1, none);
        }
        int span = Math.min(MOST_WINDOWS - 1, origins / SHARE);
        int wanted = most(asked, series);
        int windows = Math.min(wanted, span + 1);
        int stride = windows > 1 ? Math.max(1, span / (windows - 1)) : 1;
        int firstWindow = length - horizon - (windows - 1) * stride;
        return new Holdout(windows, stride, firstWindow - horizon);
    }

    /** How many windows of a series may be calibrated on. */
    private static int most(int asked, int series) {
        if (asked >= 0) {
            return asked;
        }
        return series >= MANY_SERIES ? 1 : Math.min(MOST_WINDOWS, MOST_FORECASTS / series);
    }

    /**
     * Origins to calibrate on in a history that may have grown since training, latest first: all whose targets had no
     * part in training, as far as there are not too many.
     *
     * @param from the first origin whose targets training did not see
     */
    int[] origins(int length, int horizon, int from, int asked, int series) {
        int last = length - horizon;
        int count = last < from ? 0 : Math.min(most(asked, series), (last - from) / stride + 1);
        int[] origins = new int[count];
        for (int w = 0; w < count; w++) {
            origins[w] = last - w * stride;
        }
        return origins;
    }
}
