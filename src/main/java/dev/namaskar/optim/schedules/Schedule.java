package dev.namaskar.optim.schedules;

/**
 * How the learning rate changes over a run, as a factor of the optimizer's own: {@code rate(k) = lr * factor(k)} with
 * {@code k = 0} for the first update. Schedules combine: {@link #times} multiplies two, {@link #then} plays one after
 * the other.
 *
 * <p>A schedule is immutable. The one kind that remembers something, {@link ReduceOnPlateau}, keeps it in a memory
 * that belongs to the {@link dev.namaskar.optim.OptimizerState} and travels with its checkpoint.
 */
public interface Schedule {
    /** The factor for update {@code step} (0 for the first); this schedule's memory starts at {@code memory[at]}. */
    double factor(long step, double[] memory, int at);

    /** The text from which {@link Schedules#named} makes this schedule again. */
    String spec();

    /** How many numbers this remembers. */
    default int memorySize() {
        return 0;
    }

    /** Fills a fresh memory. Modified: {@code memory[at ..]}. */
    default void init(double[] memory, int at) {}

    /** Whether this goes by validation losses, so that a run has to {@link #report} them. */
    default boolean listens() {
        return false;
    }

    /** Takes note of a validation loss. Modified: {@code memory[at ..]}. */
    default void report(double metric, double[] memory, int at) {}

    /** The factor with a fresh memory: for schedules that depend on nothing but the step. */
    default double factor(long step) {
        double[] memory = new double[memorySize()];
        init(memory, 0);
        return factor(step, memory, 0);
    }

    /** The product of both: {@code linearWarmup(100).times(cosine(2000, 0.1))}. */
    default Schedule times(Schedule other) {
        return new ScheduleProduct(this, other);
    }

    /** This one for {@code steps} updates, then {@code next}, whose own count starts at 0 there. */
    default Schedule then(int steps, Schedule next) {
        return new ScheduleSequence(this, steps, next);
    }
}
