package dev.namaskar.series.network;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.train.Objective;
import dev.namaskar.train.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The loss by which a network is measured while it is trained: the mean over windows whose targets all lie in the held-out
 * ends of the histories. It has a pass of its own and disturbs nothing.
 */
public final class SeriesValidation implements ToDoubleFunction<float[]> {
    private static final int MOST_WINDOWS = 1000;
    private static final int ROWS = 32;

    private final ForecastSpec spec;
    private final Network network;
    private final Window window;
    private final List<RawForecasts.At> windows = new ArrayList<>();
    private final Supplier<GemmLibrary> library;
    private @Nullable Pass pass;
    private @Nullable NetworkWeights weights;

    /**
     * Measures on the ends of histories.
     *
     * @param fraction of each history's values that is held out, at least a horizon
     * @param library whose products; asked when they are first wanted
     */
    public SeriesValidation(
            ForecastSpec spec,
            Network network,
            Window window,
            List<Series> histories,
            double fraction,
            Supplier<GemmLibrary> library) {
        this.spec = spec;
        this.network = network;
        this.window = window;
        this.library = library;
        long all = 0;
        for (Series series : histories) {
            all += origins(series, fraction);
        }
        long stride = Math.max(1, all / MOST_WINDOWS);
        long passed = 0;
        for (Series series : histories) {
            int last = series.length() - spec.horizon();
            for (int origin = last - origins(series, fraction) + 1; origin <= last; origin++) {
                if (passed++ % stride == 0) {
                    windows.add(new RawForecasts.At(series, origin));
                }
            }
        }
    }

    /** Held-out origins of a series: its targets begin behind what is trained on. */
    private int origins(Series series, double fraction) {
        int first = Math.max(spec.shortest(), kept(series.length(), spec, fraction));
        return Math.max(0, series.length() - spec.horizon() - first + 1);
    }

    /** How many of a series' first values are trained on. */
    public static int kept(int length, ForecastSpec spec, double fraction) {
        int heldOut = Math.max(spec.horizon(), (int) Math.round(fraction * length));
        return Math.max(0, length - heldOut);
    }

    /** Whether there is nothing to measure on. */
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    private Pass load(float[] params) {
        if (weights == null || pass == null) {
            GemmLibrary products = library.get();
            weights = network.weights(products);
            pass = new Pass(network, weights, products.open());
        }
        weights.load(params, false);
        return pass;
    }

    @Override
    public double applyAsDouble(float[] params) {
        Pass loaded = load(params);
        Objective objective = SeasonalHead.of(spec).objective(spec.levels());
        double sum = 0;
        for (int from = 0; from < windows.size(); from += ROWS) {
            List<RawForecasts.At> some = windows.subList(from, Math.min(windows.size(), from + ROWS));
            Batch batch = new Batch(window.shape(), some.size());
            for (int b = 0; b < some.size(); b++) {
                RawForecasts.At at = some.get(b);
                Transform.Fitted fitted = window.write(at.series(), at.origin(), batch, b);
                window.writeTargets(at.series(), at.origin(), fitted, batch, b);
            }
            Frames out = loaded.predict(batch.sequences(), network.zeroState(some.size()));
            sum += objective.compute(out, batch, 0);
        }
        return sum / windows.size();
    }
}
