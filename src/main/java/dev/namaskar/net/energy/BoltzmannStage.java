package dev.namaskar.net.energy;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.SlotWeights;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;

/**
 * A Boltzmann layer at work. With {@code p = sigmoid(c + v' W)}, and the same of the sample where there is one,
 *
 * <pre>{@code
 * dF/db = -v      dF/dc = -p      dF/dW = -v p'      dF/dv = -b - W p
 * }</pre>
 */
final class BoltzmannStage extends Stage {
    private final Boltzmann.Placed layer;
    private final SlotWeights weights;
    private final Gemm gemm;
    private final BlockGibbs gibbs;
    private final Frames out;
    private boolean sampled;
    private double[] energies = new double[0];
    private double[] sampleEnergies = new double[0];
    /** The visible units that were read, {@code [T,B,visible]}; then, on the way back, their gradient. */
    private Mirror data;
    /** What hidden units are told of them {@code [T,B,hidden]}. */
    private Mirror told;

    BoltzmannStage(Boltzmann.Placed layer, SlotWeights weights, Gemm gemm) {
        this.layer = layer;
        this.weights = weights;
        this.gemm = gemm;
        gibbs = new BlockGibbs(weights.matrix(layer.weight(), 0), weights.transposed(layer.weight(), 0), gemm);
        out = new Frames(1);
        data = gemm.mirror(0);
        told = data;
    }

    @Override
    public Frames forward(Frames x, Call call) {
        int rows = x.steps() * x.batch();
        int visible = gibbs.visible;
        gibbs.shape(rows);
        if (energies.length < rows) {
            energies = new double[rows];
            sampleEnergies = new double[rows];
            data = gemm.mirror(rows * visible);
            told = gemm.mirror(rows * gibbs.hidden);
        }
        read(x);
        gibbs.tellHidden();
        gibbs.freeEnergy(energies);
        System.arraycopy(gibbs.v.heap(), 0, data.heap(), 0, rows * visible);
        System.arraycopy(gibbs.h.heap(), 0, told.heap(), 0, rows * gibbs.hidden);
        sampled = call.training();
        if (sampled) {
            sample(x, call);
        }
        carry(x, call);
        out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
        for (int t = 0; t < x.steps(); t++) {
            for (int b = 0; b < x.batch(); b++) {
                int row = t * x.batch() + b;
                double energy = energies[row] - (sampled ? sampleEnergies[row] : 0);
                out.values()[row] = t < x.length(b) ? (float) energy : 0;
            }
        }
        out.pushValue();
        return out.reserveGradient(gemm);
    }

    /** Biases, with what the input adds to them, and visible units. */
    private void read(Frames x) {
        float[] b = weights.array(layer.visibleBias());
        float[] c = weights.array(layer.hiddenBias());
        for (int row = 0; row < gibbs.rows(); row++) {
            int at = x.at() + row * x.width();
            fill(gibbs.visibleBias, row, b, x.values(), at);
            fill(gibbs.hiddenBias, row, c, x.values(), at + b.length);
            int visibleAt = at + x.width() - b.length;
            System.arraycopy(x.values(), visibleAt, gibbs.v.heap(), row * b.length, b.length);
        }
    }

    private void fill(float[] to, int row, float[] own, float[] added, int at) {
        for (int i = 0; i < own.length; i++) {
            to[row * own.length + i] = own[i] + (layer.conditional() ? added[at + i] : 0);
        }
    }

    private void sample(Frames x, Call call) {
        for (int row = 0; row < gibbs.rows(); row++) {
            long place = (long) (row / x.batch()) << 32 | (call.firstRow() + row % x.batch());
            gibbs.keys[row] = SplitMix64.mix(SplitMix64.mix(call.dropoutKey() + ~layer.index()) ^ place);
        }
        if (layer.sample() != null) {
            if (x.steps() > 1) {
                throw new IllegalArgumentException("expected rows of one step for a persistent boltzmann layer, found "
                        + x.steps() + " steps; use one that is not persistent");
            }
            System.arraycopy(
                    call.initial().values(),
                    call.initial().at(layer.sample()),
                    gibbs.v.heap(),
                    0,
                    x.batch() * gibbs.visible);
            gibbs.tellHidden();
        }
        for (int k = 0; k < layer.spec().gibbs(); k++) {
            gibbs.step(1);
            gibbs.tellHidden();
        }
        gibbs.freeEnergy(sampleEnergies);
    }

