package dev.namaskar.kernels;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Native memory for what products make on their way. Those that run one after the other share it, so that it is as large as
 * the largest of them needs, however many shapes the batches of a run have.
 */
final class NativeRoom {
    /** Values of the largest mirror, whose bytes and the rest of a cache line are counted by an int. */
    private static final int MOST = (Integer.MAX_VALUE >> 2) - 64;

    private NativeMirror mirror = new NativeMirror(0);
    private FloatPointer pointer = new FloatPointer(mirror.twin());

    /** Room for so many values; what stood there may be lost. */
    NativeMirror mirror(long size) {
        if (mirror.size() < size) {
            // Half as much again: what is left behind is not given back before the next collection.
            mirror = new NativeMirror(Math.toIntExact(Math.max(size, Math.min(MOST, mirror.size() * 3L / 2))));
            pointer = new FloatPointer(mirror.twin());
        }
        return mirror;
    }

    /** The same in bytes, for a library. */
    FloatPointer pointer(long bytes) {
        mirror((bytes + Float.BYTES - 1) / Float.BYTES);
        return pointer;
    }
}
