package dev.namaskar.series.network;

import dev.namaskar.net.Network;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Params;
import dev.namaskar.series.Explanation;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.series.table.Columns;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.train.batch.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What networks say before any calibration, the mean of all members' quantiles: windows of any series, some at a time,
 * on plain Java arrays. Belongs to one thread.
 */
public final class RawForecasts {
    private static final int ROWS = 32;

    private final ForecastSpec spec;
    private final Network network;
    private final Window window;
    private final SeasonalHead head;
    private final List<Pass> members;

    /**
     * A window to forecast from.
     *
     * @param series of which only what lies before the origin, and columns known ahead, are read
     * @param origin index after the last value
     */
    public record At(Series series, int origin) {}

    /** Of a model, by its parts. */
    public RawForecasts(ForecastSpec spec, Columns columns, Network network, List<Params> members) {
        this.spec = spec;
        this.network = network;
        window = new Window(spec, columns);
        head = SeasonalHead.of(spec);
        this.members = members.stream().map(network::predictor).toList();
    }

    /** Forecasts of the full horizon, with the levels that the network learned. */
    public List<Forecast> of(List<At> windows) {
        List<Forecast> forecasts = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += ROWS) {
            forecasts.addAll(some(windows.subList(from, Math.min(windows.size(), from + ROWS))));
        }
        return forecasts;
    }

    private List<Forecast> some(List<At> windows) {
        int rows = windows.size();
        Batch batch = new Batch(window.shape(), rows);
        Transform.Fitted[] fitted = new Transform.Fitted[rows];
        for (int b = 0; b < rows; b++) {
            fitted[b] = window.write(windows.get(b).series(), windows.get(b).origin(), batch, b);
        }
        double[][][] quantiles = new double[rows][2 * spec.levels().length + 1][spec.horizon()];
        for (Pass member : members) {
            addQuantiles(member, batch, fitted, quantiles);
        }
        List<Forecast> forecasts = new ArrayList<>(rows);
        for (int b = 0; b < rows; b++) {
            forecasts.add(forecast(windows.get(b), quantiles[b]));
        }
        return forecasts;
    }

    /** Why a window is forecast as it is. */
    public Explanation explain(At at) {
        Batch batch = new Batch(window.shape(), 1);
        Transform.Fitted fitted = window.write(at.series(), at.origin(), batch, 0);
        int horizon = spec.horizon();
        double[][] starts = window.starts(at.series(), at.origin());
        double[][] weights = new double[starts.length][horizon];
        double[] residual = new double[horizon];
        SeasonalHead.Row row = head.new Row();
        for (Pass member : members) {
            Frames out = member.predict(batch.sequences(), network.zeroState(1));
            row.forward(out.values(), out.at(), batch.context, 0);
            double[] middle = row.quantiles[spec.levels().length];
            for (int h = 0; h < horizon; h++) {
                double[] gates = row.gates(out.values(), out.at(), h);
                for (int k = 0; k < gates.length; k++) {
                    weights[k][h] += gates[k] / members.size();
                }
                double added = row.residual(out.values(), out.at(), batch.context, 0, h);
                residual[h] += (fitted.invert(middle[h]) - fitted.invert(middle[h] - added)) / members.size();
            }
        }
        List<Explanation.Start> from = new ArrayList<>();
        for (int k = 0; k < starts.length; k++) {
            from.add(new Explanation.Start(spec.starts().get(k), starts[k], weights[k]));
        }
        return new Explanation(at.series().id(), from, residual, inputs(batch, fitted));
    }

    private List<Explanation.Input> inputs(Batch batch, Transform.Fitted fitted) {
        double[] all = medians(batch, fitted);
        List<Explanation.Input> inputs = new ArrayList<>();
        float[] read = batch.values.clone();
        int width = InputBlock.width(spec);
        for (InputBlock block : InputBlock.of(spec)) {
            for (int at = 0; at < read.length; at += width) {
                Arrays.fill(batch.values, at + block.from(), at + block.to(), 0);
            }
            double[] without = medians(batch, fitted);
            System.arraycopy(read, 0, batch.values, 0, read.length);
            double[] change = new double[spec.horizon()];
            for (int h = 0; h < change.length; h++) {
                change[h] = all[h] - without[h];
            }
            inputs.add(new Explanation.Input(block.name(), change));
        }
        return inputs;
    }

    /** The point forecast of a batch of one window. */
    private double[] medians(Batch batch, Transform.Fitted fitted) {
        double[][][] quantiles = new double[1][2 * spec.levels().length + 1][spec.horizon()];
        for (Pass member : members) {
            addQuantiles(member, batch, new Transform.Fitted[] {fitted}, quantiles);
        }
        return quantiles[0][spec.levels().length];
    }

    private void addQuantiles(Pass member, Batch batch, Transform.Fitted[] fitted, double[][][] quantiles) {
        SeasonalHead.Row row = head.new Row();
        Frames out = member.predict(batch.sequences(), network.zeroState(batch.rows()));
        for (int b = 0; b < batch.rows(); b++) {
            row.forward(out.values(), out.at() + b * out.width(), batch.context, b * head.contextWidth());
            for (int q = 0; q < row.quantiles.length; q++) {
                for (int h = 0; h < spec.horizon(); h++) {
                    quantiles[b][q][h] += fitted[b].invert(row.quantiles[q][h]) / members.size();
                }
            }
        }
    }

    private Forecast forecast(At at, double[][] quantiles) {
        double[] levels = spec.levels();
        int middle = levels.length;
        double[][] lower = new double[middle][];
        double[][] upper = new double[middle][];
        for (int l = 0; l < middle; l++) {
            lower[l] = quantiles[middle - 1 - l];
            upper[l] = quantiles[middle + 1 + l];
        }
        long[] times = new long[spec.horizon()];
        for (int h = 0; h < times.length; h++) {
            times[h] = at.series().time(at.origin() + h);
        }
        return new Forecast(at.series().id(), at.series().frequency(), times, quantiles[middle], levels, lower, upper);
    }
}
