package dev.namaskar.kernels;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * oneDNN's product of {@code [m,rows]} with packed weights {@code [rows,columns]}, compiled for just these sizes. Used by
 * one thread at a time.
 */
final class OneDnnMatmul {
    private static final int ARGUMENTS = 4;

    final int m;
    final int rows;
    final int columns;
    final boolean adds;

    // Kept for as long as the raw handles below are in use: the bindings free what nobody holds any more.
    private final matmul primitive;
    private final stream queue;
    private final memory a;
    private final memory w;
    private final memory c;
    private final memory scratch;

    private final dnnl_primitive handle;
    private final dnnl_stream queueHandle;
    private final dnnl_memory aHandle;
    private final dnnl_memory wHandle;
    private final dnnl_memory cHandle;
    private final dnnl_exec_arg_t arguments;

    OneDnnMatmul(int m, OneDnnWeights weights, boolean adds) {
        this.m = m;
        this.adds = adds;
        rows = weights.rows();
        columns = weights.columns();
        engine cpu = OneDnnWeights.CPU;
        matmul.primitive_desc description = describe(m, rows, columns, weights.layout(), adds);
        primitive = new matmul(description);
        queue = new stream(cpu);
        a = new memory(description.src_desc(), cpu, new FloatPointer());
        w = new memory(description.weights_desc(), cpu, new FloatPointer());
        c = new memory(description.dst_desc(), cpu, new FloatPointer());
        scratch = new memory(description.scratchpad_desc(), cpu);
        handle = primitive.get();
        queueHandle = queue.get();
        aHandle = a.get();
        wHandle = w.get();
        cHandle = c.get();
        arguments = new dnnl_exec_arg_t(ARGUMENTS);
        argument(0, DNNL_ARG_SRC, aHandle);
        argument(1, DNNL_ARG_WEIGHTS, wHandle);
        argument(2, DNNL_ARG_DST, cHandle);
        argument(3, DNNL_ARG_SCRATCHPAD, scratch.get());
        arguments.position(0);
    }

    private void argument(int place, int role, dnnl_memory of) {
        arguments.position(place);
        arguments.arg(role).memory(of);
    }

    /** How oneDNN would do a product of these sizes, with weights in this layout or, where it is open, in the best one. */
    static matmul.primitive_desc describe(int m, int rows, int columns, memory.desc layout, boolean adds) {
        try (primitive_attr settings = new primitive_attr()) {
            settings.set_scratchpad_mode(dnnl.scratchpad_mode.user);
            if (adds) {
                try (var after = new org.bytedeco.dnnl.post_ops()) {
                    after.append_sum();
                    settings.set_post_ops(after);
                }
            }
            memory.desc source = plain(m, rows);
            memory.desc target = plain(m, columns);
            return new matmul.primitive_desc(OneDnnWeights.CPU, source, layout, target, settings, false);
        }
    }

    /** A row-major matrix. */
    static memory.desc plain(int rows, int columns) {
        return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, memory.format_tag.ab);
    }

    boolean fits(int otherM, Weights weights, boolean otherAdds) {
        return m == otherM && rows == weights.rows() && columns == weights.columns() && adds == otherAdds;
    }

    /** {@code C = A W}, or {@code C = A W + C} if it {@link #adds}. */
    void run(FloatPointer from, OneDnnWeights weights, FloatPointer to) {
        dnnl_memory_set_data_handle(aHandle, from);
        dnnl_memory_set_data_handle(wHandle, weights.packed());
        dnnl_memory_set_data_handle(cHandle, to);
        int status = dnnl_primitive_execute(handle, queueHandle, ARGUMENTS, arguments);
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN failed at a product [" + m + "," + rows + "] x [" + rows + ","
                    + columns + "] with status " + status);
        }
    }
}
