package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;
import java.util.List;

/**
 * The simple recurrent unit (Lei, Zhang, Wang, Dai and Artzi, "Simple recurrent units for highly parallelizable
 * recurrence", 2018): forget and reset gate see the carry element by element, through two learned vectors, so that no
 * matrix product is left in the loop over time. The highway's input has a projection of its own, which the paper takes
 * where widths differ. Gates in the order u, f, r, x:
 *
 * <pre>{@code
 * u = x W_u + b_u        x~ = x W_x + b_x
 * f = sigmoid(x W_f + b_f + v_f c_{t-1})      r = sigmoid(x W_r + b_r + v_r c_{t-1})
 * c_t = f c_{t-1} + (1 - f) u
 * h_t = r c_t + (1 - r) x~
 *
 * dr_pre = dh (c_t - x~) r (1 - r)      dx~ = dh (1 - r)      dc = dc_from_next + dh r
 * df_pre = dc (c_{t-1} - u) f (1 - f)   du = dc (1 - f)
 * dc_{t-1} = dc f + df_pre v_f + dr_pre v_r
 * dv_f += df_pre c_{t-1}                dv_r += dr_pre c_{t-1}
 * }</pre>
 */
public record Sru() implements Cell {
    private static final List<String> CARRIED = List.of("c"); // asked for at every step

    @Override
    public String name() {
        return "sru";
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public int forgetGate() {
        return 1;
    }

    @Override
    public List<String> carried() {
        return CARRIED;
    }

    @Override
    public boolean keepsTape() {
        return false;
    }

    @Override
    public boolean hiddenProducts() {
        return false;
    }

    @Override
    public int vectors() {
        return 2;
    }

    @Override
    public void forward(Step before, Step now, int size) {
        float[] u = now.gates[0];
        float[] f = now.gates[1];
        float[] r = now.gates[2];
        float[] x = now.gates[3];
        float[] forgetting = now.vectors[0];
        float[] resetting = now.vectors[1];
        float[] previous = before.c;
        float[] c = now.c;
        float[] h = now.h;
        for (int j = 0; j < size; j++) {
            f[j] += forgetting[j] * previous[j];
            r[j] += resetting[j] * previous[j];
        }
        Elementary.sigmoid(f, size);
        Elementary.sigmoid(r, size);
        for (int j = 0; j < size; j++) {
            c[j] = u[j] + f[j] * (previous[j] - u[j]);
        }
        for (int j = 0; j < size; j++) {
            h[j] = x[j] + r[j] * (c[j] - x[j]);
        }
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] u = now.gates[0];
        float[] f = now.gates[1];
        float[] r = now.gates[2];
        float[] x = now.gates[3];
        float[] previous = before.c;
        float[] c = now.c;
        float[] dh = flow.dh;
        float[] dc = flow.dCarry;
        for (int j = 0; j < size; j++) {
            float reset = r[j];
            dc[j] += dh[j] * reset;
            r[j] = dh[j] * (c[j] - x[j]) * reset * (1 - reset);
            x[j] = dh[j] * (1 - reset);
        }
        for (int j = 0; j < size; j++) {
            float forget = f[j];
            float d = dc[j];
            f[j] = d * (previous[j] - u[j]) * forget * (1 - forget);
            u[j] = d * (1 - forget);
            dc[j] = d * forget;
        }
        throughVectors(previous, f, now.vectors[0], dc, flow.dVectors[0], size);
        throughVectors(previous, r, now.vectors[1], dc, flow.dVectors[1], size);
    }

    private static void throughVectors(float[] previous, float[] da, float[] v, float[] dc, float[] dv, int size) {
        for (int j = 0; j < size; j++) {
            dc[j] += da[j] * v[j];
            dv[j] += da[j] * previous[j];
        }
    }
}
