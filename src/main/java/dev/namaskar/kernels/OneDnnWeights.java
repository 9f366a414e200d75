package dev.namaskar.kernels;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** A matrix in the order in which oneDNN's kernels read it: packed once per update instead of in every product. */
final class OneDnnWeights extends Weights {
    static final engine CPU = new engine(engine.kind.cpu, 0);

    /** Rows of a typical product, for which the layout is chosen; products of any other number are right too. */
    private static final int TYPICAL_ROWS = 32;

    private final memory.desc layout;
    private final NativeMirror plain;
    private final NativeMirror room;
    private final FloatPointer packed;
    private final memory target;
    private final stream queue = new stream(CPU);
    private final memory straight;
    private final memory turned;
    private final reorder copy;
    private final reorder transposition;

    OneDnnWeights(int rows, int columns) {
        super(GemmLibrary.ONEDNN_PACKED, rows, columns);
        try (matmul.primitive_desc typical =
                OneDnnMatmul.describe(TYPICAL_ROWS, rows, columns, described(memory.format_tag.any), true)) {
            layout = typical.weights_desc();
        }
        plain = new NativeMirror(Math.multiplyExact(rows, columns));
        room = new NativeMirror(Math.toIntExact(layout.get_size() / Float.BYTES + 1));
        packed = new FloatPointer(room.twin());
        target = new memory(layout, CPU, packed);
        FloatPointer source = new FloatPointer(plain.twin());
        straight = new memory(described(memory.format_tag.ab), CPU, source);
        turned = new memory(described(memory.format_tag.ba), CPU, source);
        copy = new reorder(straight, target);
        transposition = new reorder(turned, target);
    }

    private memory.desc described(memory.format_tag order) {
        return new memory.desc(new long[] {rows(), columns()}, memory.data_type.f32, order);
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
