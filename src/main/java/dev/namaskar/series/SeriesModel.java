package dev.namaskar.series;

import dev.namaskar.net.Network;
import dev.namaskar.params.Params;
import dev.namaskar.series.baseline.SeasonalNaive;
import dev.namaskar.series.calendar.Holidays;
import dev.namaskar.series.interval.CalibratedFit;
import dev.namaskar.series.interval.Conformal;
import dev.namaskar.series.interval.ScoreRecord;
import dev.namaskar.series.network.RawForecasts;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Columns;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained forecaster: one network over many series, or an ensemble of them, with its scales and its calibration.
 * Forecasting runs on plain Java arrays and changes nothing, so a model serves any number of threads.
 */
public final class SeriesModel implements Forecaster.Fitted {
    private final ForecastSpec spec;
    private final Network network;
    private final List<Params> members;
    private final Columns columns;
    private final Conformal conformal;
    private final ScoreRecord record;
    private final Map<String, Integer> trainedTo;
    private final Source source;
    private final @Nullable SeriesModel beside;

    /**
     * The kind of table that a model was trained on.
     *
     * @param format how it was read
     * @param frequency its step
     */
    public record Source(TableFormat format, Frequency frequency) {}

    /**
     * A model from its parts.
     *
     * @param record of windows forecast so far, which the calibration is from
     * @param trainedTo how many first values of each series had a part in training
     * @param source the kind of table it was trained on
     * @param beside the networks of another kind, whose forecasts are averaged with these; null for none
     */
    SeriesModel(
            ForecastSpec spec,
            Network network,
            List<Params> members,
            Columns columns,
            Conformal conformal,
            ScoreRecord record,
            Map<String, Integer> trainedTo,
            Source source,
            @Nullable SeriesModel beside) {
        this.spec = spec;
        this.network = network;
        this.members = List.copyOf(members);
        this.columns = columns;
        this.conformal = conformal;
        this.record = record;
        this.trainedTo = Map.copyOf(trainedTo);
        this.source = source;
        this.beside = beside;
    }

    /**
     * Trains a forecaster of so many steps on all series of a table, with every other setting chosen from them.
     *
     * @throws IllegalArgumentException when they are too short
     */
    public static SeriesModel train(Table table, int horizon) {
        return training().horizon(horizon).on(table);
    }

    /** A training with other settings than the usual. */
    public static SeriesTraining training() {
        return new SeriesTraining();
    }

    /** The kind of table that the model was trained on. */
    public Source source() {
        return source;
    }

    /** The same model, of this kind of table. */
    public SeriesModel of(Source kind) {
        return new SeriesModel(spec, network, members, columns, conformal, record, trainedTo, kind, beside);
    }

    /** The same model with networks of another kind beside its own. */
    SeriesModel beside(@Nullable SeriesModel other) {
        return new SeriesModel(spec, network, members, columns, conformal, record, trainedTo, source, other);
    }

    /** The same model, of this table's kind. */
    SeriesModel of(Table table) {
        return of(new Source(table.format(), table.frequency()));
    }

    /**
     * Writes the model; what was there before stays until the new file is complete.
     *
     * @throws IOException when it cannot be written
     */
    public void write(Path target) throws IOException {
        SeriesFile.write(target, new SeriesFile.Stored(this, source.format(), source.frequency()));
    }

    /**
     * Reads a model.
     *
     * @throws IOException when the file cannot be read, or is no model of series: it says why
     */
    public static SeriesModel read(Path file) throws IOException {
        return SeriesFile.read(file).model();
    }

    /** What the forecaster is. */
    public ForecastSpec spec() {
        return spec;
    }

    /** The network that all members share. */
    public Network network() {
        return network;
    }

    /** The members' parameters. */
    public List<Params> members() {
        return members;
    }

    /** The networks of another kind, whose forecasts are averaged with these networks' ones; null for none. */
    @Nullable
    SeriesModel beside() {
        return beside;
    }

    /** The scales of the columns beside the target. */
    Columns columns() {
        return columns;
    }

    /** How far intervals reach. */
    Conformal conformal() {
        return conformal;
    }

    /**
     * How the half widths of a calibrated interval are made of those of the learned levels.
     *
     * @param level the interval's probability
     * @return {@code [learned levels][horizon]}: what the distance of each learned quantile from the median is multiplied
     *     with at each step before all are added up
     */
    public double[][] intervalWeights(double level) {
        return conformal.weights(level, spec.levels());
    }

    /** How much the networks' own widths count in the line that {@link #intervalWeights} weighs; 1 for these alone. */
    public double intervalTrust() {
        return conformal.trust();
    }

