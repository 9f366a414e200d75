package dev.namaskar.kernels;

/** Products by several native libraries, each for what it does best. All of them read the same mirrors. */
final class MixedGemm extends Gemm {
    private final GemmChoice choice;
    private final NativeGemm step;
    private final NativeGemm window;
    private final NativeGemm gradient;

    MixedGemm(GemmChoice choice, NativeGemm step, NativeGemm window, NativeGemm gradient) {
        this.choice = choice;
        this.step = step;
        this.window = window;
        this.gradient = gradient;
    }

    @Override
    public GemmChoice choice() {
        return choice;
    }

    @Override
    public Mirror mirror(float[] heap) {
        return window.mirror(heap);
    }

    @Override
    public Mirror mirror(int size) {
        return window.mirror(size);
    }

    @Override
    public Weights weights(int rows, int columns) {
        return window.weights(rows, columns);
    }

    @Override
    public Weights stepWeights(int rows, int columns) {
        return step.weights(rows, columns);
    }

    @Override
    public void multiply(int m, Mirror a, int aAt, Weights w, float beta, Mirror c, int cAt) {
        (w.library() == step.library() ? step : window).multiply(m, a, aAt, w, beta, c, cAt);
    }

    @Override
    public void multiplyTransposed(
            int m, int n, int k, Mirror a, int aAt, Mirror b, int bAt, float beta, Mirror c, int cAt) {
        gradient.multiplyTransposed(m, n, k, a, aAt, b, bAt, beta, c, cAt);
    }
}
