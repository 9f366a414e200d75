package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;

import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Model;
import dev.namaskar.params.Params;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.interval.Conformal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * A whole forecaster as one ONNX graph: histories in, forecasts with calibrated intervals out, both as they stand in
 * tables. The transform of each window, the starts, every network of an ensemble and the calibration are inside.
 *
 * <p>Inputs, all of any batch: {@code history} {@code [batch, time]} (double), the whole history of each series, at least
 * the context with what its steps begin from, the longest seasonal skip, and more than two seasons (the library also takes
 * shorter ones): the network reads its end, and how far intervals may go follows from all of it; where the
 * model reads them, {@code known} {@code [batch, columns,
 * context + horizon]} and {@code observed} {@code [batch, columns, context]} (double), columns from the context's first
 * value on; and {@code calendar} {@code [batch, steps, 2 * features]} (float), for each step of the network sine and
 * cosine of {@code 2 pi phase} of each feature at the step's first value.
 *
 * <p>Outputs (double): {@code forecast} {@code [batch, horizon]}, {@code lower} and {@code upper} {@code [batch, levels,
 * horizon]}. Forecasters that start from local methods, or read missing values, are refused: ONNX cannot say them. What the library refuses with a message, such as the logarithm of a negative value, is not-a-number here.
 */
public final class OnnxForecaster {
    private final SeriesModel model;
    private final ForecastSpec spec;
    private final OnnxGraph graph = new OnnxGraph("namaskar forecaster");
    private final OnnxMath math = new OnnxMath(graph);

    private OnnxForecaster(SeriesModel model) {
        if (model.spec().beside() != null) {
            throw new IllegalArgumentException("expected networks of one kind, found a forecaster of two kinds, whose"
                    + " forecasts are averaged; export the network alone, or train one with `starts` "
                    + Math.max(1, model.spec().season()));
        }
        if (!model.spec().methods().isEmpty()) {
            throw new IllegalArgumentException("a forecaster that starts from what "
                    + String.join(", ", model.spec().methods())
                    + " say fits these to the whole history, which ONNX has no operators for; export the network alone,"
                    + " or train one that starts from past values (starts "
                    + Math.max(1, model.spec().season()) + ")");
        }
        if (model.spec().missing()) {
            throw new IllegalArgumentException("a forecaster that reads missing values fills places from before, which"
                    + " ONNX has no operators for; export the network alone");
        }
        if (model.spec().holidays() != null) {
            throw new IllegalArgumentException("a forecaster that reads the holidays of "
                    + model.spec().holidays().region() + " looks them up by date, and a graph knows no dates; export"
                    + " the network alone");
        }
        if (!model.spec().statics().isEmpty()) {
            throw new IllegalArgumentException(
                    "a forecaster with static columns reads words, which the graph of histories"
                            + " has no input for; export the network alone");
        }
        this.model = model;
        spec = model.spec();
    }

    /** Writes the forecaster as an ONNX file. */
    public static void write(Path target, SeriesFile.Stored stored) throws IOException {
        AtomicFile.write(target, content(stored));
    }

    /** What {@link #write} writes. */
    public static AtomicFile.Content content(SeriesFile.Stored stored) {
        return build(stored)::writeTo;
    }

    /** The same as bytes in memory. */
    public static byte[] toBytes(SeriesFile.Stored stored) {
        return build(stored).toByteArray();
    }

    private static ModelProto build(SeriesFile.Stored stored) {
        OnnxClasses.require();
        OnnxForecaster forecaster = new OnnxForecaster(stored.model());
        forecaster.build();
        return forecaster.graph.model(Map.of(SeriesFile.TEXT, SeriesFile.text(stored)));
    }

    private void build() {
        OnnxWindow window = new OnnxWindow(graph, math, model);
        String x = window.input();
        List<String> starts = window.starts();
        String unit = window.unit();
        List<List<String>> members = new ArrayList<>();
        for (int m = 0; m < model.members().size(); m++) {
            Params params = model.members().get(m);
            String prefix = "member" + m + ".";
            String out = new OnnxNetwork(graph, new Model(model.network(), params), prefix, false).add(x);
            String rows = graph.node("Squeeze", List.of(out, math.longs(0)), prefix + "rows");
            List<String> quantiles = new ArrayList<>();
            for (String quantile : quantiles(math.cast(rows, DataType.DOUBLE), starts, unit)) {
                quantiles.add(window.invert(quantile));
            }
            members.add(quantiles);
        }
        calibrate(mean(members), new OnnxSpread(math, window.history(), spec.season(), spec.horizon()));
    }

