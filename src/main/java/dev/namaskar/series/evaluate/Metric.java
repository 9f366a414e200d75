package dev.namaskar.series.evaluate;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A measure of forecasts: the mean over outcomes of a figure for each, finished by a last function (the root of RMSE).
 * Outcomes for which the figure does not exist (a scaled error of a series that repeats itself exactly) are left out.
 *
 * @param name the name in reports and JSON
 * @param each the figure of one outcome, or not a number
 * @param finish applied to the mean
 */
public record Metric(String name, ToDoubleFunction<Outcome> each, DoubleUnaryOperator finish) {
    /** A metric that is a plain mean. */
    public Metric(String name, ToDoubleFunction<Outcome> each) {
        this(name, each, DoubleUnaryOperator.identity());
    }

    /** The metric over outcomes; not a number when it exists for none. */
    public double of(List<Outcome> outcomes) {
        double sum = 0;
        int count = 0;
        for (Outcome outcome : outcomes) {
            double figure = each.applyAsDouble(outcome);
            if (!Double.isNaN(figure)) {
                sum += figure;
                count++;
            }
        }
        return count == 0 ? Double.NaN : finish.applyAsDouble(sum / count);
    }
}
