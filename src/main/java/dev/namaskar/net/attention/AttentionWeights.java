package dev.namaskar.net.attention;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Memory;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The weights of all steps of all rows for the frames that they read, {@code a_ts = e^{e_ts} / sum_r e^{e_tr}}, each row's
 * {@code [S,T]} on its own, and their derivative, {@code de_ts = a_ts (da_ts - sum_r a_tr da_tr)}.
 */
final class AttentionWeights {
    private final Gemm gemm;
    private final float scale;
    private Mirror scores;
    private Mirror dScores;
    private Mirror turned;
    private Mirror dTurned;
    private float[] powers = new float[0];
    private float[] room = new float[0];
    private float[] shown = new float[0];
    private Alignment.Row[] rows = new Alignment.Row[0];
    private int steps;
    private int batch;
    private int frames;

    AttentionWeights(Gemm gemm, float scale) {
        this.gemm = gemm;
        this.scale = scale;
        scores = gemm.mirror(0);
        dScores = scores;
        turned = scores;
        dTurned = scores;
    }

    /** Makes room for the weights of these steps for these frames. */
    void shape(Frames x, Memory memory) {
        steps = x.steps();
        batch = x.batch();
        frames = memory.frames().steps();
        int size = size();
        if (scores.size() < size) {
            scores = gemm.mirror(size);
            dScores = gemm.mirror(size);
            turned = gemm.mirror(size);
            dTurned = gemm.mirror(size);
            powers = new float[size];
        }
        rows = new Alignment.Row[batch];
        for (int b = 0; b < batch; b++) {
            int of = memory.row(b);
            rows[b] = new Alignment.Row(b, of, x.length(b), memory.frames().length(of), b * frames * steps);
        }
    }

    private int size() {
        return Math.multiplyExact(Math.multiplyExact(steps, batch), frames);
    }

    /** The rows that have something to read and something to read it for. */
    void forEachRow(Consumer<Alignment.Row> work) {
        for (Alignment.Row row : rows) {
            if (row.queries() > 0 && row.keys() > 0) {
                work.accept(row);
            }
        }
    }

    /** Scores, after {@link #softmax} weights, {@code [S,T]} a row. */
    Mirror scores() {
        return scores;
    }

    /** Gradients of the weights, after {@link #backward} of the scores, {@code [S,T]} a row. */
    Mirror dScores() {
        return dScores;
    }

    /** After {@link #backward}: the weights {@code [T,S]}. */
    Mirror turned() {
        return turned;
    }

    /** After {@link #backward}: the gradients of the scores {@code [T,S]}. */
    Mirror dTurned() {
        return dTurned;
    }

    /** Turns scores into weights; returns them all, {@code [T,B,S]}, zeros at padding. */
    float[] softmax() {
        scores.pull(0, size());
        float[] e = scores.heap();
        forEachRow(row -> subtractMaximum(e, row));
        if (shown.length != size()) {
            shown = new float[size()];
        }
        Arrays.fill(shown, 0);
        forEachRow(row -> normalize(e, row));
        scores.push(0, size());
        return shown;
    }

    private void subtractMaximum(float[] e, Alignment.Row row) {
        int count = row.queries();
        for (int t = 0; t < count; t++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int s = 0; s < row.keys(); s++) {
                max = Math.max(max, e[row.at() + s * count + t]);
            }
            for (int s = 0; s < row.keys(); s++) {
                int i = row.at() + s * count + t;
                e[i] = scale * (e[i] - max);
            }
        }
    }

    private void normalize(float[] e, Alignment.Row row) {
        int count = row.queries();
        int size = count * row.keys();
        System.arraycopy(e, row.at(), powers, 0, size);
        exponentials(size);
        for (int t = 0; t < count; t++) {
            float sum = 0;
            for (int s = 0; s < row.keys(); s++) {
                sum += powers[s * count + t];
            }
            for (int s = 0; s < row.keys(); s++) {
                float weight = powers[s * count + t] / sum;
                e[row.at() + s * count + t] = weight;
                shown[(t * batch + row.index()) * frames + s] = weight;
            }
        }
    }

    private void exponentials(int size) {
        if (room.length < size) {
            room = new float[size];
        }
        Elementary.expOfNegative(powers, room, size);
    }

    /** From the gradients of the weights to those of the unscaled scores, and both the other way round too. */
    void backward() {
        dScores.pull(0, size());
        float[] d = dScores.heap();
        float[] a = scores.heap();
        float[] aTurned = turned.heap();
        float[] dOut = dTurned.heap();
        forEachRow(row -> {
            int count = row.queries();
            for (int t = 0; t < count; t++) {
                float mean = 0;
                for (int s = 0; s < row.keys(); s++) {
                    int i = row.at() + s * count + t;
                    mean += a[i] * d[i];
                }
                for (int s = 0; s < row.keys(); s++) {
                    int i = row.at() + s * count + t;
                    int to = row.at() + t * row.keys() + s;
                    d[i] = scale * a[i] * (d[i] - mean);
                    dOut[to] = d[i];
                    aTurned[to] = a[i];
                }
            }
        });
        dScores.push(0, size());
        turned.push(0, size());
        dTurned.push(0, size());
    }
}
