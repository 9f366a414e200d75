package dev.namaskar.decoding;

/**
 * Indices by falling score, of equals the smaller index first, one at a time: a binary heap, built in linear time, so
 * that taking k of n costs {@code n + k log n}, and one array serves for ever.
 */
public final class Descending {
    private int[] heap = new int[0];
    private int size;
    private float[] scores = new float[0];

    /** Starts over with these scores, which must stay as they are until the last is taken. */
    public void over(float[] newScores) {
        scores = newScores;
        size = newScores.length;
        if (heap.length != size) {
            heap = new int[size];
        }
        for (int i = 0; i < size; i++) {
            heap[i] = i;
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    /** Whether an index is left. */
    public boolean hasNext() {
        return size > 0;
    }

    /** Takes the index of the largest score left. */
    public int next() {
        int top = heap[0];
        heap[0] = heap[--size];
        sink(0);
        return top;
    }

    /** Sets the score of every index not taken to minus infinity. */
    void dropRest(float[] logits) {
        for (int i = 0; i < size; i++) {
            logits[heap[i]] = Float.NEGATIVE_INFINITY;
        }
    }

    private void sink(int from) {
        int at = from;
        int moving = heap[at];
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], moving)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moving;
    }

    private boolean before(int a, int b) {
        return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
    }
}
