package dev.namaskar.series.network;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Weights;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.train.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.util.ArithmeticUtils;

/**
 * The linear map from a whole window to what its starts leave of the steps after it, one for all series (a pooled
 * autoregression: Montero-Manso and Hyndman, Principles and algorithms for forecasting groups of time series, 2021), as the
 * read-out of a network without recurrent layers.
 *
 * <p>With a window's inputs {@code x} (and a one), its residuals {@code r} on the window's scale and its unit {@code u},
 *
 * <pre>{@code
 * A = argmin sum_i w_i |r_i - A x_i|^2 + 0.01 mean_j(sum_i w_i x_ij^2) |A|^2
 * }</pre>
 *
 * <p>first with {@code w = 1 / u^2}, then twice with that by how far off the map was before: nearly the smallest absolute
 * errors, so that a few wild windows do not rule it. Residuals of missing values are what the map says itself.
 */
public final class LinearMap {
    private static final int ROWS = 256;
    private static final int MOST_WINDOWS = 60_000;
    private static final int ROUNDS = 3;
    private static final double RIDGE = 0.01;

    /** Nothing counts more than an error of this part of the mean one. */
    private static final double LEAST_ERROR = 0.1;

    /** Where every window repeats itself exactly, no error is left to weigh by. */
    private static final double TINY = 1e-6;

    private final ForecastSpec spec;
    private final Window window;
    private final SeasonalHead head;
    private final Gemm gemm;
    private final List<RawForecasts.At> windows = new ArrayList<>();
    private final int inputs;
    private final int outputs;

    /** What the starts are mixed with, and what is added to them: a read-out of nothing but its biases. */
    private final float[] bias;

    /** One row for each input, and one for the constant. */
    private final float[] map;

    private double meanError;

    /** Of all windows of some histories, or of many of them spread evenly. */
    private LinearMap(ForecastSpec spec, Window window, List<Series> histories, float[] bias, Gemm gemm) {
        this.spec = spec;
        this.window = window;
        this.bias = bias;
        this.gemm = gemm;
        head = SeasonalHead.of(spec);
        inputs = InputBlock.width(spec) + 1;
        outputs = spec.horizon();
        map = new float[inputs * outputs];
        int apart = apart(histories);
        for (Series series : histories) {
            for (int origin = series.length() - spec.horizon(); origin >= spec.shortest(); origin -= apart) {
                windows.add(new RawForecasts.At(series, origin));
            }
        }
    }

    /** Origins so far apart are few enough, and come at every time of a season. */
    private int apart(List<Series> histories) {
        int apart = (int) ((WindowSource.windows(histories, spec) + MOST_WINDOWS - 1) / MOST_WINDOWS);
        while (ArithmeticUtils.gcd(apart, spec.season()) > 1) {
            apart++;
        }
        return apart;
    }

    /**
     * Fits the read-out's weights of the median, and its bias, to all windows of some histories.
     *
     * @param params of a network without recurrent layers, changed
     */
    public static void fit(ForecastSpec spec, Window window, List<Series> histories, Params params, Gemm gemm) {
        LinearMap fit = new LinearMap(spec, window, histories, params.get("head.bias"), gemm);
        for (int round = 0; round < ROUNDS; round++) {
            fit.round(round == 0);
        }
        Slot weight = params.layout().slot("head.weight");
        Slot bias = params.layout().slot("head.bias");
        for (int i = 0; i < fit.inputs; i++) {
            int to = i < fit.inputs - 1 ? weight.offset() + i * weight.columns() : bias.offset();
            System.arraycopy(fit.map, i * fit.outputs, params.values(), to, fit.outputs);
        }
    }

