package dev.namaskar.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The libraries that can multiply matrices, fastest first as measured at the shapes of recurrent networks. */
public enum GemmLibrary {
    /** MKL with packed weights, where the profile {@code mkl} has put it on the class path. */
    MKL {
        @Override
        public Gemm open() {
            return NativeGemms.mkl();
        }

        @Override
        boolean isAtItsBest() {
            return MklGemm.isAtItsBest();
        }
    },
    /** oneDNN's {@code dnnl_sgemm}: about twice OpenBLAS at 32x256x256. */
    ONEDNN {
        @Override
        public Gemm open() {
            return NativeGemms.oneDnn();
        }
    },
    /** oneDNN's matmul primitive over weights that are packed once per update. */
    ONEDNN_PACKED {
        @Override
        public Gemm open() {
            return NativeGemms.packed(ONEDNN_PACKED, false);
        }
    },
    /**
     * The same of numbers rounded to eight bits of precision (bfloat16), summed as floats: twice as fast where the
     * processor has instructions for it, never chosen unless asked for.
     */
    ONEDNN_BF16 {
        @Override
        public Gemm open() {
            return NativeGemms.packed(ONEDNN_BF16, true);
        }

        @Override
        public GemmLibrary precise() {
            return ONEDNN;
        }
    },
    /** OpenBLAS through {@code cblas_sgemm}. */
    OPENBLAS {
        @Override
        public Gemm open() {
            return NativeGemms.openBlas();
        }
    },
    /** Plain Java: no native code, for prediction, small networks, and machines without a native build. */
    JAVA {
        @Override
        public Gemm open() {
            return new JavaGemm();
        }
    };

    /** Measured: at [2,16] x [16,16] plain Java is as fast as oneDNN, at half of it faster by a fifth. */
    private static final long TINY = 512;

    /** System property that names the library to use, or the {@link GemmChoice}. */
    public static final String PROPERTY = "namaskar.gemm";

    /**
     * A new instance for one thread.
     *
     * @throws LinkageError if the native library is not there or does not run on this machine
     */
    public abstract Gemm open();

    /**
     * The library that {@value #PROPERTY} names, else the one that is fastest here for products of so many
     * multiplications at most: plain Java where the way out to a native library would cost more than the product.
     */
    public static GemmLibrary bestFor(long multiplications) {
        return multiplications <= TINY && GemmChoice.fixed() == null ? JAVA : best();
    }

    /** The library for products of whole floats: what a model is scored by, whatever it is trained with. */
    public GemmLibrary precise() {
        return this;
    }

    /** Whether the library makes use of what this processor has; asked after it could be opened. */
    boolean isAtItsBest() {
        return true;
    }

    boolean opens() {
        try {
            open();
            return true;
        } catch (LinkageError absent) {
            return false;
        }
    }

    /** The libraries for whole floats that are here and run on this machine, fastest first; loads them all. */
    public static List<GemmLibrary> available() {
        return Arrays.stream(values())
                .filter(library -> library.precise() == library && library.opens())
                .toList();
    }

    /** The library that {@value #PROPERTY} names, of several that for windows; else the one preferred here. */
    public static GemmLibrary best() {
        GemmChoice fixed = GemmChoice.fixed();
        return fixed != null ? fixed.window() : Fastest.LIBRARY;
    }

    /** The name by which it is chosen. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The library of this name, in any case of letters. */
    public static GemmLibrary named(String name) {
        for (GemmLibrary library : values()) {
            if (library.key().equalsIgnoreCase(name)) {
                return library;
            }
        }
        throw new IllegalArgumentException(
                "expected one of mkl, onednn, onednn-packed, onednn-bf16, openblas, java for the matrix library, found"
                        + " \""
                        + name.toLowerCase(Locale.ROOT) + "\"");
    }

    /** Found once, on first use: loading native code takes a while and may fail. */
    private static final class Fastest {
        static final GemmLibrary LIBRARY = find();

        private static GemmLibrary find() {
            for (GemmLibrary library : values()) {
                if (library.precise() == library && library.opens() && library.isAtItsBest()) {
                    return library;
                }
            }
            return JAVA;
        }
    }
}
