package dev.namaskar.series;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.Batch;
import dev.namaskar.train.BatchShape;
import dev.namaskar.train.BatchSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of training windows: a series at random, an origin of it at random. Batch number n is a function of n and
 * the seed alone, and windows are made when they are needed: memory does not grow with their number.
 */
final class WindowSource implements BatchSource {
    private static final long STREAM = 0x9e3779b97f4a7c15L;

    private final ForecastSpec spec;
    private final Window window;
    private final List<Series> series = new ArrayList<>();
    private final List<Integer> lastOrigins = new ArrayList<>();
    private final int rows;
    private final long seed;
    private long windows;

    /** @param rows windows in a batch */
    WindowSource(ForecastSpec spec, Window window, int rows, long seed) {
        this.spec = spec;
        this.window = window;
        this.rows = rows;
        this.seed = seed;
    }

    /** Adds a series' windows with origins up to the last one; a series without any is left out. */
    boolean add(Series one, int lastOrigin) {
        if (lastOrigin < spec.shortest()) {
            return false;
        }
        series.add(one);
        lastOrigins.add(lastOrigin);
        windows += lastOrigin - spec.shortest() + 1;
        return true;
    }

    /** Number of different windows. */
    long windows() {
        return windows;
    }

    @Override
    public BatchShape shape() {
        return shape(spec);
    }

    static BatchShape shape(ForecastSpec spec) {
        return BatchShape.series(
                spec.steps(), spec.inputWidth(), spec.horizon(), spec.head().contextWidth());
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public long perEpoch() {
        return Math.max(1, (windows + rows - 1) / rows);
    }

    @Override
    public boolean startsFresh(long number) {
        return true;
    }

    @Override
    public void read(long number, Batch into) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed + (number + 1) * STREAM));
        for (int b = 0; b < rows; b++) {
            int i = random.nextInt(series.size());
            int origin = spec.shortest() + random.nextInt(lastOrigins.get(i) - spec.shortest() + 1);
            Transform.Fitted fitted = window.write(series.get(i), origin, into, b);
            window.writeTargets(series.get(i), origin, fitted, into, b);
        }
    }
}
