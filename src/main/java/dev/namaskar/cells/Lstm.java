package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers, Schmidhuber and Cummins 2000) and
 * no peepholes; gates in PyTorch's order i, f, g, o. With {@code a = x_t W_ih + b_ih + h_{t-1} W_hh + b_hh} per gate:
 *
 * <pre>{@code
 * i = sigmoid(a_i)   f = sigmoid(a_f)   g = tanh(a_g)   o = sigmoid(a_o)
 * c_t = f c_{t-1} + i g
 * h_t = o tanh(c_t)
 *
 * dc   = dc_from_next + dh o (1 - tanh(c)^2)
 * da_i = dc g i (1 - i)          da_f = dc c_{t-1} f (1 - f)
 * da_g = dc i (1 - g^2)          da_o = dh tanh(c) o (1 - o)
 * dc_{t-1} = dc f
 * }</pre>
 */
public record Lstm() implements Cell {
    @Override
    public String name() {
        return "lstm";
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public boolean hasCarry() {
        return true;
    }

    @Override
    public int forgetGate() {
        return 1;
    }

    @Override
    public void forward(Unrolled u, int from, int to) {
        float[] i = u.gates[0];
        float[] f = u.gates[1];
        float[] g = u.gates[2];
        float[] o = u.gates[3];
        float[] c = u.c;
        float[] previous = u.previous;
        float[] tanhC = u.tape;
        float[] h = u.h;
        Elementary.sigmoid(i, from, to);
        Elementary.sigmoid(f, from, to);
        Elementary.tanh(g, g, from, to);
        Elementary.sigmoid(o, from, to);
        for (int j = from; j < to; j++) {
            c[j] = f[j] * previous[j] + i[j] * g[j];
        }
        Elementary.tanh(c, tanhC, from, to);
        for (int j = from; j < to; j++) {
            h[j] = o[j] * tanhC[j];
        }
    }

    @Override
    public void backward(Unrolled u, int from, int to) {
        float[] i = u.gates[0];
        float[] f = u.gates[1];
        float[] g = u.gates[2];
        float[] o = u.gates[3];
        float[] previous = u.previous;
        float[] tanhC = u.tape;
        float[] dh = u.dh;
        float[] dc = u.dCarry;
        float[] dPrevious = u.dPrevious;
        for (int j = from; j < to; j++) {
            dc[j] += dh[j] * o[j] * (1 - tanhC[j] * tanhC[j]);
        }
        for (int j = from; j < to; j++) {
            o[j] = dh[j] * tanhC[j] * o[j] * (1 - o[j]);
        }
        for (int j = from; j < to; j++) {
            dPrevious[j] = dc[j] * f[j];
        }
        for (int j = from; j < to; j++) {
            f[j] = dc[j] * previous[j] * f[j] * (1 - f[j]);
        }
        for (int j = from; j < to; j++) {
            float input = i[j];
            float candidate = g[j];
            i[j] = dc[j] * candidate * input * (1 - input);
            g[j] = dc[j] * input * (1 - candidate * candidate);
        }
    }
}
