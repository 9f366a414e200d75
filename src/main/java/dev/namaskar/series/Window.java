package dev.namaskar.series;

import dev.namaskar.train.Batch;
import java.util.Arrays;

/** Puts one window of a series into one row of a batch: what the network sees, and what its head needs to know. */
final class Window {
    /** Added to the unit of spread, so that a window that repeats itself exactly still has one. */
    private static final double LEAST_UNIT = 1e-3;

    private final ForecastSpec spec;
    private final Columns columns;
    private final Transform transform;

    Window(ForecastSpec spec, Columns columns) {
        this.spec = spec;
        this.columns = columns;
        this.transform = Transforms.named(spec.transform());
    }

    /**
     * Writes the window that ends at the origin: {@code batch.values} and {@code batch.context} of row {@code b}.
     *
     * @return the transform fitted to the window
     * @throws IllegalArgumentException that names the series, when a value is outside the transform's domain
     */
    Transform.Fitted write(Series series, int origin, Batch batch, int b) {
        double[] values = series.raw();
        int from = origin - spec.context();
        try {
            int levelSpan =
                    Math.max(spec.season(), Arrays.stream(spec.skips()).max().orElse(1));
            Transform.Fitted fitted = transform.fit(values, from, origin, levelSpan);
            for (int t = 0; t < spec.steps(); t++) {
                step(series, origin, fitted, batch, t, b);
            }
            context(values, origin, fitted, batch, b);
            return fitted;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("series \"" + series.id() + "\": " + e.getMessage(), e);
        }
    }

    private void step(Series series, int origin, Transform.Fitted fitted, Batch batch, int t, int b) {
        float[] x = batch.values;
        int patch = spec.patch();
        int width = spec.inputWidth();
        int at = (t * batch.rows() + b) * width;
        int begin = origin - spec.context() + t * patch;
        boolean past = t < spec.context() / patch;
        Arrays.fill(x, at, at + width, 0);
        int next = at;
        if (past) {
            double sum = 0;
            for (int i = 0; i < patch; i++) {
                double z = fitted.input(begin + i);
                x[next + i] = (float) z;
                sum += z;
            }
            if (patch > 1) {
                x[next + patch] = (float) (sum / patch);
            }
        }
        next += patch + (patch > 1 ? 1 : 0);
        int last = origin + spec.horizon();
        for (int k = 0; k < spec.known().size(); k++, next += patch) {
            for (int i = 0; i < patch && begin + i < last; i++) {
                x[next + i] = columns.scaled(k, series.known(k, begin + i));
            }
        }
        for (int o = 0; o < spec.observed().size(); o++, next += patch) {
            for (int i = 0; i < patch && past; i++) {
                x[next + i] = columns.scaled(spec.known().size() + o, series.observed(o, begin + i));
            }
        }
        for (Calendar calendar : spec.calendar()) {
            calendar.write(series.time(begin), x, next);
            next += 2;
        }
        if (spec.futureSteps() > 0) {
            x[next] = past ? 0 : 1;
        }
    }

    private void context(double[] values, int origin, Transform.Fitted fitted, Batch batch, int b) {
        SeasonalHead head = spec.head();
        int at = b * head.contextWidth();
        for (int lag : spec.skips()) {
            for (int h = 0; h < spec.horizon(); h++) {
                batch.context[at++] = (float) fitted.target(values[SeasonalNaive.lag(origin, h, lag)]);
            }
        }
        batch.context[at++] = (float) unit(values, origin, fitted);
        batch.context[at] = spec.objective() == ForecastSpec.PointLoss.SMAPE ? (float) fitted.target(0) : Float.NaN;
    }

    /** Mean absolute seasonal difference of the window, on the scale of the targets. */
    private double unit(double[] values, int origin, Transform.Fitted fitted) {
        int lag = spec.skips().length > 0 ? spec.skips()[0] : 1;
        int from = origin - spec.context() + lag;
        if (from >= origin) {
            lag = 1;
            from = origin - spec.context() + 1;
        }
        double sum = 0;
        for (int i = from; i < origin; i++) {
            sum += Math.abs(fitted.target(values[i]) - fitted.target(values[i - lag]));
        }
        return LEAST_UNIT + sum / Math.max(1, origin - from);
    }

    /** Writes what came after the origin: {@code batch.targets} of row {@code b}. */
    void writeTargets(Series series, int origin, Transform.Fitted fitted, Batch batch, int b) {
        for (int h = 0; h < spec.horizon(); h++) {
            batch.targets[b * spec.horizon() + h] = (float) fitted.target(series.value(origin + h));
        }
    }
}
