package dev.namaskar.exchange.onnx;

import static dev.namaskar.exchange.onnx.OnnxGraph.attribute;

import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.network.Window;
import dev.namaskar.series.transform.Curve;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.series.transform.Transforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;

/** What a forecaster makes of a history before and after its network, as nodes of a graph; see {@link Transform}. */
final class OnnxWindow {
    private final OnnxGraph graph;
    private final OnnxMath math;
    private final SeriesModel model;
    private final ForecastSpec spec;
    private final Transform transform;
    /** The values as they stand in the table, {@code [batch, time]}. */
    private final String history;

    /** f of the history. */
    private final String values;

    /** What the network reads of the context before it is scaled: values or steps. */
    private final String seen;

    private final String shift;
    private final String scale;

    OnnxWindow(OnnxGraph graph, OnnxMath math, SeriesModel model) {
        this.graph = graph;
        this.math = math;
        this.model = model;
        spec = model.spec();
        transform = Transforms.named(spec.transform());
        history = graph.input("history", DataType.DOUBLE, "batch", "time");
        values = transform.curve() == Curve.LOG ? math.node("Log", List.of(history)) : history;
        String window = math.last(values, spec.context());
        seen = transform.ofSteps() ? changes() : window;
        int season = Math.min(spec.context(), longestSkip(spec.season()));
        OnnxStatistics statistics = new OnnxStatistics(math, window, seen, spec.context(), season);
        shift = transform.shift(statistics);
        String own = transform.scale(statistics);
        scale = transform.needs().isEmpty() ? math.positiveOr(own, math.doubles(1)) : own;
    }

    private int longestSkip(int least) {
        return Math.max(least, Arrays.stream(spec.lags()).max().orElse(0));
    }

    /** Steps from value to value in the context. */
    private String changes() {
        return math.subtract(math.last(values, spec.context()), math.slice(values, 1, -spec.context() - 1, -1));
    }

    private String target(String f) {
        return math.divide(math.subtract(f, shift), scale);
    }

    /** From the window's scale back to the table's. */
    String invert(String z) {
        String f = math.add(math.multiply(z, scale), shift);
        return transform.curve() == Curve.LOG ? math.node("Exp", List.of(f)) : f;
    }

    /** The whole histories. */
    String history() {
        return history;
    }

    /** The values that forecasts start from, for each of them {@code [batch, horizon]}. */
    List<String> starts() {
        List<String> starts = new ArrayList<>();
        for (int lag : spec.lags()) {
            // Counted from the origin: negative places are counted from the end.
            String past = math.gather(values, math.longs(model.skipped(lag, 0)));
            starts.add(math.rounded(target(past)));
        }
        return starts;
    }

    /** Mean absolute seasonal difference of the window on its scale, the unit of spread, {@code [batch, 1]}. */
    String unit() {
        int lag = spec.lags().length > 0 ? spec.lags()[0] : 1;
        if (lag >= spec.context()) {
            lag = 1;
        }
        if (lag >= spec.context()) {
            return math.rounded(math.doubles(Window.LEAST_UNIT));
        }
        String now = target(math.last(values, spec.context() - lag));
        String before = target(math.slice(values, 1, -spec.context(), -lag));
        String mean = math.mean(math.node("Abs", List.of(math.subtract(now, before))));
        return math.rounded(math.add(math.doubles(Window.LEAST_UNIT), mean));
    }

    /** What the network reads, {@code [time, batch, width]} floats. */
    String input() {
        int past = spec.context() / spec.patch();
        List<String> blocks = new ArrayList<>();
        String scaled = transform.ofSteps() ? math.divide(seen, scale) : target(seen);
        String patches = math.reshape(scaled, 0, past, spec.patch());
        blocks.add(future(patches));
        if (spec.patch() > 1) {
            blocks.add(future(math.reduced("ReduceMean", patches, 2)));
        }
        if (!spec.known().isEmpty()) {
            String known = columns("known", 0, spec.known().size(), spec.context() + spec.horizon());
            blocks.add(patched(known, spec.known().size(), spec.context() + spec.horizon(), spec.steps()));
        }
        if (!spec.observed().isEmpty()) {
            String observed =
                    columns("observed", spec.known().size(), spec.observed().size(), spec.context());
            blocks.add(future(patched(observed, spec.observed().size(), spec.context(), past)));
        }
        if (!spec.calendar().isEmpty()) {
            blocks.add(graph.input(
                    "calendar",
                    DataType.FLOAT,
                    "batch",
                    spec.steps(),
                    2 * spec.calendar().size()));
        }
        if (spec.futureSteps() > 0) {
            blocks.add(ahead(past));
        }
        List<String> floats = new ArrayList<>();
        for (String block : blocks) {
            floats.add(block.equals("calendar") ? block : math.cast(block, DataType.FLOAT));
        }
        String rows = floats.size() == 1 ? floats.get(0) : math.node("Concat", floats, attribute("axis", 2));
        return math.transpose(rows, 1L, 0L, 2L);
    }

    /** {@code [batch, past, width]} with zeros for the steps that lie ahead. */
    private String future(String block) {
        return spec.futureSteps() == 0
                ? block
                : math.node("Pad", List.of(block, math.longs(0, 0, 0, 0, spec.futureSteps(), 0)));
    }

    /** Columns of the table on their training scale. */
    private String columns(String name, int first, int count, int reach) {
        double[] means = new double[count];
        double[] deviations = new double[count];
        for (int i = 0; i < count; i++) {
            means[i] = model.columnShift(first + i);
            deviations[i] = model.columnScale(first + i);
        }
        String raw = graph.input(name, DataType.DOUBLE, "batch", count, reach);
        String centred = math.subtract(raw, math.reshape(math.doubles(means), 1, count, 1));
        return math.divide(centred, math.reshape(math.doubles(deviations), 1, count, 1));
    }

    /** {@code [batch, columns, reach]} cut into steps {@code [batch, steps, columns * patch]}, zeros at the end. */
    private String patched(String columns, int count, int reach, int into) {
        int missing = into * spec.patch() - reach;
        String whole = missing == 0 ? columns : math.node("Pad", List.of(columns, math.longs(0, 0, 0, 0, 0, missing)));
        String cut = math.transpose(math.reshape(whole, 0, count, into, spec.patch()), 0L, 2L, 1L, 3L);
        return math.reshape(cut, 0, into, (long) count * spec.patch());
    }

    /** 0 for each step of the past, 1 for each that lies ahead, {@code [batch, time, 1]}. */
    private String ahead(int past) {
        double[] flags = new double[spec.steps()];
        Arrays.fill(flags, past, flags.length, 1);
        String batch = math.slice(math.node("Shape", List.of(values)), 0, 0, 1);
        String shape = math.node("Concat", List.of(batch, math.longs(spec.steps(), 1)), attribute("axis", 0));
        return math.node("Expand", List.of(math.reshape(math.doubles(flags), 1, spec.steps(), 1), shape));
    }
}
