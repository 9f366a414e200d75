package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.Range;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Weights;
import dev.namaskar.kernels.Workers;
import dev.namaskar.train.StepTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench gemm}: the libraries that can multiply matrices here, their rates, and the one that is in use. */
@Command(
        description = "Time the matrix libraries that are here, and say which one is in use.",
        footer = {"", "Example: namaskar bench gemm --hidden 512 --batch 64 --threads 2"})
public final class BenchGemmCommand extends BenchCommand {
    /** The usual size at which a machine's rate is told: far beyond the caches. */
    private static final int LARGE = 2048;

    @Option(names = "--hidden", defaultValue = "256", description = "Hidden units (default ${DEFAULT-VALUE}).")
    private int hidden;

    @Mixin
    private final BenchThreads workers = new BenchThreads();

    /** A second for each product, of 64 rows. */
    public BenchGemmCommand() {
        super(1, 64);
    }

    @Override
    public Integer call() {
        Range range = range();
        range.atLeast("--hidden", 1, hidden);
        int threads = workers.count(range);
        int batch = batch(threads);
        String used = name(GemmLibrary.best());
        List<Rates> rates = new ArrayList<>();
        for (GemmLibrary library : GemmLibrary.available()) {
            rates.add(new Rates(
                    name(library),
                    rate(library, threads, batch / threads, hidden),
                    rate(library, threads, LARGE, LARGE)));
        }
        print(used, rates, threads, batch);
        return 0;
    }

    /** GFLOP/s of all threads together. */
    private record Rates(String library, double step, double peak) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("library", library);
            map.put("step_gflops", step);
            map.put("peak_gflops", peak);
            return map;
        }
    }

    private void print(String used, List<Rates> rates, int threads, int batch) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("threads", threads);
        result.put("hidden", hidden);
        result.put("batch", batch);
        result.put("used", used);
        result.put("libraries", rates.stream().map(Rates::toMap).toList());
        StringBuilder words = new StringBuilder(String.format(
                "GFLOP/s of %d threads together; a step's product is [%d,%d] x [%d,%d]%n%-10s %10s %12s%n",
                threads, batch / threads, hidden, hidden, hidden, "library", "a step's", LARGE + " cubed"));
        for (Rates row : rates) {
            words.append(String.format("%-10s %10.0f %12.0f%n", row.library, row.step, row.peak));
        }
        print(
                result,
                words.append("in use: " + used + " (-D" + GemmLibrary.PROPERTY + "=... in JAVA_OPTS takes another)"));
    }

    private static String name(GemmLibrary library) {
        return library.name().toLowerCase(Locale.ROOT);
    }

    /** GFLOP/s of all threads together, each at {@code [rows,size] x [size,size]} of its own. */
    private double rate(GemmLibrary library, int threads, int rows, int size) {
        double seconds = seconds();
        double[] nanoseconds = new double[threads];
        try (Workers workers = new Workers(threads)) {
            workers.run(worker -> nanoseconds[worker] = new Product(library.open(), rows, size).time(seconds));
        }
        double flops = 2.0 * rows * size * size;
        double sum = 0;
        for (double time : nanoseconds) {
            sum += flops / time;
        }
        return sum;
    }

    private static final class Product {
        private final Gemm gemm;
        private final int rows;
        private final Weights weights;
        private final Mirror a;
        private final Mirror c;

        Product(Gemm gemm, int rows, int size) {
            this.gemm = gemm;
            this.rows = rows;
            float[] matrix = new float[Math.multiplyExact(size, size)];
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = (float) Math.sin(i) / size;
            }
            weights = gemm.weights(size, size);
            weights.load(matrix, 0);
            a = gemm.mirror(Math.multiplyExact(rows, size));
            a.write(matrix, 0, 0, Math.min(matrix.length, a.size()));
            c = gemm.mirror(a.size());
        }

        /** Median time of one product in nanoseconds. */
        double time(double seconds) {
            run(seconds, new StepTimes());
            StepTimes times = new StepTimes();
            run(seconds, times);
            return times.median();
        }

        private void run(double seconds, StepTimes times) {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            do {
                long from = System.nanoTime();
                gemm.multiply(rows, a, 0, weights, 1, c, 0);
                times.add(System.nanoTime() - from);
            } while (System.nanoTime() < end);
        }
    }
}
