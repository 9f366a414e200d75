package dev.namaskar.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chooses the libraries for a run's matrix products by timing its largest ones, each on all of the run's threads at once.
 *
 * <p>What is timed comes out a little different each time, and choices that change from run to run would change the bits
 * of the results. So libraries stand in a fixed order of preference, and one takes another's place only where it is
 * faster by a clear margin; products so small that the choice saves nothing are not timed at all. Within a process, the
 * same sizes get the same choice.
 *
 * @param step the largest product of one step
 * @param window the largest one over a window of steps
 * @param gradient the largest gradient of weights
 * @param threads at work at once
 */
public record GemmTrial(Size step, Size window, Size gradient, int threads) {
    /** Measured: with 0.15 the same run changed its library, and so its bits, from time to time, and was no faster. */
    static final double MARGIN = 0.3;

    /** Smaller products differ by a few hundredths of a step, and not always in the same direction. */
    private static final long WORTH_TIMING = 1L << 20;
    /** Time for each of the three kinds of product, after what loading the libraries takes. */
    private static final long NANOSECONDS = 12_000_000;

    private static final int LEAST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 40;
    /** Products that take longer than some milliseconds are timed with fewer rows. */
    private static final long MOST_MULTIPLICATIONS = 1L << 25;

    private static final int LEAST_ROWS = 64;
    private static final long MOST_WEIGHTS = 1L << 20;
    private static final Map<GemmTrial, GemmChoice> CHOSEN = new ConcurrentHashMap<>();

    /**
     * A product's size: {@code [m,k] x [k,n]}.
     *
     * @param matrices right-hand matrices of this size that take turns, as the gates of a cell do
     */
    public record Size(int m, int k, int n, int matrices) {
        /** No product at all. */
        public static final Size NONE = new Size(0, 0, 0, 0);

        long multiplications() {
            return (long) m * k * n;
        }

        /** The same for a thread's cache: of several matrices as many as the gates of a large layer. */
        Size inTurns() {
            return new Size(m, k, n, (int) Math.min(matrices, Math.max(1, MOST_WEIGHTS / ((long) k * n))));
        }

        Size cut() {
            long row = (long) k * n;
            return new Size((int) Math.max(Math.min(m, LEAST_ROWS), Math.min(m, MOST_MULTIPLICATIONS / row)), k, n, 1);
        }

        Size cutInside() {
            long layer = (long) m * n;
            return new Size(
                    m, (int) Math.max(Math.min(k, LEAST_ROWS), Math.min(k, MOST_MULTIPLICATIONS / layer)), n, 1);
        }
    }

    /**
     * The choice for this run: one library by {@linkplain GemmLibrary#bestFor size} or by the property {@value
     * GemmLibrary#PROPERTY}, else the winners of the trial.
     */
    public GemmChoice choose() {
        GemmChoice fixed = GemmChoice.fixed();
        if (fixed != null) {
            return fixed;
        }
        GemmLibrary usual = GemmLibrary.bestFor(ofOneStep());
        return usual == GemmLibrary.JAVA || ofOneStep() < WORTH_TIMING
                ? GemmChoice.of(usual)
                : CHOSEN.computeIfAbsent(this, GemmTrial::measure);
    }

    /** Multiplications of the largest product over the rows of one step. */
    private long ofOneStep() {
        return Math.max(step.multiplications(), (long) step.m * window.k * window.n);
    }

    /** Lets this choice stand for all runs of these sizes in this process: that of a run that is taken up again. */
    public void remember(GemmChoice choice) {
        CHOSEN.put(this, choice);
    }

    private static GemmChoice measure(GemmTrial trial) {
        List<GemmLibrary> candidates = new ArrayList<>(GemmLibrary.available());
        candidates.remove(GemmLibrary.JAVA); // ten times slower at these sizes, and slower still before it is compiled
        List<GemmLibrary> ofGradients = new ArrayList<>(candidates);
        if (candidates.contains(GemmLibrary.ONEDNN)) {
            ofGradients.remove(GemmLibrary.ONEDNN_PACKED); // the same code: there are no weights to pack
        }
        try (Workers workers = new Workers(trial.threads)) {
            return new GemmChoice(
                    fastest(candidates, workers, trial.step.inTurns(), false),
                    fastest(candidates, workers, trial.window.cut(), false),
                    fastest(ofGradients, workers, trial.gradient.cutInside(), true));
        }
    }

    private static GemmLibrary fastest(List<GemmLibrary> candidates, Workers workers, Size size, boolean transposed) {
        List<Entrant> entrants = new ArrayList<>();
        for (GemmLibrary library : candidates) {
            entrants.add(new Entrant(library, workers, size, transposed));
        }
        long end = System.nanoTime() + NANOSECONDS;
        for (int round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || System.nanoTime() < end); round++) {
            entrants.forEach(Entrant::run);
        }
        return winner(entrants.stream().map(Entrant::result).toList());
    }

    /** The threads' least times at a library's products, added up. */
    record Result(GemmLibrary library, double nanoseconds) {}

    /** The first of these, in their order of preference, that none after it beats clearly. */
    static GemmLibrary winner(List<Result> results) {
        Result best = results.get(0);
        for (Result other : results) {
            if (other.nanoseconds < best.nanoseconds * (1 - MARGIN)) {
                best = other;
            }
        }
        return best.library;
    }

    /** One library at work on all threads, each with matrices of its own but for the weights, as in a run. */
    private static final class Entrant {
        private final GemmLibrary library;
        private final Workers workers;
        private final Size size;
        private final boolean transposed;
        private final List<Gemm> gemms = new ArrayList<>();
        private final List<Weights> weights = new ArrayList<>();
        private final List<Mirror> left = new ArrayList<>();
        private final List<Mirror> result = new ArrayList<>();
        private final Mirror right;
        private final double[] least;

        Entrant(GemmLibrary library, Workers workers, Size size, boolean transposed) {
            this.library = library;
            this.workers = workers;
            this.size = size;
            this.transposed = transposed;
            least = new double[workers.count()];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            Gemm first = library.open();
            float[] values = new float[Math.max(size.k * size.n, size.m * size.k)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i % 1021 - 510) / 1024f;
            }
            right = first.mirror(transposed ? size.k * size.n : 0);
            right.write(values, 0, 0, right.size());
            for (int i = 0; i < size.matrices && !transposed; i++) {
                Weights matrix = first.weights(size.k, size.n);
                matrix.load(values, 0);
                weights.add(matrix);
            }
            for (int worker = 0; worker < workers.count(); worker++) {
                gemms.add(library.open());
                Mirror rows = first.mirror(size.m * size.k);
                rows.write(values, 0, 0, rows.size());
                left.add(rows);
                result.add(first.mirror(size.m * size.n));
            }
        }

        void run() {
            workers.run(worker -> {
                long from = System.nanoTime();
                multiply(worker);
                least[worker] = Math.min(least[worker], (double) (System.nanoTime() - from));
            });
        }

        private void multiply(int worker) {
            Gemm gemm = gemms.get(worker);
            if (transposed) {
                gemm.multiplyTransposed(
                        size.m, size.n, size.k, left.get(worker), 0, right, 0, 0, result.get(worker), 0);
                return;
            }
            for (Weights matrix : weights) {
                gemm.multiply(size.m, left.get(worker), 0, matrix, 0, result.get(worker), 0);
            }
        }

        Result result() {
            return new Result(library, Arrays.stream(least).sum());
        }
    }
}
