package dev.namaskar.text.corpus;

import java.util.Arrays;
import java.util.Objects;

/** Some of the symbols of a sequence, as the spans of neighbours that stay: nothing is copied. */
final class KnownSpans implements Tokens {
    private final Tokens whole;
    /** Where each span starts in the whole. */
    private long[] starts = new long[16];
    /** How many symbols stay before each span. */
    private long[] before = new long[16];

    private int spans;
    private long length;
    private boolean inSpan;

    KnownSpans(Tokens whole) {
        this.whole = whole;
    }

    /** Says of the next position whether it stays. */
    void add(long position, boolean stays) {
        if (stays && !inSpan) {
            if (spans == starts.length) {
                starts = Arrays.copyOf(starts, spans * 2);
                before = Arrays.copyOf(before, spans * 2);
            }
            starts[spans] = position;
            before[spans++] = length;
        }
        if (stays) {
            length++;
        }
        inSpan = stays;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long from, int[] dst, int at, int n) {
        Objects.checkFromIndexSize(from, n, length);
        int found = Arrays.binarySearch(before, 0, spans, from);
        int span = found >= 0 ? found : -found - 2;
        for (int done = 0; done < n; span++) {
            long end = span + 1 < spans ? before[span + 1] : length;
            long position = from + done;
            int count = (int) Math.min(n - done, end - position);
            whole.read(starts[span] + position - before[span], dst, at + done, count);
            done += count;
        }
    }
}
