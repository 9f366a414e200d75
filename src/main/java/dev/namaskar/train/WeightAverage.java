package dev.namaskar.train;

/** A mean of the weights that grows by one step at a time, each worker thread minding its own range. */
final class WeightAverage {
    private final double decay;
    private final float[] mean;
    private long count;
    private float weight;

    /** A mean of nothing yet. */
    WeightAverage(double decay, int size) {
        this.decay = decay;
        mean = new float[size];
    }

    /** Goes on from what a snapshot holds. */
    WeightAverage(Snapshot.Average stored) {
        decay = stored.decay();
        mean = stored.mean().clone();
        count = stored.count();
    }

    /** Before the weights of another step are added. */
    void advance() {
        count++;
        weight = (float) (decay == 0 ? 1.0 / count : (1 - decay) / (1 - StrictMath.pow(decay, (double) count)));
    }

    /** Adds these weights for {@code from <= i < to}. */
    void add(float[] params, int from, int to) {
        for (int i = from; i < to; i++) {
            mean[i] += weight * (params[i] - mean[i]);
        }
    }

    /** The live buffer. */
    float[] mean() {
        return mean;
    }

    /** Whether it is of something. */
    boolean isBegun() {
        return count > 0;
    }

    Snapshot.Average snapshot() {
        return new Snapshot.Average(decay, count, mean.clone());
    }
}
