package dev.namaskar.kernels;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** What native products share: ranges checked before memory is touched, pointers made once, one core for each thread. */
abstract sealed class NativeGemm extends Gemm permits MklGemm, OneDnnGemm, OneDnnPackedGemm, OpenBlasGemm {
    private final View aView = new View();
    private final View bView = new View();
    private final View cView = new View();
    private final Room aRoom = new Room();
    private final Room bRoom = new Room();
    private @Nullable Thread limited;

    /** The library behind this instance. */
    abstract GemmLibrary library();

    @Override
    public final GemmChoice choice() {
        return GemmChoice.of(library());
    }

    @Override
    public final Mirror mirror(float[] heap) {
        return new NativeMirror(heap);
    }

    @Override
    public final Mirror mirror(int size) {
        return new NativeMirror(size);
    }

    @Override
    public Weights weights(int rows, int columns) {
        return new NativeWeights(library(), rows, columns);
    }

    @Override
    public final void multiply(int m, Mirror a, int aAt, Weights w, float beta, Mirror c, int cAt) {
        if (m == 0) {
            return;
        }
        checkRange("A", a, aAt, (long) m * w.rows());
        checkRange("C", c, cAt, (long) m * w.columns());
        keepToOneCore();
        product(m, aView.of(a, aAt), w, beta, cView.of(c, cAt));
    }

    @Override
    public final void multiplyTransposed(
            int m, int n, int k, Mirror a, int aAt, Mirror b, int bAt, float beta, Mirror c, int cAt) {
        checkRange("A", a, aAt, (long) k * m);
        checkRange("B", b, bAt, (long) k * n);
        checkRange("C", c, cAt, (long) m * n);
        if (k > 0) {
            keepToOneCore();
            int lda = isSpread(m, n) ? aRoom.spread(a, aAt, k, m) : m;
            int ldb = isSpread(n, m) ? bRoom.spread(b, bAt, k, n) : n;
            FloatPointer left = lda == m ? aView.of(a, aAt) : aView.of(aRoom.mirror(), 0);
            FloatPointer right = ldb == n ? bView.of(b, bAt) : bView.of(bRoom.mirror(), 0);
            sgemm(true, m, n, k, left, lda, right, ldb, beta, cView.of(c, cAt));
        } else if (beta == 0) {
            // oneDNN takes a product over nothing for nothing to do, and leaves what stood there
            c.write(new float[m * n], 0, cAt, m * n);
        }
    }

    /** A product past the end of its memory would not fail but destroy something else. */
    private static void checkRange(String matrix, Mirror mirror, int at, long size) {
        if (at < 0 || at + size > mirror.size()) {
            throw new IndexOutOfBoundsException("expected matrix " + matrix + " within " + mirror.size()
                    + " values, found " + at + " .. " + (at + size));
        }
    }

    private void keepToOneCore() {
        if (limited != Thread.currentThread()) {
            limitToOneCore();
            limited = Thread.currentThread();
        }
    }

    /** Keeps the library from starting threads of its own for calls from this thread. */
    abstract void limitToOneCore();

    /** {@code C = A W + beta C}, A with {@code m} rows; libraries that pack weights have a way of their own. */
    void product(int m, FloatPointer a, Weights w, float beta, FloatPointer c) {
        NativeWeights weights = (NativeWeights) w;
        sgemm(false, m, w.columns(), w.rows(), a, w.rows(), weights.values(), weights.stride(), beta, c);
    }

    /** Whether a gradient's matrix, of this many columns beside that many of the other, had better be spread. */
    boolean isSpread(int columns, int others) {
        return false;
    }

    /** {@code C [m,n] = op(A) B [k,n] + beta C}, row-major, rows of A and B being {@code lda} and {@code ldb} apart. */
    abstract void sgemm(
            boolean transposeA,
            int m,
            int n,
            int k,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float beta,
            FloatPointer c);

    /** A matrix copied so that its rows stand {@linkplain NativeMirror#apart apart}. */
    private static final class Room {
        private final NativeRoom room = new NativeRoom();

        NativeMirror mirror() {
            return room.mirror(0);
        }

        /** Takes over rows; returns how far apart they then are. */
        int spread(Mirror from, int at, int rows, int columns) {
            int stride = NativeMirror.apart(columns);
            NativeMirror mirror = room.mirror((long) rows * stride);
            for (int i = 0; i < rows; i++) {
                mirror.copy((NativeMirror) from, at + i * columns, i * stride, columns);
            }
            return stride;
        }
    }

    /** A pointer that is moved instead of made anew, so that a product allocates nothing. */
    private static final class View extends FloatPointer {
        View of(Mirror mirror, int at) {
            address = ((NativeMirror) mirror).address() + (long) at * Float.BYTES;
            return this;
        }
    }
}
