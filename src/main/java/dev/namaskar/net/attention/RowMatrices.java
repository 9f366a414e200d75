package dev.namaskar.net.attention;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Frames;
import java.util.Arrays;

/**
 * Frames {@code [T,B,K]} as each row's own matrix {@code [t,K]}, t being the row's real length, and its transpose: what is
 * computed from them depends on a row alone, not on how far it is padded.
 */
final class RowMatrices {
    private final Gemm gemm;
    private final int width;
    private final boolean both;
    private Mirror rows;
    private Mirror columns;
    private int steps;

    /** Room for frames of this width; with transposes too, or without. */
    RowMatrices(Gemm gemm, int width, boolean both) {
        this.gemm = gemm;
        this.width = width;
        this.both = both;
        rows = gemm.mirror(0);
        columns = rows;
    }

    /** Makes room for as many steps and rows as the frames have. */
    RowMatrices shape(Frames like) {
        steps = like.steps();
        int size = Math.multiplyExact(Math.multiplyExact(steps, like.batch()), width);
        if (rows.size() < size) {
            rows = gemm.mirror(size);
            columns = both ? gemm.mirror(size) : rows;
        }
        return this;
    }

    /** Index of a row's matrix, and of its transpose. */
    int at(int row) {
        return row * steps * width;
    }

    /** The matrices {@code [t,K]}. */
    Mirror rows() {
        return rows;
    }

    /** The transposes {@code [K,t]}. */
    Mirror columns() {
        return columns;
    }

    /** Takes over the values of {@code like}'s real steps that begin at {@code from[at]}, {@code stride} from one to the next. */
    void gather(Frames like, float[] from, int at, int stride) {
        shape(like);
        float[] to = rows.heap();
        float[] turned = columns.heap();
        int batch = like.batch();
        for (int b = 0; b < batch; b++) {
            int length = like.length(b);
            int block = at(b);
            for (int t = 0; t < length; t++) {
                System.arraycopy(from, at + (t * batch + b) * stride, to, block + t * width, width);
            }
            if (both) {
                transpose(to, block, length, turned);
            }
        }
        int size = steps * batch * width;
        rows.push(0, size);
        if (both) {
            columns.push(0, size);
        }
    }

    private void transpose(float[] from, int block, int length, float[] to) {
        for (int k = 0; k < width; k++) {
            int at = block + k * length;
            for (int t = 0; t < length; t++) {
                to[at + t] = from[block + t * width + k];
            }
        }
    }

    /** Sets all matrices to zero. */
    void clear(Frames like) {
        shape(like);
        int size = steps * like.batch() * width;
        Arrays.fill(rows.heap(), 0, size, 0);
        rows.push(0, size);
    }

    /** Writes the matrices out as frames, from {@code to[at]} on; zeros at padding. */
    void scatter(Frames like, float[] to, int at, int stride) {
        int batch = like.batch();
        rows.pull(0, steps * batch * width);
        float[] from = rows.heap();
        for (int b = 0; b < batch; b++) {
            int length = like.length(b);
            for (int t = 0; t < steps; t++) {
                int target = at + (t * batch + b) * stride;
                if (t < length) {
                    System.arraycopy(from, at(b) + t * width, to, target, width);
                } else {
                    Arrays.fill(to, target, target + width, 0);
                }
            }
        }
    }
}
