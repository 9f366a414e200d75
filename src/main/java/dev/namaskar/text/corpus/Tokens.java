package dev.namaskar.text.corpus;

/**
 * A sequence of symbols or of their indices, in memory or on disk, read in spans: nothing that reads it knows which.
 * Reading changes nothing; any number of threads may read at once.
 */
public interface Tokens {
    /** Number of symbols. */
    long length();

    /**
     * Copies {@code n} symbols into an array.
     *
     * @param from position of the first, from 0
     * @param dst where they go (modified)
     * @param at index in {@code dst} of the first
     * @param n how many
     * @throws IndexOutOfBoundsException if the span passes the end of the sequence or of the array
     * @throws java.io.UncheckedIOException if the symbols stand on disk and cannot be read
     */
    void read(long from, int[] dst, int at, int n);

    /** The symbols {@code from .. to-1}, read through from this sequence. */
    default Tokens slice(long from, long to) {
        java.util.Objects.checkFromToIndex(from, to, length());
        Tokens whole = this;
        return new Tokens() {
            @Override
            public long length() {
                return to - from;
            }

            @Override
            public void read(long start, int[] dst, int at, int n) {
                java.util.Objects.checkFromIndexSize(start, n, length());
                whole.read(from + start, dst, at, n);
            }
        };
    }

    /** The symbols of an array, not copied. */
    static Tokens of(int... symbols) {
        return new Tokens() {
            @Override
            public long length() {
                return symbols.length;
            }

            @Override
            public void read(long from, int[] dst, int at, int n) {
                java.util.Objects.checkFromIndexSize(from, n, symbols.length);
                System.arraycopy(symbols, (int) from, dst, at, n);
            }
        };
    }
}
