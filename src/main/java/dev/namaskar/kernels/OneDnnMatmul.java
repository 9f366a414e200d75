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
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** oneDNN's product {@code [m,k] x [k,n]}, compiled for just these sizes. Used by one thread at a time. */
final class OneDnnMatmul {
    static final engine CPU = new engine(engine.kind.cpu, 0);

    private static final int ARGUMENTS = 4;

    /** What a product is compiled for. */
    record Sizes(int m, int k, int n, boolean adds, boolean gradient) {
        boolean are(int otherM, int otherK, int otherN, boolean otherAdds, boolean otherGradient) {
            return m == otherM && k == otherK && n == otherN && adds == otherAdds && gradient == otherGradient;
        }
    }

    private final Sizes sizes;

    // Kept for as long as the raw handles below are in use: the bindings free what nobody holds any more.
    private final matmul primitive;
    private final stream queue = new stream(CPU);
    private final Operand left;
    private final Operand right;
    private final memory result;
    private final memory scratch;
    private final long scratchBytes;

    private final dnnl_primitive handle;
    private final dnnl_stream queueHandle;
    private final dnnl_memory resultHandle;
    private final dnnl_memory scratchHandle;
    private final dnnl_exec_arg_t arguments;

    private OneDnnMatmul(Sizes sizes, matmul.primitive_desc description, Operand left, Operand right) {
        this.sizes = sizes;
        this.left = left;
        this.right = right;
        primitive = new matmul(description);
        result = new memory(description.dst_desc(), CPU, new FloatPointer());
        scratch = new memory(description.scratchpad_desc(), CPU, new FloatPointer());
        scratchBytes = description.scratchpad_desc().get_size();
        handle = primitive.get();
        queueHandle = queue.get();
        resultHandle = result.get();
        scratchHandle = scratch.get();
        arguments = new dnnl_exec_arg_t(ARGUMENTS);
        argument(0, DNNL_ARG_SRC, left.handle);
        argument(1, DNNL_ARG_WEIGHTS, right.handle);
        argument(2, DNNL_ARG_DST, resultHandle);
        argument(3, DNNL_ARG_SCRATCHPAD, scratchHandle);
        arguments.position(0);
    }

    private void argument(int place, int role, dnnl_memory of) {
        arguments.position(place);
        arguments.arg(role).memory(of);
    }

    /** {@code C = A W}, or {@code C = A W + C} if it adds, with weights that are packed already. */
    static OneDnnMatmul product(int m, OneDnnWeights weights, boolean adds) {
        int k = weights.rows();
        int n = weights.columns();
        memory.data_type type = weights.type();
        matmul.primitive_desc how =
                describe(matrix(m, k, type, memory.format_tag.ab), weights.layout(), matrix(m, n), adds);
        Operand a = type == memory.data_type.f32
                ? new Operand(how.src_desc(), null)
                : new Operand(how.src_desc(), matrix(m, k));
        return new OneDnnMatmul(new Sizes(m, k, n, adds, false), how, a, new Operand(how.weights_desc(), null));
    }

    /** {@code C = A' B}, or {@code C = A' B + C}, A being {@code [k,m]} and B {@code [k,n]}, both rounded to this type. */
    static OneDnnMatmul gradient(int m, int n, int k, boolean adds, memory.data_type type) {
        matmul.primitive_desc how = describe(
                matrix(m, k, type, memory.format_tag.ba),
                matrix(k, n, type, memory.format_tag.any),
                matrix(m, n),
                adds);
        Operand a = new Operand(how.src_desc(), matrix(m, k, memory.data_type.f32, memory.format_tag.ba));
        return new OneDnnMatmul(new Sizes(m, k, n, adds, true), how, a, new Operand(how.weights_desc(), matrix(k, n)));
    }

    /** How oneDNN would do it, with right-hand matrices in this layout or, where it is open, in the best one. */
    static matmul.primitive_desc describe(memory.desc a, memory.desc w, memory.desc c, boolean adds) {
        try (primitive_attr settings = new primitive_attr()) {
            settings.set_scratchpad_mode(dnnl.scratchpad_mode.user);
            if (adds) {
                try (post_ops after = new post_ops()) {
                    after.append_sum();
                    settings.set_post_ops(after);
                }
            }
            return new matmul.primitive_desc(CPU, a, w, c, settings, false);
        }
    }

    /** A row-major matrix of floats. */
    static memory.desc matrix(int rows, int columns) {
        return matrix(rows, columns, memory.data_type.f32, memory.format_tag.ab);
    }

    static memory.desc matrix(int rows, int columns, memory.data_type type, memory.format_tag order) {
        return new memory.desc(new long[] {rows, columns}, type, order);
    }

    Sizes sizes() {
        return sizes;
    }

    /** Rooms of one thread's products: for either side where it is converted, and for what oneDNN itself wants. */
    record Rooms(NativeRoom left, NativeRoom right, NativeRoom scratch) {
        Rooms() {
            this(new NativeRoom(), new NativeRoom(), new NativeRoom());
        }
    }

    void run(FloatPointer from, FloatPointer by, FloatPointer to, Rooms rooms) {
        left.take(from, queue, rooms.left());
        right.take(by, queue, rooms.right());
        dnnl_memory_set_data_handle(resultHandle, to);
        dnnl_memory_set_data_handle(scratchHandle, rooms.scratch().pointer(scratchBytes));
        int status = dnnl_primitive_execute(handle, queueHandle, ARGUMENTS, arguments);
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN failed at a product of " + sizes + " with status " + status);
        }
    }

    /** One side of a product: read where it stands, or converted to a type or an order of its own first. */
    private static final class Operand {
        private final memory own;
        private final @Nullable memory plain;
        private final @Nullable reorder conversion;
        private final dnnl_memory handle;
        private final long bytes;

        Operand(memory.desc wanted, memory.@Nullable desc found) {
            own = new memory(wanted, CPU, new FloatPointer());
            plain = found == null ? null : new memory(found, CPU, new FloatPointer());
            conversion = plain == null ? null : new reorder(plain, own);
            handle = own.get();
            bytes = wanted.get_size();
        }

        void take(FloatPointer values, stream queue, NativeRoom room) {
            if (conversion == null || plain == null) {
                dnnl_memory_set_data_handle(handle, values);
                return;
            }
            plain.set_data_handle(values);
            dnnl_memory_set_data_handle(handle, room.pointer(bytes));
            conversion.execute(queue, plain, own);
        }
    }
}
