package dev.namaskar.net.attention;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.params.Slot;
import java.util.Arrays;

/** {@code e_st = u . tanh(q_t + k_s)}; the tangents are computed again on the way back instead of kept. */
final class AdditiveAlignment implements Alignment {
    private final Slot slot;
    private final float[] u;
    private final float[] du;
    private float[] tangents = new float[0];
    private float[] out = new float[0];

    AdditiveAlignment(Slot slot, float[] u) {
        this.slot = slot;
        this.u = u;
        du = new float[u.length];
    }

    @Override
    public float scale() {
        return 1;
    }

    @Override
    public void score(Row row, RowMatrices queries, RowMatrices keys, Mirror scores) {
        tangents(row, queries, keys);
        for (int i = 0; i < row.keys() * row.queries(); i++) {
            float sum = 0;
            for (int k = 0; k < u.length; k++) {
                sum += u[k] * tangents[i * u.length + k];
            }
            out[i] = sum;
        }
        scores.write(out, 0, row.at(), row.keys() * row.queries());
    }

    /** {@code [S,T,K]}. */
    private void tangents(Row row, RowMatrices queries, RowMatrices keys) {
        int width = u.length;
        int size = row.keys() * row.queries();
        if (tangents.length < size * width) {
            tangents = new float[size * width];
            out = new float[size];
        }
        float[] q = queries.rows().heap();
        float[] k = keys.rows().heap();
        for (int s = 0; s < row.keys(); s++) {
            int key = keys.at(row.memory()) + s * width;
            for (int t = 0; t < row.queries(); t++) {
                int query = queries.at(row.index()) + t * width;
                int at = (s * row.queries() + t) * width;
                for (int j = 0; j < width; j++) {
                    tangents[at + j] = q[query + j] + k[key + j];
                }
            }
        }
        Elementary.tanh(tangents, tangents, size * width);
    }

    @Override
    public void backward(
            Row row,
            RowMatrices queries,
            RowMatrices keys,
            Mirror dScores,
            Mirror turned,
            RowMatrices dQueries,
            RowMatrices dKeys) {
        tangents(row, queries, keys);
        int width = u.length;
        int query = queries.at(row.index());
        int key = keys.at(row.memory());
        float[] dq = dQueries.rows().heap();
        float[] dk = dKeys.rows().heap();
        Arrays.fill(dq, query, query + row.queries() * width, 0);
        for (int s = 0; s < row.keys(); s++) {
            for (int t = 0; t < row.queries(); t++) {
                float d = dScores.heap()[row.at() + s * row.queries() + t];
                int at = (s * row.queries() + t) * width;
                for (int j = 0; j < width; j++) {
                    float tangent = tangents[at + j];
                    float dSum = d * u[j] * (1 - tangent * tangent);
                    du[j] += d * tangent;
                    dq[query + t * width + j] += dSum;
                    dk[key + s * width + j] += dSum;
                }
            }
        }
        dQueries.rows().push(query, row.queries() * width);
        dKeys.rows().push(key, row.keys() * width);
    }

    @Override
    public void begin() {
        Arrays.fill(du, 0);
    }

    @Override
    public void finish(float[] gradient) {
        System.arraycopy(du, 0, gradient, slot.offset(), du.length);
    }
}
