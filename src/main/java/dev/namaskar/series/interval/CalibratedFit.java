package dev.namaskar.series.interval;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fitted forecaster, the record of how far off it and its like have been, and intervals calibrated on that record.
 */
public final class CalibratedFit implements Forecaster.Fitted {
    /** Intervals that a forecaster is asked for, to begin with. */
    private static final double[] ASKED = {0.8, 0.95};

    private final Forecaster.Fitted base;
    private final Shape shape;
    private final ScoreRecord record;
    private final Map<String, Integer> fittedTo;
    private final Conformal conformal;

    /**
     * What a calibration has to know of a forecaster.
     *
     * @param horizon steps of a forecast
     * @param season steps of a season, by which a history's own moves are measured
     * @param shortest the shortest history it forecasts from
     */
    public record Shape(int horizon, int season, int shortest) {}

    /**
     * A fit with what is known about it.
     *
     * @param base the forecaster without calibration
     * @param record of windows forecast so far, which the calibration is from
     * @param fittedTo how many first values of each series had a part in the fit
     */
    public CalibratedFit(
            Forecaster.Fitted base,
            Shape shape,
            ScoreRecord record,
            Map<String, Integer> fittedTo,
            Conformal conformal) {
        this.base = base;
        this.shape = shape;
        this.record = record;
        this.fittedTo = Map.copyOf(fittedTo);
        this.conformal = conformal;
    }

    /** A fit calibrated on a record; where no windows were asked for, its own intervals stay as they are. */
    static CalibratedFit of(Forecaster.Fitted base, Shape shape, ScoreRecord record, Map<String, Integer> fittedTo) {
        return new CalibratedFit(base, shape, record, fittedTo, conformal(record, shape.horizon()));
    }

    /** The calibration that follows from a record; none where no windows were asked for. */
    public static Conformal conformal(ScoreRecord record, int horizon) {
        return record.most() == 0 ? Conformal.none(horizon) : Conformal.fit(record.all(), horizon);
    }

    /** How many values each series has. */
    public static Map<String, Integer> lengths(List<Series> histories) {
        Map<String, Integer> lengths = new HashMap<>();
        histories.forEach(series -> lengths.put(series.id(), series.length()));
        return lengths;
    }

    Forecaster.Fitted base() {
        return base;
    }

    /** How far off forecasts were so far. */
    public ScoreRecord record() {
        return record;
    }

    /** What makes the intervals. */
    public Conformal conformal() {
        return conformal;
    }

    @Override
    public CalibratedFit recalibrate(List<Series> histories) {
        return record.most() == 0 ? this : of(base, shape, longer(histories), fittedTo);
    }

    /** The record with the windows that came after this fit: forecasts, and the actual values as far as they are known. */
    public ScoreRecord longer(List<Series> histories) {
        if (record.most() == 0) {
            return record;
        }
        List<Series> series = new ArrayList<>();
        List<Integer> origins = new ArrayList<>();
        for (Series one : histories) {
            int end = one.known() == 0 ? one.length() : Math.min(one.length(), one.reach() - shape.horizon());
            int first = Math.max(record.next(one.id()), fittedTo.getOrDefault(one.id(), 0));
            first = Math.max(
                    Math.max(first, shape.shortest()),
                    one.length() - shape.horizon() - record.most() * record.stride());
            for (int origin = first; origin < end; origin += record.stride()) {
                series.add(one);
                origins.add(origin);
            }
        }
        int[] places = origins.stream().mapToInt(i -> i).toArray();
        List<Forecast> forecasts = base.forecastAt(series, places, shape.horizon(), ASKED);
        List<ScoreRecord.Waiting> made = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Spread spread = Spread.of(series.get(i).raw(), places[i], shape.season());
            made.add(new ScoreRecord.Waiting(places[i], forecasts.get(i), spread));
        }
        return record.with(made, histories);
    }

    @Override
    public Forecast forecast(Series history, int horizon, double[] levels) {
        return forecastAt(List.of(history), new int[] {history.length()}, horizon, levels)
                .get(0);
    }

    @Override
    public List<Forecast> forecastAt(List<Series> series, int[] origins, int horizon, double[] levels) {
        List<Forecast> raw = base.forecastAt(series, origins, shape.horizon(), ASKED);
        List<Forecast> calibrated = new ArrayList<>(raw.size());
        for (int i = 0; i < origins.length; i++) {
            Spread spread = Spread.of(series.get(i).raw(), origins[i], shape.season());
            calibrated.add(conformal.apply(raw.get(i), spread, levels).first(horizon));
        }
        return calibrated;
    }
}
