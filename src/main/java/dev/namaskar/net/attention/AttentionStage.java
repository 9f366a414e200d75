package dev.namaskar.net.attention;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Weights;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import dev.namaskar.net.layers.SlotWeights;
import dev.namaskar.net.layers.Stage;
import dev.namaskar.params.Slot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Attention at work in one thread. Projections are products over all steps of all rows; scores and sums are small
 * products of each row on its own, of its real steps and frames alone.
 */
final class AttentionStage extends Stage {
    private final Attention.Placed layer;
    private final Gemm gemm;
    private final int width;
    private final Projection query;
    private final Projection key;
    private final Projection value;
    private final Alignment alignment;
    private final AttentionWeights weights;
    private final RowMatrices context;
    private final RowMatrices dContext;
    private final Frames out;
    private @Nullable Memory known;

    AttentionStage(Attention.Placed layer, SlotWeights shared, Gemm gemm) {
        this.layer = layer;
        this.gemm = gemm;
        width = layer.spec().width();
        query = new Projection(layer.query(), shared);
        key = new Projection(layer.key(), shared);
        value = new Projection(layer.value(), shared);
        Slot direction = layer.direction();
        alignment = direction == null
                ? new DotAlignment(gemm, width)
                : new AdditiveAlignment(direction, shared.array(direction));
        weights = new AttentionWeights(gemm, alignment.scale());
        context = new RowMatrices(gemm, width, false);
        dContext = new RowMatrices(gemm, width, true);
        out = new Frames(layer.inputWidth() + width);
    }

    /** Frames times a matrix, or where there is none themselves, as each row's matrices, and the way back. */
    private final class Projection {
        private final @Nullable Slot slot;
        private final @Nullable Weights plain;
        private final @Nullable Weights transposed;
        private final RowMatrices projected;
        private final RowMatrices gradients;
        private Mirror frames;

        Projection(@Nullable Slot slot, SlotWeights shared) {
            this.slot = slot;
            plain = slot == null ? null : shared.matrix(slot, 0);
            transposed = slot == null ? null : shared.transposed(slot, 0);
            projected = new RowMatrices(gemm, width, true);
            gradients = new RowMatrices(gemm, width, false);
            frames = gemm.mirror(0);
        }

        void forward(Frames x) {
            int rows = x.steps() * x.batch();
            if (frames.size() < rows * width) {
                frames = gemm.mirror(rows * width);
            }
            if (plain == null) {
                projected.gather(x, x.values(), x.at(), width);
                return;
            }
            gemm.multiply(rows, x.value(), x.at(), plain, 0, frames, 0);
            frames.pull(0, rows * width);
            projected.gather(x, frames.heap(), 0, width);
        }

        /** From {@link #gradients} to the matrix's, and where wanted to those of x, which are added to. */
        void backward(Frames x, boolean wanted, Mirror gradient) {
            int rows = x.steps() * x.batch();
            gradients.scatter(x, frames.heap(), 0, width);
            if (slot == null || transposed == null) {
                add(frames.heap(), x, wanted);
                return;
            }
            frames.push(0, rows * width);
            gemm.multiplyTransposed(slot.rows(), width, rows, x.value(), x.at(), frames, 0, 0, gradient, slot.offset());
            gradient.pull(slot.offset(), slot.size());
            if (wanted) {
                gemm.multiply(rows, frames, 0, transposed, 1, x.grad(), x.at());
            }
        }

        private void add(float[] from, Frames x, boolean wanted) {
            if (wanted) {
                float[] to = x.gradients();
                for (int i = 0; i < x.size(); i++) {
                    to[x.at() + i] += from[i];
                }
                x.pushGrad();
            }
        }
    }

    @Override
    public Frames forward(Frames x, Call call) {
        Memory memory = memory(call, x);
        if (call.training() || !memory.hasKeysOf(known)) {
            key.forward(memory.frames());
            value.forward(memory.frames());
        }
        known = memory;
        query.forward(x);
        weights.shape(x, memory);
        weights.forEachRow(row -> alignment.score(row, query.projected, key.projected, weights.scores()));
        memory.attended(weights.softmax());
        context.clear(x);
        weights.forEachRow(row -> gemm.multiplyTransposed(
                row.queries(),
                width,
                row.keys(),
                weights.scores(),
                row.at(),
                value.projected.rows(),
                value.projected.at(row.memory()),
                0,
                context.rows(),
                context.at(row.index())));
        return join(x);
    }

    private Memory memory(Call call, Frames x) {
        Memory memory = call.memory();
        if (memory == null) {
            throw new IllegalStateException("expected a memory for a layer that attends to read, found none");
        }
        if (memory.batch() != x.batch()
                || memory.frames().width() != layer.spec().memoryWidth()) {
            throw new IllegalArgumentException("expected a memory of [B=" + x.batch() + ",F="
                    + layer.spec().memoryWidth() + "], found [B=" + memory.batch() + ",F="
                    + memory.frames().width() + "]");
        }
        return memory;
    }

    private Frames join(Frames x) {
        out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
        float[] to = out.values();
        float[] from = x.values();
        for (int i = 0; i < x.steps() * x.batch(); i++) {
            System.arraycopy(from, x.at() + i * x.width(), to, i * out.width(), x.width());
        }
        context.scatter(x, to, x.width(), out.width());
        out.pushValue();
        return out.reserveGradient(gemm);
    }

    @Override
    public void backward(Frames x, Call call, Mirror gradient) {
        Frames memory = Objects.requireNonNull(call.memory()).frames();
        out.grad().pull(0, out.size());
        dContext.gather(x, out.gradients(), x.width(), out.width());
        weights.forEachRow(row -> gemm.multiplyTransposed(
                row.keys(),
                row.queries(),
                width,
                value.projected.columns(),
                value.projected.at(row.memory()),
                dContext.columns(),
                dContext.at(row.index()),
                0,
                weights.dScores(),
                row.at()));
        weights.backward();
        query.gradients.clear(x);
        key.gradients.clear(memory);
        value.gradients.clear(memory);
        alignment.begin();
        weights.forEachRow(this::rowBackward);
        alignment.finish(gradient.heap());
        if (x.wantsGradient()) {
            straight(x);
        }
        query.backward(x, x.wantsGradient(), gradient);
        key.backward(memory, memory.wantsGradient(), gradient);
        value.backward(memory, memory.wantsGradient(), gradient);
    }

    private void rowBackward(Alignment.Row row) {
        gemm.multiplyTransposed(
                row.keys(),
                width,
                row.queries(),
                weights.turned(),
                row.at(),
                dContext.rows(),
                dContext.at(row.index()),
                1,
                value.gradients.rows(),
                value.gradients.at(row.memory()));
        alignment.backward(
                row,
                query.projected,
                key.projected,
                weights.dScores(),
                weights.dTurned(),
                query.gradients,
                key.gradients);
    }

    /** The part of x's gradient that comes by the output's first values, which x is. */
    private void straight(Frames x) {
        float[] from = out.gradients();
        float[] to = x.gradients();
        for (int i = 0; i < x.steps() * x.batch(); i++) {
            System.arraycopy(from, i * out.width(), to, x.at() + i * x.width(), x.width());
        }
        x.pushGrad();
    }
}