    private void round(boolean first) {
        int width = inputs + outputs;
        Batch batch = new Batch(window.shape(), ROWS);
        Mirror read = gemm.mirror(new float[ROWS * inputs]);
        Mirror weighted = gemm.mirror(new float[ROWS * inputs]);
        Mirror both = gemm.mirror(new float[ROWS * width]);
        Mirror said = gemm.mirror(new float[ROWS * outputs]);
        Mirror products = gemm.mirror(new float[inputs * width]);
        Weights weights = gemm.weights(inputs, outputs);
        weights.load(map, 0);
        double[][] sums = new double[inputs][width];
        double errors = 0;
        for (int from = 0; from < windows.size(); from += ROWS) {
            int rows = Math.min(ROWS, windows.size() - from);
            for (int b = 0; b < rows; b++) {
                RawForecasts.At at = windows.get(from + b);
                window.writeTargets(
                        at.series(), at.origin(), window.write(at.series(), at.origin(), batch, b), batch, b);
            }
            read(batch, rows, read.heap());
            read.push(0, rows * inputs);
            gemm.multiply(rows, read, 0, weights, 0, said, 0);
            said.pull(0, rows * outputs);
            errors += residuals(batch, rows, read.heap(), said.heap(), weighted.heap(), both.heap(), first);
            weighted.push(0, rows * inputs);
            both.push(0, rows * width);
            gemm.multiplyTransposed(inputs, width, rows, weighted, 0, both, 0, 0, products, 0);
            products.pull(0, inputs * width);
            for (int i = 0; i < inputs; i++) {
                for (int j = 0; j < width; j++) {
                    sums[i][j] += products.heap()[i * width + j];
                }
            }
        }
        meanError = errors / windows.size();
        solve(sums);
    }

    /** Inputs of the only step that is read, and a one. */
    private void read(Batch batch, int rows, float[] x) {
        for (int b = 0; b < rows; b++) {
            System.arraycopy(batch.values, b * (inputs - 1), x, b * inputs, inputs - 1);
            x[b * inputs + inputs - 1] = 1;
        }
    }

    /** Writes inputs times weights, and inputs beside residuals. */
    private double residuals(
            Batch batch, int rows, float[] x, float[] said, float[] weighted, float[] both, boolean first) {
        SeasonalHead.Row row = head.new Row();
        double errors = 0;
        for (int b = 0; b < rows; b++) {
            int contextAt = b * head.contextWidth();
            double unit = head.unit(batch.context, contextAt);
            int at = b * (inputs + outputs);
            System.arraycopy(x, b * inputs, both, at, inputs);
            double squares = 0;
            for (int h = 0; h < outputs; h++) {
                double residual =
                        batch.targets[b * outputs + h] - row.median(bias, 0, batch.context, contextAt, h) + bias[h];
                double mapped = said[b * outputs + h];
                residual = Double.isNaN(residual) ? mapped : residual;
                both[at + inputs + h] = (float) residual;
                squares += (residual - mapped) * (residual - mapped);
            }
            double error = Math.sqrt(squares / outputs) / unit;
            errors += error;
            double weight = 1 / (unit * unit * (first ? 1 : error + LEAST_ERROR * meanError + TINY));
            for (int i = 0; i < inputs; i++) {
                weighted[b * inputs + i] = (float) (weight * x[b * inputs + i]);
            }
        }
        return errors;
    }

    private void solve(double[][] sums) {
        double trace = 0;
        for (int i = 0; i < inputs; i++) {
            trace += sums[i][i];
        }
        RealMatrix all = new Array2DRowRealMatrix(sums, false);
        RealMatrix squares = all.getSubMatrix(0, inputs - 1, 0, inputs - 1);
        for (int i = 0; i < inputs; i++) {
            squares.addToEntry(i, i, RIDGE * trace / inputs);
            for (int j = 0; j < i; j++) {
                // Products of floats differ a little from their mirror image.
                squares.setEntry(i, j, squares.getEntry(j, i));
            }
        }
        RealMatrix found = new CholeskyDecomposition(squares)
                .getSolver()
                .solve(all.getSubMatrix(0, inputs - 1, inputs, inputs + outputs - 1));
        for (int i = 0; i < inputs; i++) {
            for (int h = 0; h < outputs; h++) {
                map[i * outputs + h] = (float) found.getEntry(i, h);
            }
        }
    }
}
