package dev.namaskar.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why a forecast is what it is: {@code forecast = sum_k weight_k start_k + residual}, and what each input changes.
 *
 * @param series the series' name
 * @param starts what the forecast starts from
 * @param residual what the networks add to the mix of the starts at each step, in the table's units
 * @param inputs what the networks read beside the starts
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of results, never compared
public record Explanation(String series, List<Start> starts, double[] residual, List<Input> inputs) {
    /** Copies the lists. */
    public Explanation {
        starts = List.copyOf(starts);
        inputs = List.copyOf(inputs);
    }

    /**
     * One of the starts.
     *
     * @param name a local method, or a lag: {@code 12} for the value twelve steps before
     * @param values what it says of each step, in the table's units
     * @param weights how much it is trusted at each step, the mean over all networks; those of all starts add up to one
     */
    public record Start(String name, double[] values, double[] weights) {
        /** The mean trust over all steps. */
        public double weight() {
            return Arrays.stream(weights).average().orElse(0);
        }
    }

    /**
     * One of the inputs.
     *
     * @param name a column, a calendar feature, the holidays' region, or {@code past values}
     * @param change what the forecast of each step is less what it would be without this input, in the table's units:
     *     with a column at its mean, without a phase of the calendar, without any holiday, with past values of which the
     *     networks see nothing (starts do)
     */
    public record Input(String name, double[] change) {
        /** The mean change over all steps, without its sign. */
        public double size() {
            return Arrays.stream(change).map(Math::abs).average().orElse(0);
        }
    }

    /** Of the mean of two forecasts of the same steps. */
    Explanation mean(Explanation other) {
        double[] nothing = new double[residual.length];
        Map<String, Start> from = new LinkedHashMap<>();
        starts.forEach(s -> from.put(s.name, new Start(s.name, s.values, Forecast.mean(s.weights, nothing))));
        other.starts.forEach(s -> from.merge(
                s.name,
                new Start(s.name, s.values, Forecast.mean(s.weights, nothing)),
                (a, b) -> new Start(a.name, a.values, sum(a.weights, b.weights))));
        List<Input> read = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            read.add(new Input(input.name, Forecast.mean(input.change, other.inputs.get(i).change)));
        }
        return new Explanation(series, List.copyOf(from.values()), Forecast.mean(residual, other.residual), read);
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(series).append(':');
        for (Start start : starts) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  starts from %s: %.0f %% (%.0f to %.0f %% over the steps)",
                    start.name().matches("[0-9]+") ? "the value " + start.name() + " steps back" : start.name(),
                    100 * start.weight(),
                    100 * Arrays.stream(start.weights()).min().orElse(0),
                    100 * Arrays.stream(start.weights()).max().orElse(0)));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n  networks add %.4g (%.4g to %.4g)",
                Arrays.stream(residual).average().orElse(0),
                Arrays.stream(residual).min().orElse(0),
                Arrays.stream(residual).max().orElse(0)));
        for (Input input : inputs) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %s changes %.4g (%.4g to %.4g)",
                    input.name(),
                    input.size(),
                    Arrays.stream(input.change()).min().orElse(0),
                    Arrays.stream(input.change()).max().orElse(0)));
        }
        return text.toString();
    }
}
