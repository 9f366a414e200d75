package dev.namaskar.kernels;

/**
 * A heap array and, where a native library multiplies, its twin outside the heap.
 *
 * <p>Fused loops over {@code float[]} are vectorised by the JIT compiler, loops over native memory are not; native
 * matrix products want native memory. So values live on the heap and are copied in bulk where a product needs them
 * (less than 0.1 ns a float). With plain Java products both are the same array and nothing is copied.
 *
 * <p>Copies of ranges that do not overlap may run in several threads at once.
 */
public abstract sealed class Mirror permits HeapMirror, NativeMirror {
    private final float[] heap;

    Mirror(float[] heap) {
        this.heap = heap;
    }

    /** The values as Java sees them. */
    public final float[] heap() {
        return heap;
    }

    /** Copies {@code count} values from the heap to the twin, so that a product can read them. */
    public abstract void push(int at, int count);

    /** Copies {@code count} values from the twin to the heap, so that Java can read a product. */
    public abstract void pull(int at, int count);

    /** Copies values from another array into the twin alone; what the heap holds there is then undefined. */
    public abstract void write(float[] from, int fromAt, int at, int count);
}
