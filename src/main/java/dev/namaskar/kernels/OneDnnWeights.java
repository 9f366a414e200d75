package dev.namaskar.kernels;

import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix in the order, and of the type, in which oneDNN's kernels read it: packed once per update instead of in every
 * product.
 */
final class OneDnnWeights extends Weights {
    /** Rows of a typical product, for which the layout is chosen; products of any other number are right too. */
    private static final int TYPICAL_ROWS = 32;

    private final memory.data_type type;
    private final memory.desc layout;
    private final NativeMirror plain;
    private final NativeMirror room;
    private final FloatPointer packed;
    private final memory target;
    private final stream queue = new stream(OneDnnMatmul.CPU);
    private final memory straight;
    private final memory turned;
    private final reorder copy;
    private final reorder transposition;

    OneDnnWeights(GemmLibrary library, int rows, int columns, memory.data_type type) {
        super(library, rows, columns);
        this.type = type;
        OneDnnGemm.limitThisThreadToOneCore(); // copies are compiled for as many threads as there are now
        try (matmul.primitive_desc typical = typical(rows, columns, type)) {
            layout = typical.weights_desc();
        }
        plain = new NativeMirror(Math.multiplyExact(rows, columns));
        room = new NativeMirror(Math.toIntExact(layout.get_size() / Float.BYTES + 1));
        packed = new FloatPointer(room.twin());
        target = new memory(layout, OneDnnMatmul.CPU, packed);
        FloatPointer source = new FloatPointer(plain.twin());
        straight = new memory(OneDnnMatmul.matrix(rows, columns), OneDnnMatmul.CPU, source);
        turned = new memory(
                OneDnnMatmul.matrix(rows, columns, memory.data_type.f32, memory.format_tag.ba),
                OneDnnMatmul.CPU,
                source);
        copy = new reorder(straight, target);
        transposition = new reorder(turned, target);
    }

    /** A typical product with such weights. */
    static matmul.primitive_desc typical(int rows, int columns, memory.data_type type) {
        return OneDnnMatmul.describe(
                OneDnnMatmul.matrix(TYPICAL_ROWS, rows, type, memory.format_tag.ab),
                OneDnnMatmul.matrix(rows, columns, type, memory.format_tag.any),
                OneDnnMatmul.matrix(TYPICAL_ROWS, columns),
                true);
    }

    /** The type of the values. */
    memory.data_type type() {
        return type;
    }

    /** The order of the values. */
    memory.desc layout() {
        return layout;
    }

    /** The packed matrix; valid while this object lives. */
    FloatPointer packed() {
        return packed;
    }

    @Override
    public void load(float[] from, int at) {
        pack(from, at, straight, copy);
    }

    @Override
    public void loadTransposed(float[] from, int at) {
        pack(from, at, turned, transposition);
    }

    private void pack(float[] from, int at, memory source, reorder by) {
        OneDnnGemm.limitThisThreadToOneCore();
        plain.write(from, at, 0, plain.size());
        by.execute(queue, source, target);
    }
}
