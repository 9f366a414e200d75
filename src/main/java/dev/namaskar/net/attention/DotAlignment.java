package dev.namaskar.net.attention;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;

/** {@code e_st = k_s . q_t / sqrt(K)}. */
final class DotAlignment implements Alignment {
    private final Gemm gemm;
    private final int width;

    DotAlignment(Gemm gemm, int width) {
        this.gemm = gemm;
        this.width = width;
    }

    @Override
    public float scale() {
        return (float) (1 / Math.sqrt(width));
    }

    @Override
    public void score(Row row, RowMatrices queries, RowMatrices keys, Mirror scores) {
        gemm.multiplyTransposed(
                row.keys(),
                row.queries(),
                width,
                keys.columns(),
                keys.at(row.memory()),
                queries.columns(),
                queries.at(row.index()),
                0,
                scores,
                row.at());
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
        int query = queries.at(row.index());
        int key = keys.at(row.memory());
        gemm.multiplyTransposed(
                row.queries(), width, row.keys(), dScores, row.at(), keys.rows(), key, 0, dQueries.rows(), query);
        gemm.multiplyTransposed(
                row.keys(), width, row.queries(), turned, row.at(), queries.rows(), query, 1, dKeys.rows(), key);
    }

    @Override
    public void begin() {}

    @Override
    public void finish(float[] gradient) {}
}
