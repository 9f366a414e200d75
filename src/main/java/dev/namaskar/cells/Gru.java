package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;

/**
 * The gated recurrent unit (Cho et al. 2014) in the reset-after form of cuDNN and PyTorch; gates in PyTorch's order r,
 * z, n. The candidate's two products, and so its two biases, stay apart:
 *
 * <pre>{@code
 * r = sigmoid(x W_ir + b_ir + h W_hr + b_hr)
 * z = sigmoid(x W_iz + b_iz + h W_hz + b_hz)
 * q = h W_hn + b_hn
 * n = tanh(x W_in + b_in + r q)
 * h_t = (1 - z) n + z h_{t-1} = n + z (h_{t-1} - n)
 *
 * dn_pre = dh (1 - z) (1 - n^2)       dq = dn_pre r
 * dr_pre = dn_pre q r (1 - r)         dz_pre = dh (h_{t-1} - n) z (1 - z)
 * dh_{t-1} directly = dh z
 * }</pre>
 */
public record Gru() implements Cell {
    @Override
    public String name() {
        return "gru";
    }

    @Override
    public int gates() {
        return 3;
    }

    @Override
    public boolean candidateApart() {
        return true;
    }

    @Override
    public boolean carries() {
        return true;
    }

    @Override
    public void forward(Unrolled u, int from, int to) {
        float[] r = u.gates[0];
        float[] z = u.gates[1];
        float[] n = u.gates[2];
        float[] q = u.candidate;
        float[] previous = u.previous;
        float[] h = u.h;
        Elementary.sigmoid(r, from, to);
        Elementary.sigmoid(z, from, to);
        for (int j = from; j < to; j++) {
            n[j] += r[j] * q[j];
        }
        Elementary.tanh(n, n, from, to);
        for (int j = from; j < to; j++) {
            h[j] = n[j] + z[j] * (previous[j] - n[j]);
        }
    }

    @Override
    public void backward(Unrolled u, int from, int to) {
        float[] r = u.gates[0];
        float[] z = u.gates[1];
        float[] n = u.gates[2];
        float[] q = u.candidate;
        float[] previous = u.previous;
        float[] dh = u.dh;
        float[] direct = u.dCarry;
        float[] dPrevious = u.dPrevious;
        for (int j = from; j < to; j++) {
            dh[j] += direct[j];
        }
        for (int j = from; j < to; j++) {
            dPrevious[j] = dh[j] * z[j];
        }
        for (int j = from; j < to; j++) {
            float update = z[j];
            float candidate = n[j];
            n[j] = dh[j] * (1 - update) * (1 - candidate * candidate);
            z[j] = dh[j] * (previous[j] - candidate) * update * (1 - update);
        }
        for (int j = from; j < to; j++) {
            float reset = r[j];
            float hidden = q[j];
            q[j] = n[j] * reset;
            r[j] = n[j] * hidden * reset * (1 - reset);
        }
    }
}