    /** {@link SeriesModel}'s quantiles from the lowest up, each {@code [batch, horizon]}, on the window's scale. */
    private List<String> quantiles(String out, List<String> starts, String unit) {
        int levels = spec.levels().length;
        String middle = block(out, 0);
        for (String gated : gated(out, starts)) {
            middle = math.add(middle, gated);
        }
        List<String> quantiles = new ArrayList<>(List.of(middle));
        for (int l = 1; l <= levels; l++) {
            String below = math.multiply(unit, math.softplus(block(out, 2 * l - 1)));
            String above = math.multiply(unit, math.softplus(block(out, 2 * l)));
            quantiles.add(0, math.subtract(quantiles.get(0), below));
            quantiles.add(math.add(quantiles.get(quantiles.size() - 1), above));
        }
        return quantiles;
    }

    /** The starts, each times its gate. */
    private List<String> gated(String out, List<String> starts) {
        if (starts.size() < 2) {
            return starts;
        }
        int first = 1 + 2 * spec.levels().length;
        int count = starts.size();
        String logits = blocks(out, first, count);
        String stacked = math.reshape(logits, 0, count, spec.horizon());
        String gates = math.node("Softmax", List.of(stacked), attribute("axis", 1));
        List<String> gated = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            String gate = math.reshape(math.slice(gates, 1, k, k + 1), 0, spec.horizon());
            gated.add(math.multiply(gate, starts.get(k)));
        }
        return gated;
    }

    /** The network's outputs of one kind for all steps. */
    private String block(String out, int index) {
        return blocks(out, index, 1);
    }

    private String blocks(String out, int first, int count) {
        long horizon = spec.horizon();
        return math.slice(out, 1, first * horizon, (first + count) * horizon);
    }

    private List<String> mean(List<List<String>> members) {
        if (members.size() == 1) {
            return members.get(0);
        }
        List<String> means = new ArrayList<>();
        for (int q = 0; q < members.get(0).size(); q++) {
            String sum = members.get(0).get(q);
            for (int m = 1; m < members.size(); m++) {
                sum = math.add(sum, members.get(m).get(q));
            }
            means.add(math.divide(sum, math.doubles(members.size())));
        }
        return means;
    }

    /** Makes the calibrated intervals of the learned ones and names the outputs. */
    private void calibrate(List<String> quantiles, OnnxSpread spread) {
        int levels = spec.levels().length;
        String said = quantiles.get(levels);
        String middle = model.intervalTrust() == 1 ? said : spread.clamped(said);
        graph.node("Identity", List.of(spread.bounded(middle)), "forecast");
        graph.output("forecast", DataType.DOUBLE, "batch", spec.horizon());
        List<String> down = new ArrayList<>();
        List<String> up = new ArrayList<>();
        for (int l = 0; l < levels; l++) {
            down.add(mixed(math.subtract(said, quantiles.get(levels - 1 - l)), l, spread));
            up.add(mixed(math.subtract(quantiles.get(levels + 1 + l), said), l, spread));
        }
        List<String> lower = new ArrayList<>();
        List<String> upper = new ArrayList<>();
        for (double level : spec.levels()) {
            double[][] weights = model.intervalWeights(level);
            String low = spread.bounded(math.subtract(middle, weighted(down, weights)));
            String high = spread.bounded(math.add(middle, weighted(up, weights)));
            lower.add(math.reshape(low, 0, 1, spec.horizon()));
            upper.add(math.reshape(high, 0, 1, spec.horizon()));
        }
        stack(lower, "lower");
        stack(upper, "upper");
    }

    /** A half width at a learned level, mixed with what the history moves: {@code moved (width / moved)^trust}. */
    private String mixed(String width, int level, OnnxSpread spread) {
        if (model.intervalTrust() == 1) {
            return width;
        }
        String moved = math.multiply(math.doubles(Conformal.normal(spec.levels()[level])), spread.at());
        String ratio = math.divide(math.node("Abs", List.of(width)), math.positiveOr(moved, math.doubles(1)));
        String least = math.larger(ratio, math.doubles(1 / Conformal.MOST_RATIO));
        String within = math.node("Min", List.of(least, math.doubles(Conformal.MOST_RATIO)));
        return math.multiply(moved, math.node("Pow", List.of(within, math.doubles(model.intervalTrust()))));
    }

    private String weighted(List<String> widths, double[][] weights) {
        String sum = math.multiply(widths.get(0), math.doubles(weights[0]));
        for (int l = 1; l < widths.size(); l++) {
            sum = math.add(sum, math.multiply(widths.get(l), math.doubles(weights[l])));
        }
        return sum;
    }

    private void stack(List<String> rows, String name) {
        graph.node("Concat", rows, name, attribute("axis", 1));
        graph.output(name, DataType.DOUBLE, "batch", rows.size(), spec.horizon());
    }
}
