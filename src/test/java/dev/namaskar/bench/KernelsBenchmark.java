package dev.namaskar.bench;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Reductions;
import dev.namaskar.kernels.Weights;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels that a step spends its time in: {@code mvn test-compile exec:exec -Pjmh -Djmh=KernelsBenchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelsBenchmark {
    private static final int BATCH = 64;

    /** Units, H: products are {@code [64,H] x [H,H]}, loops over {@code 64 H} values. */
    @Param({"128", "256", "512"})
    public int hidden;

    private final float[] scratch = new float[BATCH * 512];
    private float[] x = new float[0];
    private float[] y = new float[0];
    private Products products = new Products(GemmLibrary.JAVA, 1);

    /** Numbers between -1 and 1, where tanh is no constant. */
    @Setup
    public void fill() {
        x = new float[BATCH * hidden];
        y = new float[BATCH * hidden];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        products = new Products(GemmLibrary.best(), hidden);
    }

    /** {@code y = tanh x}. */
    @Benchmark
    public float[] tanh() {
        Elementary.tanh(x, y, x.length);
        return y;
    }

    /** What the kernel is worth: the same by the class library, a value at a time. */
    @Benchmark
    public float[] tanhByMath() {
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) Math.tanh(x[i]);
        }
        return y;
    }

    /** {@code e^x} of a copy, as softmax takes it. */
    @Benchmark
    public float[] expOfNegative() {
        System.arraycopy(x, 0, y, 0, x.length);
        Elementary.expOfNegative(y, scratch, y.length);
        return y;
    }

    /** The norm that clipping wants. */
    @Benchmark
    public double sumOfSquares() {
        return Reductions.sumOfSquares(x, 0, x.length);
    }

    /** One step's hidden product with the library that training takes. */
    @Benchmark
    public Object product() {
        return products.multiply();
    }

    private static final class Products {
        private final Gemm gemm;
        private final Weights weights;
        private final Mirror a;
        private final Mirror c;

        Products(GemmLibrary library, int hidden) {
            gemm = library.open();
            float[] filled = new float[hidden * hidden];
            Arrays.fill(filled, 0.01f);
            weights = gemm.weights(hidden, hidden);
            weights.load(filled, 0);
            a = gemm.mirror(Arrays.copyOf(filled, BATCH * hidden));
            a.push(0, BATCH * hidden);
            c = gemm.mirror(new float[BATCH * hidden]);
        }

        Mirror multiply() {
            gemm.multiply(BATCH, a, 0, weights, 0, c, 0);
            return c;
        }
    }
}
