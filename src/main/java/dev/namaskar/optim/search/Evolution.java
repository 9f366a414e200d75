package dev.namaskar.optim.search;

import dev.namaskar.kernels.Workers;
import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Makes a function of many numbers small without its gradient: the weights of a network by what it does. The points of a
 * generation are evaluated on worker threads; the same seed gives the same result, whatever their number.
 *
 * <pre>{@code
 * Evolution.Result found = new Evolution(new CmaEs(new float[network.params().size()], 0.5))
 *         .seed(1)
 *         .threads(2)
 *         .evaluations(20_000)
 *         .until(0.01)
 *         .minimize(() -> weights -> loss(weights));
 * }</pre>
 */
public final class Evolution {
    private final SearchStrategy strategy;
    private final List<Consumer<Generation>> listeners = new ArrayList<>();
    private long seed = 1;
    private int threads = 1;
    private long evaluations = 100_000;
    private double target = Double.NEGATIVE_INFINITY;

    /** A search by this strategy, which has not been used before: at most 100,000 evaluations on one thread. */
    public Evolution(SearchStrategy strategy) {
        this.strategy = strategy;
    }

    /**
     * How the search stands.
     *
     * @param number of the generation, from 1
     * @param evaluations so far
     * @param loss the lowest of this generation
     * @param best the lowest so far
     */
    public record Generation(int number, long evaluations, double loss, double best) {}

    /**
     * What was found.
     *
     * @param point where the loss was lowest
     * @param loss there
     * @param evaluations that were needed
     * @param generations that were needed
     * @param reached whether the loss that was asked for was reached
     */
    public record Result(float[] point, double loss, long evaluations, int generations, boolean reached) {}

    /** Draws by this seed. */
    public Evolution seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /** Evaluates on so many threads. */
    public Evolution threads(int count) {
        Settings.require(count >= 1, "threads", "1 or more", count);
        threads = count;
        return this;
    }

    /** Ends before more than so many evaluations. */
    public Evolution evaluations(long most) {
        Settings.require(most >= 1, "evaluations", "1 or more", (double) most);
        evaluations = most;
        return this;
    }

    /** Ends with the first generation that has a loss as low as this. */
    public Evolution until(double loss) {
        target = loss;
        return this;
    }

    /** Adds somebody who is told of every generation. */
    public Evolution listen(Consumer<Generation> listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Searches.
     *
     * @param objectives makes a function for each thread; a point that it is given is its own to change
     * @throws IllegalArgumentException if no point had a loss that is a number
     */
    public Result minimize(Supplier<? extends ToDoubleFunction<float[]>> objectives) {
        List<ToDoubleFunction<float[]>> functions = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            functions.add(objectives.get());
        }
        SplitMix64 random = new SplitMix64(seed);
        float[] point = new float[0];
        double best = Double.NaN;
        long done = 0;
        int number = 0;
        try (Workers workers = new Workers(threads)) {
            float[][] generation = strategy.ask(random);
            while (number == 0 || (done + generation.length <= evaluations && !(best <= target))) {
                double[] losses = evaluate(workers, functions, generation);
                int lowest = lowest(losses);
                if (point.length == 0 || losses[lowest] < best || Double.isNaN(best)) {
                    best = losses[lowest];
                    point = generation[lowest].clone();
                }
                done += generation.length;
                Generation told = new Generation(++number, done, losses[lowest], best);
                listeners.forEach(listener -> listener.accept(told));
                strategy.tell(losses);
                generation = strategy.ask(random);
            }
        }
        if (Double.isNaN(best)) {
            throw new IllegalArgumentException("expected a loss that is a number somewhere, found none at " + done
                    + " points; start elsewhere or spread less");
        }
        return new Result(point, best, done, number, best <= target);
    }

    private static double[] evaluate(Workers workers, List<ToDoubleFunction<float[]>> functions, float[][] generation) {
        double[] losses = new double[generation.length];
        AtomicInteger next = new AtomicInteger();
        workers.run(worker -> {
            for (int k = next.getAndIncrement(); k < losses.length; k = next.getAndIncrement()) {
                losses[k] = functions.get(worker).applyAsDouble(generation[k].clone());
            }
        });
        return losses;
    }

    private static int lowest(double[] losses) {
        int lowest = 0;
        for (int k = 1; k < losses.length; k++) {
            // compare puts not-a-number behind everything
            lowest = Double.compare(losses[k], losses[lowest]) < 0 ? k : lowest;
        }
        return lowest;
    }
}
