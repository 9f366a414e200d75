package dev.namaskar.train;

/**
 * A share that an objective counts beside its loss.
 *
 * @param name in a log, {@code blank_share}
 * @param part how many
 * @param of out of how many
 */
public record Tally(String name, long part, long of) {
    /** The share; 0 of nothing. */
    public double share() {
        return of == 0 ? 0 : part / (double) of;
    }

    /** Both together. */
    Tally plus(Tally other) {
        return new Tally(name, part + other.part, of + other.of);
    }
}
