package dev.namaskar.net.recurrent;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.DropoutMask;
import dev.namaskar.net.layers.Stage.Call;
import dev.namaskar.params.SplitMix64;

/**
 * Variational dropout of the hidden state where recurrent products read it, {@code (m h_{t-j}) W_hh / (1 - rate)} with one mask m for
 * all steps of a call (Gal and Ghahramani 2016). What a cell carries beside the products, and what the layer puts out, is h
 * itself.
 */
final class StateMask {
    private final DropoutMask drawn;
    private final Gemm gemm;
    private final int hidden;
    private final long own;
    private float[] mask = new float[0];
    private float[] scratch = new float[0];
    private Mirror state;
    private Mirror flow;

    /** Of a layer whose masks are drawn from {@code own} beside the call's key. */
    StateMask(double rate, int hidden, long own, Gemm gemm) {
        drawn = new DropoutMask(rate);
        this.gemm = gemm;
        this.hidden = hidden;
        this.own = own;
        state = gemm.mirror(0);
        flow = state;
    }

    /** Draws the mask of a call of so many steps of {@code [B,H]}. */
    void draw(Call call, int steps, int batch) {
        int step = batch * hidden;
        if (mask.length < step) {
            mask = new float[step];
            scratch = new float[step];
            flow = gemm.mirror(step);
        }
        if (state.size() < steps * step) {
            state = gemm.mirror(steps * step);
        }
        long key = SplitMix64.mix(~call.dropoutKey() - own);
        for (int b = 0; b < batch; b++) {
            drawn.fill(mask, b * hidden, hidden, key ^ (call.firstRow() + b));
        }
    }

    /** The states as products read them. */
    Mirror state() {
        return state;
    }

    /** Takes over one step's state. */
    void write(float[] h, int at, int step) {
        for (int j = 0; j < step; j++) {
            scratch[j] = h[j] * mask[j];
        }
        state.write(scratch, 0, at, step);
    }

    /** Where the gradient of a masked state is added up. */
    Mirror flow() {
        return flow;
    }

    /** Adds what {@link #flow} holds, through the mask; modifies {@code dh}. */
    void addFlow(float[] dh, int step) {
        flow.read(0, scratch, 0, step);
        for (int j = 0; j < step; j++) {
            dh[j] += scratch[j] * mask[j];
        }
    }
}
