package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.Range;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.GemmTrial;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Weights;
import dev.namaskar.kernels.Workers;
import dev.namaskar.train.run.StepTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** Rows of a window of steps, about. */
    private static final int WINDOW = 512;

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
        int rows = batch / threads;
        int window = Math.max(1, WINDOW / rows) * rows;
        GemmTrial trial = new GemmTrial(
                new GemmTrial.Size(rows, hidden, hidden, 1),
                new GemmTrial.Size(window, hidden, hidden, 1),
                new GemmTrial.Size(hidden, window, hidden, 1),
                threads);
        long from = System.nanoTime();
        String used = trial.choose().toString();
        double trialMilliseconds = (System.nanoTime() - from) * 1e-6;
        List<Rates> rates = new ArrayList<>();
        for (GemmLibrary library : GemmLibrary.available()) {
            rates.add(new Rates(
                    library.key(),
                    rate(library, threads, rows, hidden, false),
                    rate(library, threads, window, hidden, false),
                    rate(library, threads, window, hidden, true),
                    rate(library, threads, LARGE, LARGE, false)));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("threads", threads);
        result.put("hidden", hidden);
        result.put("batch", batch);
        result.put("used", used);
        result.put("trial_ms", trialMilliseconds);
        result.put("libraries", rates.stream().map(Rates::toMap).toList());
        print(result, words(used, trialMilliseconds, rates, threads, rows, window));
        return 0;
    }

    /** GFLOP/s of all threads together. */
    private record Rates(String library, double step, double window, double gradient, double peak) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("library", library);
            map.put("step_gflops", step);
            map.put("window_gflops", window);
            map.put("gradient_gflops", gradient);
            map.put("peak_gflops", peak);
            return map;
        }
    }

    private static StringBuilder words(
            String used, double trialMilliseconds, List<Rates> rates, int threads, int rows, int window) {
        StringBuilder words = new StringBuilder(String.format(
                "GFLOP/s of %d threads together; a step has %d rows, a window %d%n%-16s %8s %8s %8s %12s%n",
                threads, rows, window, "library", "step", "window", "gradient", LARGE + " cubed"));
        for (Rates row : rates) {
            words.append(String.format(
                    "%-16s %8.0f %8.0f %8.0f %12.0f%n", row.library, row.step, row.window, row.gradient, row.peak));
        }
        return words.append(String.format(
                "in use: %s, by a trial of %.0f ms (-D%s=... in JAVA_OPTS takes another)",
                used, trialMilliseconds, GemmLibrary.PROPERTY));
    }

    /**
     * GFLOP/s of all threads together, each at {@code [rows,size] x [size,size]} of its own or, for a gradient, at
     * {@code [rows,size]' x [rows,size]}.
     */
    private double rate(GemmLibrary library, int threads, int rows, int size, boolean gradient) {
        double seconds = seconds();
        double[] nanoseconds = new double[threads];
        try (Workers workers = new Workers(threads)) {
            workers.run(
                    worker -> nanoseconds[worker] = new Product(library.open(), rows, size, gradient).time(seconds));
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
        private final int size;
        private final boolean gradient;
        private final Weights weights;
        private final Mirror a;
        private final Mirror c;

        Product(Gemm gemm, int rows, int size, boolean gradient) {
            this.gemm = gemm;
            this.rows = rows;
            this.size = size;
            this.gradient = gradient;
            float[] matrix = new float[Math.multiplyExact(size, size)];
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = (float) Math.sin(i) / size;
            }
            weights = gemm.weights(size, size);
            weights.load(matrix, 0);
            a = gemm.mirror(Math.multiplyExact(rows, size));
            a.write(matrix, 0, 0, Math.min(matrix.length, a.size()));
            c = gemm.mirror(Math.max(rows, size) * size);
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
                if (gradient) {
                    gemm.multiplyTransposed(size, size, rows, a, 0, a, 0, 1, c, 0);
                } else {
                    gemm.multiply(rows, a, 0, weights, 1, c, 0);
                }
                times.add(System.nanoTime() - from);
            } while (System.nanoTime() < end);
        }
    }
}