    /** The indices of the values that a forecast starts from by one skip, for each step after the origin. */
    public long[] skipped(int lag, int origin) {
        long[] places = new long[spec.horizon()];
        for (int h = 0; h < places.length; h++) {
            places[h] = SeasonalNaive.lag(origin, h, lag);
        }
        return places;
    }

    /** What is taken from a column, known columns first, before the network sees it. */
    public double columnShift(int column) {
        return columns.shift()[column];
    }

    /** What a column is divided by, known columns first. */
    public double columnScale(int column) {
        return columns.scale()[column];
    }

    /** What the calibration is from; of nothing where the model comes from a file. */
    ScoreRecord record() {
        return record;
    }

    private RawForecasts own() {
        return new RawForecasts(spec, columns, network, members);
    }

    /** What the networks say of windows before any calibration: of two kinds the mean, where a history is long enough. */
    List<Forecast> raw(List<RawForecasts.At> windows) {
        List<Forecast> all = own().of(windows);
        if (beside == null) {
            return all;
        }
        List<RawForecasts.At> able = new ArrayList<>();
        for (RawForecasts.At at : windows) {
            if (at.origin() >= beside.spec.shortest()) {
                able.add(at);
            }
        }
        List<Forecast> said = beside.raw(able);
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            if (windows.get(i).origin() >= beside.spec.shortest()) {
                all.set(i, all.get(i).mean(said.get(next++)));
            }
        }
        return all;
    }

    /**
     * The same model with its intervals calibrated on later windows too, whose values it was not trained on. A model
     * that is not calibrated stays as it is, and so does one from a file, which does not know what it was trained on.
     */
    @Override
    public SeriesModel recalibrate(List<Series> histories) {
        if (record.most() == 0) {
            return this;
        }
        CalibratedFit later = calibrated().recalibrate(histories);
        return new SeriesModel(
                spec, network, members, columns, later.conformal(), later.record(), trainedTo, source, beside);
    }

    /** The record with the windows that came after this model's training: forecasts, and the actual values so far. */
    ScoreRecord longerRecord(List<Series> histories) {
        return calibrated().longer(histories);
    }

    private CalibratedFit calibrated() {
        return new CalibratedFit(base(), spec.shape(), record, trainedTo, conformal);
    }

    /** What the networks say before any calibration: all steps, with the intervals that they learned. */
    Forecaster.Fitted base() {
        return new Forecaster.Fitted() {
            @Override
            public Forecast forecast(Series history, int horizon, double[] levels) {
                return forecastAt(List.of(history), new int[] {history.length()}, horizon, levels)
                        .get(0);
            }

            @Override
            public List<Forecast> forecastAt(List<Series> series, int[] origins, int horizon, double[] levels) {
                List<RawForecasts.At> windows = new ArrayList<>(origins.length);
                for (int i = 0; i < origins.length; i++) {
                    windows.add(new RawForecasts.At(series.get(i), origins[i]));
                }
                return raw(windows);
            }
        };
    }

    @Override
    public Forecast forecast(Series history, int horizon, double[] levels) {
        return forecast(List.of(history), horizon, levels).get(0);
    }

    /**
     * Forecasts the steps after the last value of each history.
     *
     * @param horizon steps, at most the model's
     * @param levels probabilities of the intervals, ascending: any, not only those that the network learned
     * @throws IllegalArgumentException that names the series, when it is too short or not what the model reads
     */
    public List<Forecast> forecast(List<Series> histories, int horizon, double[] levels) {
        int[] ends = new int[histories.size()];
        for (int i = 0; i < ends.length; i++) {
            check(histories.get(i), horizon);
            ends[i] = histories.get(i).length();
        }
        return calibrated().forecastAt(histories, ends, horizon, levels);
    }

    /**
     * Forecasts the steps after the end of every series of a table: all steps, with the intervals that were learned.
     *
     * @throws IllegalArgumentException that names the series, when it is too short or not what the model reads
     */
    public List<Forecast> forecast(Table table) {
        if (!table.frequency().equals(source.frequency())) {
            throw new IllegalArgumentException("the model was trained on steps of " + source.frequency()
                    + ", found steps of " + table.frequency());
        }
        checkColumns(table);
        return forecast(table.series(), spec.horizon(), spec.levels());
    }

    /**
     * Checks that no column of a table stands where the model reads another one of it.
     *
     * @throws IllegalArgumentException that says in which order the model reads them
     */
    public void checkColumns(Table table) {
        checkOrder("known", spec.known(), table.known());
        checkOrder("observed", spec.observed(), table.observed());
    }

    private static void checkOrder(String setting, List<String> read, List<String> given) {
        for (int i = 0; i < given.size(); i++) {
            int place = read.indexOf(given.get(i));
            if (place >= 0 && place != i) {
                throw new IllegalArgumentException("the model reads the columns " + read + " in this order, found "
                        + given + "; give them to `" + setting + "` as the model has them, or leave it out");
            }
        }
    }

    /**
     * Why the steps after a history's last value are forecast as they are: which starts are trusted at each step, what the
     * networks add, and what each input changes.
     *
     * @throws IllegalArgumentException as {@link #forecast(List, int, double[])}
     */
    public Explanation explain(Series history) {
        check(history, spec.horizon());
        Explanation own = own().explain(new RawForecasts.At(history, history.length()));
        return beside == null || history.length() < beside.spec.shortest() ? own : own.mean(beside.explain(history));
    }

    @Override
    public List<Forecast> forecastAt(List<Series> series, int[] origins, int horizon, double[] levels) {
        for (Series one : new LinkedHashSet<>(series)) {
            checkKind(one, horizon);
        }
        return calibrated().forecastAt(series, origins, horizon, levels);
    }

    /** Whether a series is what the model reads, and what is known ahead of it reaches past its end. */
    private void check(Series history, int horizon) {
        checkKind(history, horizon);
        String name = "series \"" + history.id() + "\": ";
        if (!spec.known().isEmpty() && history.reach() < history.length() + spec.horizon()) {
            throw new IllegalArgumentException(name + "the columns known ahead " + spec.known() + " must reach "
                    + spec.horizon() + " rows past the last value, found "
                    + (history.reach() - history.length()) + "; add rows with a blank target");
        }
        if (spec.holidays() != null) {
            checkHolidays(spec.holidays(), history, name);
        }
    }

    private void checkKind(Series history, int horizon) {
        String name = "series \"" + history.id() + "\": ";
        if (horizon < 1 || horizon > spec.horizon()) {
            throw new IllegalArgumentException(
                    name + "the model forecasts 1 to " + spec.horizon() + " steps, asked for " + horizon);
        }
        if (history.length() < spec.shortest()) {
            throw new IllegalArgumentException(name + "the model needs at least " + spec.shortest()
                    + " values of history (context " + spec.leastContext() + ", seasons back "
                    + Arrays.toString(spec.lags()) + "), found " + history.length());
        }
        if (history.hasMissing() && !spec.missing()) {
            throw new IllegalArgumentException(name + "values are missing, and the model was trained on series without"
                    + " missing values; fill them in, or train on series that have some");
        }
        if (history.known() != spec.known().size()
                || history.observed() != spec.observed().size()) {
            throw new IllegalArgumentException(name + "the model reads the columns known ahead " + spec.known()
                    + " and the observed columns " + spec.observed() + ", found " + history.known() + " and "
                    + history.observed());
        }
        for (StaticInput input : spec.statics()) {
            input.check(history);
        }
        boolean dated = !spec.calendar().isEmpty() || spec.holidays() != null;
        if (dated && !history.frequency().isClock()) {
            throw new IllegalArgumentException(
                    name + "calendar features need dates, found times counted by " + history.frequency());
        }
    }

    /** Says of which series of a table, begun or not, static columns hold what training did not see. */
    public List<String> unknown(Table table) {
        List<Series> all = new ArrayList<>(table.series());
        all.addAll(table.beginning());
        return unknown(all);
    }

    /** Says of which series static columns hold what training did not see, so that these say nothing of them. */
    public List<String> unknown(List<Series> histories) {
        List<String> sentences = new ArrayList<>();
        for (StaticInput input : spec.statics()) {
            List<String> ids = histories.stream()
                    .filter(series -> !input.knows(series))
                    .map(Series::id)
                    .toList();
            if (!ids.isEmpty()) {
                sentences.add((input.name().equals(StaticInput.SERIES)
                                ? "training did not see "
                                : "column \"" + input.name() + "\" holds what training did not see, for ")
                        + ids.size() + " of " + histories.size() + " series: "
                        + String.join(", ", ids.stream().limit(5).toList()) + (ids.size() > 5 ? ", ..." : ""));
            }
        }
        return sentences;
    }

    /** The first step that is read and the last that is forecast have to lie in the years that are known. */
    private void checkHolidays(Holidays holidays, Series history, String name) {
        try {
            holidays.during(history.frequency(), history.time(history.length() - spec.contextOf(history.length())));
            holidays.during(history.frequency(), history.time(history.length() + spec.horizon() - 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "SeriesModel[" + spec.horizon() + " steps of " + source.frequency() + ", season " + spec.season() + ", "
                + members.size() + (members.size() == 1 ? " network of " : " networks of ")
                + network.params().size() + " parameters" + (beside == null ? "" : ", beside " + beside) + "]";
    }
}
