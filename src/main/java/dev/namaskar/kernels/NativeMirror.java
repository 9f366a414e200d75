package dev.namaskar.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** A heap array with a twin in native memory, aligned to a cache line. */
final class NativeMirror extends Mirror {
    private static final int CACHE_LINE = 64;

    private final FloatBuffer twin;
    private final long address;
    private float @Nullable [] heap;

    /** A mirror of this array. */
    NativeMirror(float[] heap) {
        this(heap.length);
        this.heap = heap;
    }

    /** A mirror whose array does not exist until somebody asks for it. */
    NativeMirror(int size) {
        long bytes = (long) size * Float.BYTES;
        long lines = (bytes + CACHE_LINE - 1) / CACHE_LINE + 1;
        ByteBuffer room = ByteBuffer.allocateDirect(Math.toIntExact(lines * CACHE_LINE));
        ByteBuffer aligned = room.alignedSlice(CACHE_LINE).order(ByteOrder.nativeOrder());
        twin = aligned.asFloatBuffer().slice(0, size);
        address = new FloatPointer(twin).address();
    }

    /** How far apart rows of so many values stand best: an odd number of cache lines. */
    static int apart(int columns) {
        int line = CACHE_LINE / Float.BYTES;
        return ((columns + line - 1) / line | 1) * line;
    }

    /** The values outside the heap. */
    FloatBuffer twin() {
        return twin;
    }

    /** Where the twin begins; valid while this object lives. */
    long address() {
        return address;
    }

    @Override
    public int size() {
        return twin.limit();
    }

    @Override
    public float[] heap() {
        if (heap == null) {
            heap = new float[size()];
        }
        return heap;
    }

    @Override
    public void push(int at, int count) {
        twin.put(at, heap(), at, count);
    }

    @Override
    public void pull(int at, int count) {
        twin.get(at, heap(), at, count);
    }

    @Override
    public void write(float[] from, int fromAt, int at, int count) {
        twin.put(at, from, fromAt, count);
    }

    /** Copies values from another mirror's twin into this one's. */
    void copy(NativeMirror from, int fromAt, int at, int count) {
        twin.put(at, from.twin, fromAt, count);
    }

    @Override
    public void read(int at, float[] to, int toAt, int count) {
        twin.get(at, to, toAt, count);
    }
}
