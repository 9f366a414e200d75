package dev.namaskar.params;

/**
 * The random generator of everything here: SplitMix64, whose whole state is one {@code long}, so that a checkpoint
 * holds it and a resumed run draws the same numbers.
 *
 * <p>{@code s += 0x9e3779b97f4a7c15; z = mix(s)} with the finalizer of Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators" (OOPSLA 2014). Not for cryptography. Not thread-safe.
 */
public final class SplitMix64 {
    /** The algorithm's name, as stored in checkpoints. */
    public static final String NAME = "SplitMix64";

    /** What the state grows by with every draw. */
    public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** A generator that starts from this seed (or goes on from an earlier {@link #state()}). */
    public SplitMix64(long seed) {
        state = seed;
    }

    /** A well-mixed function of a key: independent streams for a step, a layer, a row. */
    public static long mix(long key) {
        long z = key;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** All that is needed to go on from here. */
    public long state() {
        return state;
    }

    /** Uniform over all longs. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1), a multiple of 2^-24. */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in 0 .. bound-1 without bias (Lemire 2019, by rejection). */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("expected a positive bound, found " + bound);
        }
        while (true) {
            long product = (nextLong() >>> 32) * bound;
            long low = product & 0xffffffffL;
            if (low >= (0x100000000L - bound) % bound || low >= bound) {
                return (int) (product >>> 32);
            }
        }
    }

    /** Normal with mean 0 and variance 1 (Box and Muller 1958, the cosine branch, so that no value is kept back). */
    public double nextGaussian() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
    }
}
