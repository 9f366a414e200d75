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
 *
 * @param gate the function of the gates, named sigmoid above
 */
public record Gru(Gate gate) implements Cell {
    /** The usual one. */
    public Gru() {
        this(Gate.SIGMOID);
    }

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
    public void forward(Step before, Step now, int size) {
        float[] r = now.gates[0];
        float[] z = now.gates[1];
        float[] n = now.gates[2];
        float[] q = now.candidate;
        float[] previous = before.h;
        float[] h = now.h;
        gate.apply(r, size);
        gate.apply(z, size);
        for (int j = 0; j < size; j++) {
            n[j] += r[j] * q[j];
        }
        Elementary.tanh(n, n, size);
        for (int j = 0; j < size; j++) {
            h[j] = n[j] + z[j] * (previous[j] - n[j]);
        }
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] r = now.gates[0];
        float[] z = now.gates[1];
        float[] n = now.gates[2];
        float[] q = now.candidate;
        float[] previous = before.h;
        float[] dh = flow.dh;
        float[] direct = flow.dCarry;
        float[][] kept = gate.kept(size, now.gates, 2);
        for (int j = 0; j < size; j++) {
            float d = dh[j] + direct[j];
            dh[j] = d;
            direct[j] = d * z[j];
        }
        for (int j = 0; j < size; j++) {
            float update = z[j];
            float candidate = n[j];
            n[j] = dh[j] * (1 - update) * (1 - candidate * candidate);
            z[j] = dh[j] * (previous[j] - candidate) * update * (1 - update);
        }
        for (int j = 0; j < size; j++) {
            float reset = r[j];
            float hidden = q[j];
            q[j] = n[j] * reset;
            r[j] = n[j] * hidden * reset * (1 - reset);
        }
        gate.correct(kept, now.gates);
    }
}
