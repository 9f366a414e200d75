package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;

/**
 * Minimal long short-term memory (Feng, Tung, Ahmed, Bengio and Hajimirsadeghi, "Were RNNs all we needed?", 2024): gates
 * that see the input alone and share one whole, so that no matrix product is left in the loop over time. Gates in the
 * order f, i, c:
 *
 * <pre>{@code
 * f = sigmoid(x W_f + b_f)    i = sigmoid(x W_i + b_i)    c = x W_c + b_c
 * F = f / (f + i)             I = i / (f + i) = 1 - F
 * h_t = F h_{t-1} + I c = c + F (h_{t-1} - c)
 *
 * dF = dh (h_{t-1} - c)       dc = dh I       dh_{t-1} directly = dh F
 * df_pre = dF F I (1 - f)     di_pre = -dF F I (1 - i)
 * }</pre>
 */
public record MinLstm() implements Cell {
    /** Both gates shut: then half of each is kept, instead of a division of nothing by nothing. */
    private static final float LEAST = 1e-30f;

    @Override
    public String name() {
        return "minlstm";
    }

    @Override
    public int gates() {
        return 3;
    }

    @Override
    public int forgetGate() {
        return 0;
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
        float[] f = now.gates[0];
        float[] i = now.gates[1];
        float[] c = now.gates[2];
        float[] previous = before.h;
        float[] h = now.h;
        Elementary.sigmoid(f, size);
        Elementary.sigmoid(i, size);
        for (int j = 0; j < size; j++) {
            h[j] = c[j] + share(f[j], i[j]) * (previous[j] - c[j]);
        }
    }

    private static float share(float f, float i) {
        return (f + LEAST) / (f + i + 2 * LEAST);
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] f = now.gates[0];
        float[] i = now.gates[1];
        float[] c = now.gates[2];
        float[] previous = before.h;
        float[] dh = flow.dh;
        float[] direct = flow.dCarry;
        for (int j = 0; j < size; j++) {
            float d = dh[j] + direct[j];
            float kept = share(f[j], i[j]);
            float both = d * (previous[j] - c[j]) * kept * (1 - kept);
            f[j] = both * (1 - f[j]);
            i[j] = -both * (1 - i[j]);
            c[j] = d * (1 - kept);
            direct[j] = d * kept;
        }
    }
}
