package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;
import java.util.List;

/**
 * The LSTM with exponential input gate (sLSTM: Beck et al., "xLSTM: extended long short-term memory", 2024), of one head. The
 * state is a carry c, a normalizer n that counts what went into it, and a stabilizer m that keeps both within the range
 * of floats; gates in the order i, f, z, o, each from {@code a = x W + b + h_{t-1} R + b_h}:
 *
 * <pre>{@code
 * m_t = max(a_i, log sigmoid(a_f) + m_{t-1})
 * i = exp(a_i - m_t)     f = exp(log sigmoid(a_f) + m_{t-1} - m_t)     z = tanh(a_z)     o = sigmoid(a_o)
 * c_t = f c_{t-1} + i z          n_t = f |n_{t-1}| + i          h_t = o c_t / n_t
 *
 * do_pre = dh (c/n) o (1 - o)    dc += dh o / n                dn -= dh o c / n^2
 * di_pre = (dc z + dn) i         dz_pre = dc i (1 - z^2)       df_pre = (dc c_{t-1} + dn |n_{t-1}|) f (1 - sigmoid(a_f))
 * dc_{t-1} = dc f                dn_{t-1} = dn f sign(n_{t-1})
 * }</pre>
 *
 * <p>h does not depend on m, which cancels in c / n; so no gradient passes through it, but for that of the state before the
 * first step, {@code dm_0 = dc_0 c_0 + dn_0 n_0}. Of every state that a step has written n is above 0.
 */
public record Slstm() implements Cell {
    private static final List<String> CARRIED = List.of("c", "n", "m"); // asked for at every step

    @Override
    public String name() {
        return "slstm";
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
        float[] kept = now.tape;
        float[] old = before.c;
        float[] state = now.c;
        float[] h = now.h;
        Elementary.tanh(now.gates[2], now.gates[2], size);
        Elementary.sigmoid(now.gates[3], size);
        for (int j = 0; j < size; j++) {
            h[j] = -Math.abs(f[j]);
        }
        Elementary.expOfNegative(h, kept, size);
        for (int j = 0; j < size; j++) {
            float u = h[j];
            float s = u / (2 + u);
            float q = s * s;
            // log1p(u) = 2 artanh(s), s at most a third
            float log =
                    2 * s * (1 + q * (1 / 3f + q * (1 / 5f + q * (1 / 7f + q * (1 / 9f + q * (1 / 11f + q / 13))))));
            float forget = Math.min(f[j], 0) - log + old[2 * size + j];
            kept[j] = (f[j] < 0 ? 1 : u) / (1 + u);
            float m = Math.max(i[j], forget);
            state[2 * size + j] = m;
            i[j] -= m;
            f[j] = forget - m;
        }
        Elementary.expOfNegative(i, h, size);
        Elementary.expOfNegative(f, h, size);
        float[] z = now.gates[2];
        float[] o = now.gates[3];
        for (int j = 0; j < size; j++) {
            float c = f[j] * old[j] + i[j] * z[j];
            float n = f[j] * Math.abs(old[size + j]) + i[j];
            state[j] = c;
            state[size + j] = n;
            h[j] = o[j] * (c / n);
        }
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] i = now.gates[0];
        float[] f = now.gates[1];
        float[] z = now.gates[2];
        float[] o = now.gates[3];
        float[] kept = now.tape;
        float[] old = before.c;
        float[] state = now.c;
        float[] dh = flow.dh;
        float[] d = flow.dCarry;
        for (int j = 0; j < size; j++) {
            float n = state[size + j];
            float mean = state[j] / n;
            float out = dh[j] * o[j] / n;
            float dc = d[j] + out;
            float dn = d[size + j] - out * mean;
            float wasN = old[size + j];
            float throughForget = (dc * old[j] + dn * Math.abs(wasN)) * f[j];
            o[j] = dh[j] * mean * o[j] * (1 - o[j]);
            d[j] = dc * f[j];
            d[size + j] = wasN < 0 ? -dn * f[j] : dn * f[j];
            d[2 * size + j] = throughForget;
            f[j] = throughForget * kept[j];
            float input = i[j];
            i[j] = (dc * z[j] + dn) * input;
            z[j] = dc * input * (1 - z[j] * z[j]);
        }
    }
}