    /** The samples go on to the next batch; rows without a step keep theirs, and so do all in prediction. */
    private void carry(Frames x, Call call) {
        if (layer.sample() == null) {
            return;
        }
        for (int b = 0; b < x.batch(); b++) {
            boolean moved = sampled && x.length(b) > 0;
            float[] from = moved ? gibbs.v.heap() : call.initial().values();
            int at = moved ? 0 : call.initial().at(layer.sample());
            int to = call.end().at(layer.sample());
            System.arraycopy(from, at + b * gibbs.visible, call.end().values(), to + b * gibbs.visible, gibbs.visible);
        }
    }

    @Override
    public void backward(Frames x, Call call, Mirror gradient) {
        int rows = gibbs.rows();
        int visible = gibbs.visible;
        int hidden = gibbs.hidden;
        out.grad().pull(0, rows);
        float[] dy = out.gradients();
        outer(data, told, dy, -1, 0, gradient);
        if (sampled) {
            outer(gibbs.v, gibbs.h, dy, 1, 1, gradient);
        } else {
            Arrays.fill(gibbs.h.heap(), 0, rows * hidden, 0);
        }
        gradient.pull(layer.weight().offset(), layer.weight().size());
        if (x.wantsGradient()) {
            visibleGradient(x, dy);
        }
        // from here on the values are derivatives: of b in data, of c in told
        float[] db = data.heap();
        for (int i = 0; i < rows * visible; i++) {
            db[i] = dy[i / visible] * ((sampled ? gibbs.v.heap()[i] : 0) - db[i]);
        }
        for (int i = 0; i < rows * hidden; i++) {
            told.heap()[i] += gibbs.h.heap()[i];
        }
        sum(data.heap(), layer.visibleBias().offset(), visible, gradient.heap());
        sum(told.heap(), layer.hiddenBias().offset(), hidden, gradient.heap());
        if (x.wantsGradient()) {
            conditionGradient(x);
            x.pushGrad();
        }
    }

    /** {@code dW = beta dW + v' (sign dy p)}; modified: what hidden units were told becomes {@code sign dy p}. */
    private void outer(Mirror v, Mirror h, float[] dy, int sign, int beta, Mirror gradient) {
        int rows = gibbs.rows();
        Elementary.sigmoid(h.heap(), rows * gibbs.hidden);
        for (int i = 0; i < rows * gibbs.hidden; i++) {
            h.heap()[i] *= sign * dy[i / gibbs.hidden];
        }
        v.push(0, rows * gibbs.visible);
        h.push(0, rows * gibbs.hidden);
        gemm.multiplyTransposed(
                gibbs.visible,
                gibbs.hidden,
                rows,
                v,
                0,
                h,
                0,
                beta,
                gradient,
                layer.weight().offset());
    }

    /** {@code dv = -dy (b + W p)}. */
    private void visibleGradient(Frames x, float[] dy) {
        int visible = gibbs.visible;
        Mirror dv = gemm.mirror(gibbs.rows() * visible);
        gemm.multiply(gibbs.rows(), told, 0, weights.transposed(layer.weight(), 0), 0, dv, 0);
        dv.pull(0, gibbs.rows() * visible);
        for (int row = 0; row < gibbs.rows(); row++) {
            int to = x.at() + (row + 1) * x.width() - visible;
            for (int i = 0; i < visible; i++) {
                int at = row * visible + i;
                x.gradients()[to + i] = dv.heap()[at] - dy[row] * gibbs.visibleBias[at];
            }
        }
    }

    private void conditionGradient(Frames x) {
        for (int row = 0; layer.conditional() && row < gibbs.rows(); row++) {
            int at = x.at() + row * x.width();
            System.arraycopy(data.heap(), row * gibbs.visible, x.gradients(), at, gibbs.visible);
            System.arraycopy(told.heap(), row * gibbs.hidden, x.gradients(), at + gibbs.visible, gibbs.hidden);
        }
    }

    private void sum(float[] rows, int to, int width, float[] gradient) {
        for (int j = 0; j < width; j++) {
            double sum = 0;
            for (int row = 0; row < gibbs.rows(); row++) {
                sum += rows[row * width + j];
            }
            gradient[to + j] = (float) sum;
        }
    }
}
