package dev.namaskar.series.evaluate;

import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.interval.QuantileLine;
import dev.namaskar.series.table.StaticInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forecasts of series that have no value yet, by what static columns say of them: as those series go on that are most
 * alike, all of them together. With {@code a(i)} what the model reads of series i's static columns (1 for its category, a
 * number on the scale of all series), those are alike that are no further from the new one than the third nearest,
 * {@code |a(i) - a(new)|^2}, and the forecast is the even mixture of theirs: its quantiles are those of all their quantiles
 * together, so that the intervals hold how much the like differ from each other.
 */
public final class NewSeries {
    /** No less than so many series speak for a new one, if there are as many. */
    private static final int LEAST_ALIKE = 3;

    /** Each forecast's distribution is taken at so many evenly likely places. */
    private static final int PLACES = 199;

    private NewSeries() {}

    /**
     * Forecasts of the table's series that have not begun; none where the model reads no static column.
     *
     * @param forecasts of the table's other series, in their order, which end at one moment where the table has times
     */
    public static List<Forecast> forecasts(ForecastSpec spec, Table table, List<Forecast> forecasts) {
        List<StaticInput> inputs = spec.statics().stream()
                .filter(input -> !input.name().equals(StaticInput.SERIES))
                .toList();
        if (inputs.isEmpty() || table.beginning().isEmpty()) {
            return List.of();
        }
        List<Integer> places = speaking(table, forecasts);
        List<float[]> said =
                places.stream().map(i -> said(inputs, table.series().get(i))).toList();
        List<Forecast> all = new ArrayList<>();
        for (Series series : table.beginning()) {
            float[] own = said(inputs, series);
            double[] distances =
                    said.stream().mapToDouble(a -> distance(a, own)).toArray();
            double[] sorted = distances.clone();
            Arrays.sort(sorted);
            double reach = sorted[Math.min(LEAST_ALIKE, sorted.length) - 1];
            List<Forecast> alike = IntStream.range(0, distances.length)
                    .filter(i -> distances[i] <= reach)
                    .mapToObj(i -> forecasts.get(places.get(i)))
                    .toList();
            all.add(mixture(series, table, alike));
        }
        return all;
    }

    /** Where times mean the same moment in every series, the forecasts that begin at the last of them; else all. */
    private static List<Integer> speaking(Table table, List<Forecast> forecasts) {
        long last = forecasts.stream().mapToLong(f -> f.times()[0]).max().orElse(0);
        return IntStream.range(0, forecasts.size())
                .filter(i -> !table.timed() || forecasts.get(i).times()[0] == last)
                .boxed()
                .toList();
    }

    private static float[] said(List<StaticInput> inputs, Series series) {
        float[] all = new float[inputs.stream().mapToInt(StaticInput::width).sum()];
        int at = 0;
        for (StaticInput input : inputs) {
            input.write(series, all, at);
            at += input.width();
        }
        return all;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static Forecast mixture(Series series, Table table, List<Forecast> alike) {
        Forecast first = alike.get(0);
        int horizon = first.horizon();
        double[] levels = first.levels();
        long[] times = first.times().clone();
        if (!table.timed()) {
            Arrays.setAll(times, h -> h + 1L);
        }
        double[] point = new double[horizon];
        double[][] lower = new double[levels.length][horizon];
        double[][] upper = new double[levels.length][horizon];
        for (int h = 0; h < horizon; h++) {
            double[] values = values(alike, h);
            point[h] = quantile(values, 0.5);
            for (int l = 0; l < levels.length; l++) {
                lower[l][h] = quantile(values, (1 - levels[l]) / 2);
                upper[l][h] = quantile(values, (1 + levels[l]) / 2);
            }
        }
        return new Forecast(series.id(), first.frequency(), times, point, levels, lower, upper);
    }

    private static double[] values(List<Forecast> alike, int h) {
        double[] values = new double[alike.size() * PLACES];
        for (int i = 0; i < alike.size(); i++) {
            QuantileLine line = QuantileLine.of(alike.get(i), h);
            for (int q = 0; q < PLACES; q++) {
                values[i * PLACES + q] = line.quantile((q + 1) / (PLACES + 1.0));
            }
        }
        Arrays.sort(values);
        return values;
    }

    private static double quantile(double[] sorted, double p) {
        double place = Math.max(0, Math.min(sorted.length - 1, p * (sorted.length + 1) - 1));
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
