package dev.namaskar.cells;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.params.SplitMix64;

/**
 * The real-gated linear recurrent unit (De et al., "Griffin: mixing gated linear recurrences with local attention for
 * efficient language models", 2024): each unit decays at a pace of its own, L, which its gate r lets it keep to or not;
 * no matrix product is left in the loop over time. What a unit takes in is a projection of the input, as in Griffin's
 * block. Gates in the order r, i, u:
 *
 * <pre>{@code
 * r = sigmoid(x W_r + b_r)    i = sigmoid(x W_i + b_i)    u = x W_u + b_u
 * a = exp(-8 softplus(L) r)
 * h_t = a h_{t-1} + sqrt(1 - a^2) i u
 *
 * s = sqrt(1 - a^2)    da = dh (h_{t-1} - a i u / s)    dlog = da a
 * dr_pre = -8 softplus(L) dlog r (1 - r)    di_pre = dh s u i (1 - i)    du = dh s i
 * dh_{t-1} directly = dh a                  dL += -8 sigmoid(L) dlog r
 * }</pre>
 */
public record RgLru() implements Cell {
    private static final double PACE = 8;
    /** Fresh units keep this much of their state in a step whose gate is open, at least and at most. */
    private static final double SHORTEST = 0.9;

    private static final double LONGEST = 0.999;
    /** A unit that keeps all takes nothing in, and the slope of the root there has no bound. */
    private static final float LEAST = 1e-6f;

    @Override
    public String name() {
        return "rglru";
    }

    @Override
    public int gates() {
        return 3;
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
    public boolean keepsTape() {
        return true;
    }

    @Override
    public int vectors() {
        return 1;
    }

    /** L such that {@code exp(-8 softplus(L))} is even over 0.9 to 0.999. */
    @Override
    public void initialize(int vector, float[] values, int at, int hidden, SplitMix64 random) {
        for (int j = at; j < at + hidden; j++) {
            double kept = SHORTEST + (LONGEST - SHORTEST) * random.nextDouble();
            values[j] = (float) Math.log(Math.expm1(-Math.log(kept) / PACE));
        }
    }

    /** {@code -8 softplus(L)} and its derivative {@code -8 sigmoid(L)}. */
    @Override
    public float[][] prepare(float[][] learned) {
        float[] pace = learned[0];
        float[][] prepared = new float[2][pace.length];
        for (int j = 0; j < pace.length; j++) {
            prepared[0][j] = (float) (-PACE * (Math.max(pace[j], 0) + Math.log1p(Math.exp(-Math.abs(pace[j])))));
            prepared[1][j] = (float) (-PACE / (1 + Math.exp(-pace[j])));
        }
        return prepared;
    }

    @Override
    public void forward(Step before, Step now, int size) {
        float[] r = now.gates[0];
        float[] i = now.gates[1];
        float[] u = now.gates[2];
        float[] pace = now.vectors[0];
        float[] previous = before.h;
        float[] h = now.h;
        float[] a = now.tape;
        Elementary.sigmoid(r, size);
        Elementary.sigmoid(i, size);
        for (int j = 0; j < size; j++) {
            a[j] = pace[j] * r[j];
        }
        Elementary.expOfNegative(a, h, size); // h is room to work in, until the next loop
        for (int j = 0; j < size; j++) {
            h[j] = a[j] * previous[j] + root(a[j], pace[j] * r[j]) * i[j] * u[j];
        }
    }

    /** {@code sqrt(1 - a^2)} from a and log a: near a = 1 the difference would have few digits, the series has all. */
    private static float root(float a, float log) {
        float y = -2 * log;
        float series = y
                * (1 - y * (1f / 2 - y * (1f / 6 - y * (1f / 24 - y * (1f / 120 - y * (1f / 720 - y * (1f / 5040)))))));
        float square = y < 0.25f ? series : (1 - a) * (1 + a);
        return Math.max((float) Math.sqrt(square), LEAST);
    }

    @Override
    public void backward(Step before, Step now, Backflow flow, int size) {
        float[] r = now.gates[0];
        float[] i = now.gates[1];
        float[] u = now.gates[2];
        float[] pace = now.vectors[0];
        float[] slope = now.vectors[1];
        float[] previous = before.h;
        float[] a = now.tape;
        float[] dh = flow.dh;
        float[] direct = flow.dCarry;
        float[] dPace = flow.dVectors[0];
        for (int j = 0; j < size; j++) {
            float d = dh[j] + direct[j];
            float s = root(a[j], pace[j] * r[j]);
            float gate = i[j];
            float taken = u[j];
            dh[j] = d * (previous[j] - a[j] * gate * taken / s) * a[j];
            direct[j] = d * a[j];
            i[j] = d * s * taken * gate * (1 - gate);
            u[j] = d * s * gate;
        }
        for (int j = 0; j < size; j++) {
            dPace[j] += slope[j] * dh[j] * r[j];
            r[j] = pace[j] * dh[j] * r[j] * (1 - r[j]);
        }
    }
}
