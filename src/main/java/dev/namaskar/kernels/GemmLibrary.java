package dev.namaskar.kernels;

import java.util.Locale;

/** The libraries that can multiply matrices, fastest first as measured at the shapes of recurrent networks. */
public enum GemmLibrary {
    /** oneDNN's {@code dnnl_sgemm}: about twice OpenBLAS at 32x256x256. */
    ONEDNN {
        @Override
        public Gemm open() {
            return new OneDnnGemm();
        }
    },
    /** OpenBLAS through {@code cblas_sgemm}. */
    OPENBLAS {
        @Override
        public Gemm open() {
            return new OpenBlasGemm();
        }
    },
    /** Plain Java: no native code, for prediction, small networks, and machines without a native build. */
    JAVA {
        @Override
        public Gemm open() {
            return new JavaGemm();
        }
    };

    /** System property that names the library to use. */
    public static final String PROPERTY = "namaskar.gemm";

    /**
     * A new instance for one thread.
     *
     * @throws LinkageError if the native library is not there or does not run on this machine
     */
    public abstract Gemm open();

    /** The library that {@value #PROPERTY} names, else the fastest that loads here. */
    public static GemmLibrary best() {
        String wanted = System.getProperty(PROPERTY);
        if (wanted != null) {
            return named(wanted);
        }
        return Fastest.LIBRARY;
    }

    /** The library of this name, in any case of letters. */
    public static GemmLibrary named(String name) {
        for (GemmLibrary library : values()) {
            if (library.name().equalsIgnoreCase(name)) {
                return library;
            }
        }
        throw new IllegalArgumentException("expected one of onednn, openblas, java for the matrix library, found \""
                + name.toLowerCase(Locale.ROOT) + "\"");
    }

    /** Found once, on first use: loading native code takes a while and may fail. */
    private static final class Fastest {
        static final GemmLibrary LIBRARY = find();

        private static GemmLibrary find() {
            for (GemmLibrary library : values()) {
                try {
                    library.open();
                    return library;
                } catch (LinkageError absent) {
                    // the next one may have a build for this machine; the last needs none
                }
            }
            return JAVA;
        }
    }
}
