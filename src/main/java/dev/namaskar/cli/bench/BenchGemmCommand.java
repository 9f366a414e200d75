package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Json;
import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.GemmTrial;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.kernels.Weights;
import dev.namaskar.kernels.Workers;
import dev.namaskar.train.StepTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench gemm}: the libraries that can multiply matrices here, their rates, and the one that is in use. */
@Command(
        description = "Time the matrix libraries that are here, and say which one is in use.",
        footer = {"", "Example: namaskar bench gemm --hidden 512 --batch 64 --threads 2"})
public final class BenchGemmCommand implements Callable<Integer> {
    /** The usual size at which a machine's rate is told: far beyond the caches. */
    private static final int LARGE = 2048;
    /** Rows of a window of steps, about. */
    private static final int WINDOW = 512;

    @Option(names = "--hidden", defaultValue = "256", description = "Hidden units (default ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--batch", defaultValue = "64", description = "Sequences side by side (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--threads", defaultValue = "2", description = "Threads at work (default ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--seconds",
            defaultValue = "1",
            description = "How long to measure each product, after as long a warm-up (default ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        Range range = new Range(spec);
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--threads", 1, threads);
        range.atLeast("--batch", threads, batch);
        range.above("--seconds", 0, seconds);
        int rows = batch / threads;
        int window = Math.max(1, WINDOW / rows) * rows;
        GemmTrial.Size products = new GemmTrial.Size(rows, hidden, hidden, 1);
        GemmTrial trial = new GemmTrial(
                products,
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
                    rate(library, rows, hidden, false),
                    rate(library, window, hidden, false),
                    rate(library, window, hidden, true),
                    rate(library, LARGE, LARGE, false)));
        }
        print(used, trialMilliseconds, window, rates);
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

    private void print(String used, double trialMilliseconds, int window, List<Rates> rates) {
        var out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("threads", threads);
            result.put("hidden", hidden);
            result.put("batch", batch);
            result.put("used", used);
            result.put("trial_ms", trialMilliseconds);
            result.put("libraries", rates.stream().map(Rates::toMap).toList());
            out.println(Json.write(result));
            return;
        }
        out.printf(
                "GFLOP/s of %d threads together; a step has %d rows, a window %d, of %d units%n",
                threads, batch / threads, window, hidden);
        out.printf("%-16s %8s %8s %8s %12s%n", "library", "step", "window", "gradient", LARGE + " cubed");
        for (Rates row : rates) {
            out.printf("%-16s %8.0f %8.0f %8.0f %12.0f%n", row.library, row.step, row.window, row.gradient, row.peak);
        }
        out.printf(
                "in use: %s, by a trial of %.0f ms (--gemm of a training, or -D%s=... in JAVA_OPTS, takes another)%n",
                used, trialMilliseconds, GemmLibrary.PROPERTY);
    }

    /**
     * GFLOP/s of all threads together, each at {@code [rows,size] x [size,size]} of its own or, for a gradient, at
     * {@code [rows,size]' x [rows,size]}.
     */
    private double rate(GemmLibrary library, int rows, int size, boolean gradient) {
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
