package dev.namaskar.kernels;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory for what a product makes on its way. Products that run one after the other share it, so that it is as large as the
 * largest of them needs, however many shapes the batches of a run have.
 */
final class OneDnnRoom {
    private NativeMirror mirror = new NativeMirror(0);
    private FloatPointer values = new FloatPointer(mirror.twin());

    /** Room for so many bytes; what stood there is lost. */
    FloatPointer of(long bytes) {
        long size = (bytes + Float.BYTES - 1) / Float.BYTES;
        if (mirror.size() < size) {
            // Half as much again: what is left behind is not given back before the next collection.
            mirror = new NativeMirror(
                    Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(size, mirror.size() * 3L / 2))));
            values = new FloatPointer(mirror.twin());
        }
        return values;
    }
}
