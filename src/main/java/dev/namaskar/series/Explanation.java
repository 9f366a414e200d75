package dev.namaskar.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

    /** Of the mean of two forecasts of the same steps from the same columns: a start of both has the trust of both. */
    Explanation mean(Explanation other) {
        double[] none = new double[residual.length];
        List<Start> from = new ArrayList<>();
        List<Start> left = new ArrayList<>(other.starts);
        for (Start start : starts) {
            double[] weights = none;
            for (Start same : other.starts) {
                if (same.name.equals(start.name)) {
                    weights = same.weights;
                    left.remove(same);
                }
            }
            from.add(new Start(start.name, start.values, Forecast.mean(start.weights, weights)));
        }
        for (Start start : left) {
            from.add(new Start(start.name, start.values, Forecast.mean(start.weights, none)));
        }
        List<Input> read = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            read.add(new Input(inputs.get(i).name, Forecast.mean(inputs.get(i).change, other.inputs.get(i).change)));
        }
        return new Explanation(series, from, Forecast.mean(residual, other.residual), read);
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
        text.append(line("networks add", Arrays.stream(residual).average().orElse(0), residual));
        for (Input input : inputs) {
            text.append(line(input.name() + " changes", input.size(), input.change()));
        }
        return text.toString();
    }

    private static String line(String what, double mean, double[] steps) {
        return String.format(
                Locale.ROOT,
                "%n  %s %.4g (%.4g to %.4g)",
                what,
                mean,
                Arrays.stream(steps).min().orElse(0),
                Arrays.stream(steps).max().orElse(0));
    }
}
