package dev.namaskar.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** A heap array with a twin in native memory, aligned to a cache line. */
final class NativeMirror extends Mirror {
    private static final int CACHE_LINE = 64;

    private final FloatBuffer twin;
    private final long address;

    NativeMirror(float[] heap) {
        super(heap);
        long bytes = (long) heap.length * Float.BYTES;
        long lines = (bytes + CACHE_LINE - 1) / CACHE_LINE + 1;
        ByteBuffer room = ByteBuffer.allocateDirect(Math.toIntExact(lines * CACHE_LINE));
        twin = room.alignedSlice(CACHE_LINE).order(ByteOrder.nativeOrder()).asFloatBuffer();
        address = new FloatPointer(twin).address();
    }

    /** Where the twin begins; valid while this object lives. */
    long address() {
        return address;
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
}
