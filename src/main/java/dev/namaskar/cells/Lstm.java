package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;
import java.util.List;

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
 *
 * @param gate the function of the gates, named sigmoid above
 */
public record Lstm(Gate gate) implements Cell {
    private static final List<String> CARRIED = List.of("c"); // asked for at every step

    /** The usual one. */
    public Lstm() {
        this(Gate.SIGMOID);
    }

    @Override
    public String name() {
        return "lstm";
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public List<String> carried() {
        return CARRIED;
    }

    @Override
    public int forgetGate() {
        return 1;
    }

    @Override
    public void forward(Step before, Step now, int size) {
        float[] i = now.gates[0];
        float[] f = now.gates[1];
        float[] g = now.gates[2];
        float[] o = now.gates[3];
        float[] c = now.c;
        float[] previous = before.c;
        float[] tanhC = now.tape;
        float[] h = now.h;
        gate.apply(i, size);
        gate.apply(f, size);
        Elementary.tanh(g, g, size);
        gate.apply(o, size);
        for (int j = 0; j < size; j++) {
            c[j] = f[j] * previous[j] + i[j] * g[j];
        }
        Elementary.tanh(c, tanhC, size);
        for (int j = 0; j < size; j++) {
            h[j] = o[j] * tanhC[j];
        }
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] i = now.gates[0];
        float[] f = now.gates[1];
        float[] g = now.gates[2];
        float[] o = now.gates[3];
        float[] previous = before.c;
        float[] tanhC = now.tape;
        float[] dh = flow.dh;
        float[] dc = flow.dCarry;
        float[][] kept = gate.kept(size, now.gates, 2);
        for (int j = 0; j < size; j++) {
            float output = o[j];
            float tanh = tanhC[j];
            dc[j] += dh[j] * output * (1 - tanh * tanh);
            o[j] = dh[j] * tanh * output * (1 - output);
        }
        for (int j = 0; j < size; j++) {
            float input = i[j];
            float candidate = g[j];
            i[j] = dc[j] * candidate * input * (1 - input);
            g[j] = dc[j] * input * (1 - candidate * candidate);
        }
        for (int j = 0; j < size; j++) {
            float forget = f[j];
            float d = dc[j];
            f[j] = d * previous[j] * forget * (1 - forget);
            dc[j] = d * forget;
        }
        gate.correct(kept, now.gates);
    }
}
