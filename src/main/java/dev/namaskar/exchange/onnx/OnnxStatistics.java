package dev.namaskar.exchange.onnx;

import dev.namaskar.series.transform.Statistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statistics of a window as nodes of a graph: vectors are {@code [batch, n]}, single numbers {@code [batch, 1]}. */
final class OnnxStatistics implements Statistics<String> {
    private final OnnxMath math;
    private final String values;
    private final String steps;
    private final int season;
    private final Map<String, Integer> lengths = new HashMap<>();

    /**
     * A window.
     *
     * @param values the window's values under the curve
     * @param steps from value to value; the values again where the transform is not one of steps
     * @param length number of either
     * @param season values of the last season, at most the length
     */
    OnnxStatistics(OnnxMath math, String values, String steps, int length, int season) {
        this.math = math;
        this.values = values;
        this.steps = steps;
        this.season = season;
        lengths.put(values, length);
        lengths.put(steps, length);
    }

    private int length(String x) {
        return lengths.getOrDefault(x, 1);
    }

    private String vector(String x, int length) {
        lengths.put(x, length);
        return x;
    }

    private String each(String result, String x, String y) {
        return vector(result, Math.max(length(x), length(y)));
    }

    @Override
    public String values() {
        return values;
    }

    @Override
    public String steps() {
        return steps;
    }

    @Override
    public String lastSeason() {
        return vector(math.last(values, season), season);
    }

    @Override
    public String last() {
        return math.last(values, 1);
    }

    @Override
    public String constant(double number) {
        return math.doubles(number);
    }

    @Override
    public String mean(String x) {
        return math.mean(x);
    }

    @Override
    public String deviation(String x) {
        return math.rootMeanSquare(math.subtract(x, math.mean(x)));
    }

    @Override
    public String rootMeanSquare(String x) {
        return math.rootMeanSquare(x);
    }

    @Override
    public String median(String x) {
        int n = length(x);
        int half = n / 2 + 1;
        return math.mean(math.slice(math.descending(x, half), 1, n % 2 == 1 ? half - 1 : half - 2, half));
    }

    @Override
    public String least(String x) {
        return math.reduced("ReduceMin", x, 1);
    }

    @Override
    public String largest(String x) {
        return math.reduced("ReduceMax", x, 1);
    }

    @Override
    public String absolute(String x) {
        return vector(math.node("Abs", List.of(x)), length(x));
    }

    @Override
    public String plus(String x, String y) {
        return each(math.add(x, y), x, y);
    }

    @Override
    public String minus(String x, String y) {
        return each(math.subtract(x, y), x, y);
    }

    @Override
    public String times(String x, String y) {
        return each(math.multiply(x, y), x, y);
    }

    @Override
    public String smaller(String x, String y) {
        return each(math.node("Min", List.of(x, y)), x, y);
    }

    @Override
    public String larger(String x, String y) {
        return each(math.larger(x, y), x, y);
    }

    @Override
    public String positiveOr(String x, String y) {
        return each(math.positiveOr(x, y), x, y);
    }
}
