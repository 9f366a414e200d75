package dev.namaskar.series.evaluate;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;

/**
 * A forecast and the actual values.
 *
 * @param forecast the forecast
 * @param actual the actual values, {@code [H]}
 * @param scale mean absolute seasonal difference of the history before the origin: the unit of scaled errors
 */
public record Outcome(Forecast forecast, double[] actual, double scale) {
    /** Checks the lengths. */
    public Outcome {
        if (actual.length != forecast.horizon()) {
            throw new IllegalArgumentException("series \"" + forecast.series() + "\": expected " + forecast.horizon()
                    + " actual values, found " + actual.length);
        }
    }

    /** {@code mean |y(t) - y(t - season)|} over a history, missing values left out; 0 when it is too short or repeats itself exactly. */
    public static double scale(Series history, int season) {
        double sum = 0;
        int count = 0;
        for (int t = season; t < history.length(); t++) {
            double change = Math.abs(history.value(t) - history.value(t - season));
            if (!Double.isNaN(change)) {
                sum += change;
                count++;
            }
        }
        return count > 0 ? sum / count : 0;
    }
}
