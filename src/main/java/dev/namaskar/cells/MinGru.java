package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;

/**
 * The minimal gated recurrent unit (Feng, Tung, Ahmed, Bengio and Hajimirsadeghi, "Were RNNs all we needed?", 2024): a
 * GRU whose gate and candidate see the input alone, so that no matrix product is left in the loop over time. Gates in
 * the order z, c:
 *
 * <pre>{@code
 * z = sigmoid(x W_z + b_z)          c = x W_c + b_c
 * h_t = (1 - z) h_{t-1} + z c = h_{t-1} + z (c - h_{t-1})
 *
 * dz_pre = dh (c - h_{t-1}) z (1 - z)        dc = dh z
 * dh_{t-1} directly = dh (1 - z)
 * }</pre>
 */
public record MinGru() implements Cell {
    @Override
    public String name() {
        return "mingru";
    }

    @Override
    public int gates() {
        return 2;
    }

    @Override
    public boolean hiddenProducts() {
        return false;
    }

    @Override
    public boolean carries() {
        return true;
    }

    @Override
    public void forward(Step before, Step now, int size) {
        float[] z = now.gates[0];
        float[] c = now.gates[1];
        float[] previous = before.h;
        float[] h = now.h;
        Elementary.sigmoid(z, size);
        for (int j = 0; j < size; j++) {
            h[j] = previous[j] + z[j] * (c[j] - previous[j]);
        }
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] z = now.gates[0];
        float[] c = now.gates[1];
        float[] previous = before.h;
        float[] dh = flow.dh;
        float[] direct = flow.dCarry;
        for (int j = 0; j < size; j++) {
            float d = dh[j] + direct[j];
            float update = z[j];
            z[j] = d * (c[j] - previous[j]) * update * (1 - update);
            c[j] = d * update;
            direct[j] = d * (1 - update);
        }
    }
}
