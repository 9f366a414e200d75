package dev.namaskar.series.network;

import dev.namaskar.params.SplitMix64;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of training windows: a series at random, an origin of it at random. Batch number n is a function of n and
 * the seed alone, and windows are made when they are needed: memory does not grow with their number.
 */
public final class WindowSource implements BatchSource {
    private static final long STREAM = 0x9e3779b97f4a7c15L;

    private final ForecastSpec spec;
    private final Window window;
    private final List<Series> series = new ArrayList<>();
    private final int rows;
    private final long seed;
    private long windows;

    /**
     * All windows of all histories, to their very ends; histories without any are left out.
     *
     * @param rows windows in a batch
     */
    public WindowSource(ForecastSpec spec, Window window, List<Series> histories, int rows, long seed) {
        this.spec = spec;
        this.window = window;
        this.rows = rows;
        this.seed = seed;
        for (Series one : histories) {
            int origins = origins(one, spec);
            if (origins > 0) {
                series.add(one);
                windows += origins;
            }
        }
    }

    /** Windows of one series: origins with enough before them to read and behind them to learn. */
    public static int origins(Series one, ForecastSpec spec) {
        return Math.max(0, one.length() - spec.horizon() - spec.shortest() + 1);
    }

    /** Different windows that histories hold. */
    public static long windows(List<Series> histories, ForecastSpec spec) {
        return histories.stream().mapToLong(one -> origins(one, spec)).sum();
    }

    /** Number of different windows. */
    public long windows() {
        return windows;
    }

    /** Number of series that have any. */
    public int series() {
        return series.size();
    }

    @Override
    public BatchShape shape() {
        return window.shape();
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
            Series one = series.get(random.nextInt(series.size()));
            int origin = spec.shortest() + random.nextInt(origins(one, spec));
            Transform.Fitted fitted = window.write(one, origin, into, b);
            window.writeTargets(one, origin, fitted, into, b);
        }
    }
}
