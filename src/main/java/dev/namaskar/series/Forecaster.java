package dev.namaskar.series;

import java.util.ArrayList;
import java.util.List;

/** A way to forecast: fitted to histories, then asked. What it is given ends at the origin; it cannot see further. */
public interface Forecaster {
    /** The name in reports. */
    String name();

    /** The shortest history it can forecast from. */
    int shortest();

    /**
     * Fits to histories that end at the origin.
     *
     * @throws IllegalArgumentException when they are too short, or hold values outside the domain of a transform
     */
    Fitted fit(List<Series> histories);

    /**
     * A fit at a later origin.
     *
     * @param earlier a fit of this forecaster
     * @param histories the same series, longer by now
     * @param anew whether everything is fitted anew; otherwise only intervals take in what has come since
     */
    default Fitted next(Fitted earlier, List<Series> histories, boolean anew) {
        return anew ? fit(histories) : earlier.recalibrate(histories);
    }

    /** A fitted forecaster; asking changes nothing. */
    interface Fitted {
        /** The same fit with its intervals calibrated anew on the end of longer histories. */
        default Fitted recalibrate(List<Series> histories) {
            return this;
        }

        /**
         * Forecasts the steps after the history's last value.
         *
         * @param levels probabilities of the intervals, ascending
         * @throws IllegalArgumentException when the history is too short or the levels are not to be had
         */
        Forecast forecast(Series history, int horizon, double[] levels);

        /**
         * Forecasts from inside of longer series; what lies behind an origin is not looked at.
         *
         * @param origins index after the last value of each history
         */
        default List<Forecast> forecastAt(List<Series> series, int[] origins, int horizon, double[] levels) {
            List<Forecast> forecasts = new ArrayList<>(origins.length);
            for (int i = 0; i < origins.length; i++) {
                forecasts.add(forecast(series.get(i).upTo(origins[i]), horizon, levels));
            }
            return forecasts;
        }
    }
}
