package dev.namaskar.series;

import dev.namaskar.files.Json;
import dev.namaskar.net.Network;
import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.series.interval.CalibrationPlan;
import dev.namaskar.series.network.SeasonalHead;
import dev.namaskar.series.network.Window;
import dev.namaskar.series.network.WindowSource;
import dev.namaskar.series.table.Columns;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one network of a forecaster is trained on and how, so that parts of the series can be trained on elsewhere in the
 * same way.
 */
public final class NetworkRun {
    private final ForecastSpec spec;
    private final Columns columns;
    private final Known known;
    private final int batch;
    private final long seed;
    private final Network network;

    NetworkRun(ForecastSpec spec, Columns columns, Known known, int batch, long seed) {
        this.spec = spec;
        this.columns = columns;
        this.known = known;
        this.batch = batch;
        this.seed = seed;
        network = spec.network().build();
    }

    /** Everything as {@link #fromText} reads it. */
    private record Stored(
            ForecastSpecMap specification,
            double[] columnShift,
            double[] columnScale,
            @Nullable CalibrationPlan plan,
            int stretch,
            double fraction,
            int batch,
            long seed) {}

    /** Everything as JSON. */
    public String text() {
        return Json.write(ForecastSpecMap.CODEC.write(new Stored(
                ForecastSpecMap.of(spec),
                columns.shift(),
                columns.scale(),
                known.plan(),
                known.stretch(),
                known.fraction(),
                batch,
                seed)));
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IOException if it is something else
     */
    public static NetworkRun fromText(String text) throws IOException {
        Map<String, @Nullable Object> map = Json.readObject("network run", text);
        Stored stored = ForecastSpecMap.CODEC.read("network run", Stored.class, map);
        return new NetworkRun(
                stored.specification.spec(),
                new Columns(stored.columnShift, stored.columnScale),
                new Known(stored.plan, stored.stretch, stored.fraction),
                stored.batch,
                stored.seed);
    }

    /** The network without weights. */
    public Network network() {
        return network;
    }

    /**
     * Batches of windows of some series, of the part of them that is learnt from.
     *
     * @param part whole series
     * @param stream 0 for the windows that the run would draw by itself, others for others
     * @throws IllegalArgumentException if none of them is long enough
     */
    public BatchSource windows(List<Series> part, int stream) {
        List<Series> past = part.stream().map(series -> known.of(series, spec)).toList();
        long drawn = seed + stream * SplitMix64.GOLDEN_GAMMA;
        WindowSource source = new WindowSource(spec, new Window(spec, columns), past, batch, SplitMix64.mix(drawn));
        if (source.windows() == 0) {
            throw new IllegalArgumentException("none of " + part.size() + " series is long enough to train on: a window"
                    + " takes " + spec.shortest() + " values of history and " + spec.horizon() + " to forecast");
        }
        return source;
    }

    /** A trainer at step 0. */
    public Trainer trainer(Params params, BatchSource windows, Optimizer optimizer, TrainerSettings settings) {
        SeasonalHead head = SeasonalHead.of(spec);
        return new Trainer(network, params, optimizer, windows, () -> head.objective(spec.levels()), settings);
    }
}
