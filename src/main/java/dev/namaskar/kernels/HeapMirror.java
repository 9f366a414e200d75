package dev.namaskar.kernels;

/** An array that is its own twin: for products in plain Java. */
final class HeapMirror extends Mirror {
    HeapMirror(float[] heap) {
        super(heap);
    }

    @Override
    public void push(int at, int count) {}

    @Override
    public void pull(int at, int count) {}

    @Override
    public void write(float[] from, int fromAt, int at, int count) {
        System.arraycopy(from, fromAt, heap(), at, count);
    }
}
