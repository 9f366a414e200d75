package dev.namaskar.optim.search;

import dev.namaskar.params.SplitMix64;

/**
 * A search without gradients that asks and is told: it proposes points, somebody else evaluates them, on as many threads
 * as there are, and tells it the losses. It draws from one generator, in order, so that the same seed gives the same
 * search.
 */
public interface SearchStrategy {
    /** The next generation, each a point of the same length. Modified: the generator. */
    float[][] ask(SplitMix64 random);

    /**
     * Takes note of the last generation's losses.
     *
     * @param losses in the order of the points, to be made small; not-a-number is worse than all others
     */
    void tell(double[] losses);
}
