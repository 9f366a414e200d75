package dev.namaskar.series;

/**
 * Values that stand where a series has none: the one a season before, or without a season the one before. Nothing from
 * behind the gap is looked at, so what is filled in at one time is the same however the series goes on.
 *
 * <p>They keep the places of what is counted back from the origin, lags, seasons and the states of local methods. No network
 * sees them, and no loss and no score counts them.
 */
final class MissingValues {
    private MissingValues() {}

    /** Whether any value is missing. */
    static boolean in(double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /** The values, the missing ones filled in; leading ones with zero. */
    static double[] filled(double[] values, int season) {
        double[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
            if (Double.isNaN(filled[i])) {
                filled[i] = i >= season ? filled[i - season] : i > 0 ? filled[i - 1] : 0;
            }
        }
        return filled;
    }
}
