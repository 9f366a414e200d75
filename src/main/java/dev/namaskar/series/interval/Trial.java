package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;

/**
 * A forecast that was made before its values were known, and these values.
 *
 * @param origin index of the first value that was forecast
 * @param forecast what the forecaster said, with whatever intervals of its own
 * @param actual the actual values, {@code [H]}; not a number where it is missing
 * @param spread how the history moved until then
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of results, never compared
public record Trial(int origin, Forecast forecast, double[] actual, Spread spread) {
    /** A forecast beside the actual values. */
    public static Trial of(Forecast forecast, int origin, Series series, Spread spread) {
        return new Trial(origin, forecast, series.values(origin, origin + forecast.horizon()), spread);
    }

    /** The series' name. */
    String series() {
        return forecast.series();
    }
}
