package dev.namaskar.series.network;

import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.table.Columns;
import dev.namaskar.series.table.StaticInput;
import dev.namaskar.series.transform.OutOfDomainException;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.series.transform.Transforms;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.Arrays;

/** Puts one window of a series into one row of a batch: what the network sees, and what its head needs to know. */
public final class Window {
    /** Added to the unit of spread, so that a window that repeats itself exactly still has one. */
    public static final double LEAST_UNIT = 1e-3;

    /** A quiet window does not make a quiet series: the unit is no less than this part of that of so many values before. */
    private static final double LEAST_PART = 0.25;

    private static final int UNIT_HISTORY = 400;

    private final ForecastSpec spec;
    private final Columns columns;
    private final Transform transform;
    private final int levelSpan;
    private final int unitLag;
    private final Starts starts;
    private final SeasonalHead head;
    private final int width;

    /** Of a forecaster of this kind, and the scales of its columns. */
    public Window(ForecastSpec spec, Columns columns) {
        this.spec = spec;
        this.columns = columns;
        transform = Transforms.named(spec.transform());
        starts = new Starts(spec);
        head = SeasonalHead.of(spec);
        width = InputBlock.width(spec);
        int[] lags = spec.lags();
        unitLag = !spec.methods().isEmpty() ? spec.season() : lags.length > 0 ? lags[0] : 1;
        levelSpan = Math.max(spec.season(), Arrays.stream(lags).max().orElse(1));
    }

    /** The shape of batches of such windows. */
    BatchShape shape() {
        return BatchShape.series(spec.steps(), width, spec.horizon(), head.contextWidth(), spec.isRagged());
    }

    /**
     * Checks that every window of a series has a place on the transform's scale.
     *
     * @throws IllegalArgumentException that names the first value that has none, and its time
     */
    public void check(Series series) {
        if (series.hasMissing() && !spec.missing()) {
            throw new IllegalArgumentException(
                    "series \"" + series.id() + "\": values are missing, which the forecaster"
                            + " was not made for; fill them in, or train on series with missing values");
        }
        try {
            transform.check(series.filled(spec.season()), 0, series.length(), Math.min(levelSpan, spec.context()));
        } catch (OutOfDomainException e) {
            throw e.in(series);
        }
    }

    /**
     * Writes the window that ends at the origin: {@code batch.values} and {@code batch.context} of row {@code b}. Where
     * the history is shorter than the context, the row has fewer steps.
     *
     * @return the transform fitted to the window
     * @throws IllegalArgumentException that names series and time, when a value is outside the transform's domain
     */
    Transform.Fitted write(Series series, int origin, Batch batch, int b) {
        int from = origin - spec.contextOf(origin);
        double[] values = series.filled(spec.season());
        Transform.Fitted fitted;
        try {
            fitted = transform.fit(values, from, origin, levelSpan);
        } catch (OutOfDomainException e) {
            throw e.in(series);
        }
        int steps = (origin - from) / spec.patch() + spec.futureSteps();
        for (int t = 0; t < steps; t++) {
            step(series, from + t * spec.patch(), origin, fitted, batch, (t * batch.rows() + b) * width);
        }
        if (spec.isRagged()) {
            batch.lengths[b] = steps;
        }
        context(series, values, from, origin, fitted, batch, b);
        return fitted;
    }

    /** Writes the step that begins at a value, at {@code at} and after it. */
    private void step(Series series, int begin, int origin, Transform.Fitted fitted, Batch batch, int at) {
        float[] x = batch.values;
        int patch = spec.patch();
        boolean past = begin < origin;
        Arrays.fill(x, at, at + width, 0);
        int next = at;
        if (past) {
            double sum = 0;
            int present = 0;
            for (int i = 0; i < patch; i++) {
                if (!series.isMissing(begin + i)) {
                    double z = fitted.input(begin + i);
                    x[next + i] = (float) z;
                    sum += z;
                    present++;
                } else {
                    x[next + patch + (patch > 1 ? 1 : 0) + i] = 1;
                }
            }
            if (patch > 1) {
                x[next + patch] = (float) (sum / Math.max(1, present));
            }
        }
        next += patch + (patch > 1 ? 1 : 0) + (spec.missing() ? patch : 0);
        int last = origin + spec.horizon();
        int known = spec.known().size();
        for (int k = 0; k < known; k++, next += patch) {
            for (int i = 0; i < patch && begin + i < last; i++) {
                x[next + i] = columns.scaled(k, series.known(k, begin + i));
            }
        }
        for (int o = 0; o < spec.observed().size(); o++, next += patch) {
            for (int i = 0; i < patch && past; i++) {
                x[next + i] = columns.scaled(known + o, series.observed(o, begin + i));
            }
        }
        for (Calendar calendar : spec.calendar()) {
            calendar.write(series.time(begin), x, next);
            next += 2;
        }
        if (spec.holidays() != null) {
            for (int i = 0; i < patch && begin + i < last; i++) {
                x[next + i] = spec.holidays().during(series.frequency(), series.time(begin + i));
            }
            next += patch;
        }
        for (StaticInput input : spec.statics()) {
            input.write(series, x, next);
            next += input.width();
        }
        if (spec.futureSteps() > 0) {
            x[next] = past ? 0 : 1;
        }
    }

    private void context(
            Series series, double[] values, int from, int origin, Transform.Fitted fitted, Batch batch, int b) {
        int at = b * head.contextWidth();
        for (double[] start : starts.of(values, origin)) {
            for (double value : start) {
                batch.context[at++] = (float) fitted.target(value);
            }
        }
        double unit = unit(series, values, from, origin, fitted);
        if (!spec.methods().isEmpty()) {
            double before = unit(series, values, Math.max(0, origin - UNIT_HISTORY), origin, fitted);
            unit = Math.max(unit, LEAST_PART * before);
        }
        batch.context[at++] = (float) unit;
        batch.context[at] = spec.objective() == ForecastSpec.PointLoss.SMAPE ? (float) fitted.target(0) : Float.NaN;
    }

    /** Mean absolute seasonal difference of some values before the origin, on the scale of the targets. */
    private double unit(Series series, double[] values, int from, int origin, Transform.Fitted fitted) {
        int lag = from + unitLag < origin ? unitLag : 1;
        double sum = 0;
        int present = origin - from - lag;
        for (int i = from + lag; i < origin; i++) {
            if (series.isMissing(i) || series.isMissing(i - lag)) {
                present--;
            } else {
                sum += Math.abs(fitted.target(values[i]) - fitted.target(values[i - lag]));
            }
        }
        return LEAST_UNIT + sum / Math.max(1, present);
    }

    /** What forecasts start from, {@code [K][H]}, in the table's units. */
    double[][] starts(Series series, int origin) {
        return starts.of(series.filled(spec.season()), origin);
    }

    /** Writes the values after the origin: {@code batch.targets} of row {@code b}; not-a-number where it is missing. */
    void writeTargets(Series series, int origin, Transform.Fitted fitted, Batch batch, int b) {
        for (int h = 0; h < spec.horizon(); h++) {
            batch.targets[b * spec.horizon() + h] =
                    series.isMissing(origin + h) ? Float.NaN : (float) fitted.target(series.value(origin + h));
        }
    }
}
