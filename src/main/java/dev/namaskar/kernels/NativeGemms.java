package dev.namaskar.kernels;

/**
 * Opens native products. It stands apart from {@link GemmLibrary} so that a program without these classes, as the runtime
 * jar is, learns that they are absent when it asks, not when it starts.
 */
final class NativeGemms {
    private NativeGemms() {}

    static Gemm oneDnn() {
        return new OneDnnGemm();
    }

    static Gemm packed(GemmLibrary library, boolean bfloat16) {
        return new OneDnnPackedGemm(library, bfloat16);
    }

    static Gemm openBlas() {
        return new OpenBlasGemm();
    }

    static Gemm mkl() {
        return new MklGemm();
    }

    /** Of several libraries. */
    static Gemm mixed(GemmChoice choice) {
        return new MixedGemm(
                choice,
                (NativeGemm) choice.step().open(),
                (NativeGemm) choice.window().open(),
                (NativeGemm) choice.gradient().open());
    }
}
