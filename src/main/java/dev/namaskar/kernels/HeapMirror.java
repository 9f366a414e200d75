package dev.namaskar.kernels;

/** An array that is its own twin: for products in plain Java. */
final class HeapMirror extends Mirror {
    private final float[] heap;

    HeapMirror(float[] heap) {
        this.heap = heap;
    }

    @Override
    public int size() {
        return heap.length;
    }

    @Override
    public float[] heap() {
        return heap;
    }

    @Override
    public void push(int at, int count) {}

    @Override
    public void pull(int at, int count) {}

    @Override
    public void write(float[] from, int fromAt, int at, int count) {
        System.arraycopy(from, fromAt, heap, at, count);
    }

    @Override
    public void read(int at, float[] to, int toAt, int count) {
        System.arraycopy(heap, at, to, toAt, count);
    }
}
