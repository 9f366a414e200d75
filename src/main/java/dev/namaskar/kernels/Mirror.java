package dev.namaskar.kernels;

/**
 * An array on the heap and, where a native library multiplies, its twin outside the heap.
 *
 * <p>Fused loops over {@code float[]} are vectorised by the JIT compiler, loops over native memory are not; native
 * matrix products want native memory. So values live on the heap and are copied in bulk where a product needs them
 * (less than 0.1 ns a float). With plain Java products both are the same array and nothing is copied.
 *
 * <p>Copies of ranges that do not overlap may run in several threads at once.
 */
public abstract sealed class Mirror permits HeapMirror, NativeMirror {
    /** Number of values. */
    public abstract int size();

    /** The values as Java sees them; a mirror made without an array gets one when it is first asked for. */
    public abstract float[] heap();

    /** Copies {@code count} values from the heap to the twin, so that a product can read them. */
    public abstract void push(int at, int count);

    /** Copies {@code count} values from the twin to the heap, so that Java can read a product. */
    public abstract void pull(int at, int count);

    /** Copies values from another array into the twin alone; what the heap holds there is then undefined. */
    public abstract void write(float[] from, int fromAt, int at, int count);

    /** Copies values from the twin into another array; the mirror's own array is left alone. */
    public abstract void read(int at, float[] to, int toAt, int count);
}
