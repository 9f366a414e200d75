package dev.namaskar.series;

import dev.namaskar.net.Frames;
import dev.namaskar.net.Network;
import dev.namaskar.net.Pass;
import dev.namaskar.params.Params;
import dev.namaskar.train.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained forecaster: one network over many series, or an ensemble of them, with its scales and its calibration.
 * Forecasting runs on plain Java arrays and changes nothing, so a model serves any number of threads.
 */
public final class SeriesModel implements Forecaster.Fitted {
    private static final int CALIBRATION_ROWS = 32;

    private final ForecastSpec spec;
    private final Network network;
    private final List<Params> members;
    private final Columns columns;
    private final Conformal conformal;
    private final Map<String, Integer> trainedTo;
    private final int calibrationWindows;

    /**
     * A model from its parts.
     *
     * @param trainedTo how many first values of each series had a part in training
     */
    SeriesModel(
            ForecastSpec spec,
            Network network,
            List<Params> members,
            Columns columns,
            Conformal conformal,
            Map<String, Integer> trainedTo,
            int calibrationWindows) {
        this.spec = spec;
        this.network = network;
        this.members = List.copyOf(members);
        this.columns = columns;
        this.conformal = conformal;
        this.trainedTo = Map.copyOf(trainedTo);
        this.calibrationWindows = calibrationWindows;
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

    /** How intervals are stretched. */
    public Conformal conformal() {
        return conformal;
    }

    /** What is taken from a column, known columns first, before the network sees it. */
    public double columnShift(int column) {
        return columns.shift()[column];
    }

    /** What a column is divided by, known columns first. */
    public double columnScale(int column) {
        return columns.scale()[column];
    }

    /** Windows that {@link #recalibrate} takes of each series, at most. */
    public int calibrationWindows() {
        return calibrationWindows;
    }

    /** The same model with its intervals calibrated on the latest windows whose targets it was not trained on. */
    @Override
    public SeriesModel recalibrate(List<Series> histories) {
        List<Forecast> forecasts = new ArrayList<>();
        List<double[]> actual = new ArrayList<>();
        for (Series series : histories) {
            int length = series.length();
            Holdout holdout = Holdout.of(length, spec.shortest(), spec.horizon(), calibrationWindows, histories.size());
            int from = Math.max(spec.shortest(), trainedTo.getOrDefault(series.id(), 0));
            int[] origins = holdout.origins(length, spec.horizon(), from, calibrationWindows, histories.size());
            forecasts.addAll(raw(series, origins));
            for (int origin : origins) {
                actual.add(series.values(origin, origin + spec.horizon()));
            }
        }
        Conformal fresh = Conformal.fit(forecasts, actual, spec.levels(), spec.horizon());
        return new SeriesModel(spec, network, members, columns, fresh, trainedTo, calibrationWindows);
    }

    @Override
    public Forecast forecast(Series history, int horizon, double[] levels) {
        check(history, horizon);
        Forecast full =
                conformal.apply(raw(history, new int[] {history.length()}).get(0));
        int[] places = Arrays.stream(levels).mapToInt(full::level).toArray();
        double[][] lower = new double[places.length][];
        double[][] upper = new double[places.length][];
        for (int l = 0; l < places.length; l++) {
            lower[l] = Arrays.copyOf(full.lower()[places[l]], horizon);
            upper[l] = Arrays.copyOf(full.upper()[places[l]], horizon);
        }
        return new Forecast(
                history.id(),
                Arrays.copyOf(full.times(), horizon),
                Arrays.copyOf(full.point(), horizon),
                levels.clone(),
                lower,
                upper);
    }

    private void check(Series history, int horizon) {
        String name = "series \"" + history.id() + "\": ";
        if (horizon < 1 || horizon > spec.horizon()) {
            throw new IllegalArgumentException(
                    name + "the model forecasts 1 to " + spec.horizon() + " steps, asked for " + horizon);
        }
        if (history.length() < spec.shortest()) {
            throw new IllegalArgumentException(name + "the model needs at least " + spec.shortest()
                    + " values of history (context " + spec.context() + "), found " + history.length());
        }
        if (history.known() != spec.known().size()
                || history.observed() != spec.observed().size()) {
            throw new IllegalArgumentException(name + "the model reads the columns known ahead " + spec.known()
                    + " and the observed columns " + spec.observed() + ", found " + history.known() + " and "
                    + history.observed());
        }
        if (!spec.known().isEmpty() && history.reach() < history.length() + spec.horizon()) {
            throw new IllegalArgumentException(name + "the columns known ahead " + spec.known() + " must reach "
                    + spec.horizon() + " rows past the last value, found "
                    + (history.reach() - history.length()) + "; add rows with a blank target");
        }
        if (!spec.calendar().isEmpty() && !history.frequency().isClock()) {
            throw new IllegalArgumentException(
                    name + "calendar features need dates, found times counted by " + history.frequency());
        }
    }

    /** Uncalibrated forecasts of the full horizon at several origins, with the mean of all members' quantiles. */
    private List<Forecast> raw(Series series, int[] origins) {
        List<Forecast> forecasts = new ArrayList<>();
        Window window = new Window(spec, columns);
        for (int from = 0; from < origins.length; from += CALIBRATION_ROWS) {
            int rows = Math.min(CALIBRATION_ROWS, origins.length - from);
            Batch batch = new Batch(WindowSource.shape(spec), rows);
            Transform.Fitted[] fitted = new Transform.Fitted[rows];
            for (int b = 0; b < rows; b++) {
                fitted[b] = window.write(series, origins[from + b], batch, b);
            }
            double[][][] quantiles = new double[rows][2 * spec.levels().length + 1][spec.horizon()];
            for (Params member : members) {
                addQuantiles(member, batch, fitted, quantiles);
            }
            for (int b = 0; b < rows; b++) {
                forecasts.add(forecast(series, origins[from + b], quantiles[b]));
            }
        }
        return forecasts;
    }

    private void addQuantiles(Params member, Batch batch, Transform.Fitted[] fitted, double[][][] quantiles) {
        SeasonalHead head = spec.head();
        SeasonalHead.Row row = head.new Row();
        Pass pass = network.predictor(member);
        Frames out = pass.predict(batch.sequences(), network.zeroState(batch.rows()));
        for (int b = 0; b < batch.rows(); b++) {
            row.forward(out.values(), out.at() + b * out.width(), batch.context, b * head.contextWidth());
            for (int q = 0; q < row.quantiles.length; q++) {
                for (int h = 0; h < spec.horizon(); h++) {
                    quantiles[b][q][h] += fitted[b].invert(row.quantiles[q][h]) / members.size();
                }
            }
        }
    }

    private Forecast forecast(Series series, int origin, double[][] quantiles) {
        int middle = spec.levels().length;
        double[][] lower = new double[middle][];
        double[][] upper = new double[middle][];
        for (int l = 0; l < middle; l++) {
            lower[l] = quantiles[middle - 1 - l];
            upper[l] = quantiles[middle + 1 + l];
        }
        long[] times = new long[spec.horizon()];
        Arrays.setAll(times, h -> series.time(origin + h));
        return new Forecast(series.id(), times, quantiles[middle], spec.levels().clone(), lower, upper);
    }

    /** All but the parameters as maps, lists, texts and numbers, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("specification", spec.toMap());
        map.put("members", members.size());
        map.put("column_shift", list(columns.shift()));
        map.put("column_scale", list(columns.scale()));
        map.put(
                "conformal",
                Arrays.stream(conformal.factors()).map(SeriesModel::list).toList());
        map.put("calibration_windows", calibrationWindows);
        return map;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /**
     * Puts together what {@link #toMap} wrote and the members' parameters.
     *
     * @throws IllegalArgumentException if something is missing, of another type or out of range
     */
    public static SeriesModel fromMap(Map<String, ?> map, Network network, List<Params> members) {
        Fields fields = new Fields(map, "series model");
        if (!(map.get("specification") instanceof Map<?, ?> settings)) {
            throw new IllegalArgumentException("expected a \"specification\" in the series model");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        settings.forEach((key, value) -> named.put(String.valueOf(key), value));
        ForecastSpec spec = ForecastSpec.fromMap(named);
        if (!spec.network().equals(network.spec())) {
            throw new IllegalArgumentException("expected the network " + spec.network() + ", found " + network.spec());
        }
        Columns columns = new Columns(fields.numbers("column_shift"), fields.numbers("column_scale"));
        double[][] factors = fields.rows("conformal");
        boolean fits = factors.length == spec.levels().length
                && Arrays.stream(factors).allMatch(row -> row.length == spec.horizon())
                && columns.shift().length
                        == spec.known().size() + spec.observed().size()
                && members.size() == fields.integer("members");
        if (!fits) {
            throw new IllegalArgumentException("expected calibration for " + spec.levels().length + " levels and "
                    + spec.horizon() + " steps, scales for every column and all members in the series model");
        }
        return new SeriesModel(
                spec,
                network,
                members,
                columns,
                new Conformal(spec.levels(), factors),
                Map.of(),
                fields.integer("calibration_windows"));
    }
}
