package dev.namaskar.exchange.onnx;

import dev.namaskar.series.interval.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** {@link Spread} of whole histories as nodes of a graph: numbers are {@code [batch, 1]}, steps {@code [batch, horizon]}. */
final class OnnxSpread {
    private final OnnxMath math;
    private final int season;
    private final int horizon;
    private final String unit;
    private final String step;
    private final String least;
    private final String most;
    private final String floor;
    private final String ceiling;

    /** Whether every value was positive. */
    private final String positive;

    /**
     * The spread of histories.
     *
     * @param history {@code [batch, time]}, more than two seasons of it
     */
    OnnxSpread(OnnxMath math, String history, int season, int horizon) {
        this.math = math;
        this.season = season;
        this.horizon = horizon;
        least = math.reduced("ReduceMin", history, 1);
        most = math.reduced("ReduceMax", history, 1);
        String zero = math.doubles(0);
        positive = math.node("Greater", List.of(least, zero));
        String range = math.subtract(most, least);
        String smallest = math.multiply(math.doubles(Spread.LEAST_UNIT), range);
        unit = math.larger(moved(history, season), smallest);
        step = math.larger(moved(history, 1), smallest);
        String grown = math.multiply(
                math.last(history, 1),
                math.node("Exp", List.of(math.multiply(growth(history), steps(h -> Spread.FASTER * (h + 1))))));
        String room = math.add(most, math.multiply(math.doubles(Spread.ROOM), range));
        String open = math.subtract(least, math.multiply(math.doubles(Spread.ROOM), range));
        String none = math.node("Equal", List.of(least, zero));
        floor = where(positive, math.larger(open, math.doubles(Double.MIN_NORMAL)), where(none, zero, open));
        ceiling = math.larger(room, where(positive, grown, most));
    }

    private String moved(String history, int lag) {
        String later = math.slice(history, 1, lag, Long.MAX_VALUE);
        String moves = math.subtract(later, math.slice(history, 1, 0, -lag));
        String latest = math.last(moves, Spread.recent(season));
        return math.multiply(math.doubles(Spread.NORMAL), math.mean(math.node("Abs", List.of(latest))));
    }

    private String where(String condition, String then, String otherwise) {
        return math.node("Where", List.of(condition, then, otherwise));
    }

    private String steps(IntToDoubleFunction of) {
        double[] values = new double[horizon];
        Arrays.setAll(values, of);
        return math.reshape(math.doubles(values), 1, horizon);
    }

    /** The logarithm's mean step in that half of the history where it is smaller; at least 0, and 0 where not positive. */
    private String growth(String history) {
        String logs = math.node("Log", List.of(math.larger(history, math.doubles(Double.MIN_NORMAL))));
        String time = math.slice(math.node("Shape", List.of(history)), 0, 1, 2);
        String end = math.subtract(time, math.longs(1));
        String middle = math.divide(end, math.longs(2));
        String first = math.slice(logs, 1, 0, 1);
        String half = math.gather(logs, middle);
        String last = math.last(logs, 1);
        String before = math.divide(math.subtract(half, first), math.toDouble(middle));
        String after = math.divide(math.subtract(last, half), math.toDouble(math.subtract(end, middle)));
        String slower = math.node("Min", List.of(before, after));
        return where(positive, math.larger(slower, math.doubles(0)), math.doubles(0));
    }

    /** {@link Spread#at}: {@code [batch, horizon]}. */
    String at() {
        String seasons = math.multiply(unit, steps(h -> Math.sqrt(h / season + 1)));
        return math.node("Min", List.of(seasons, math.multiply(step, steps(h -> Math.sqrt(h + 1)))));
    }

    /** {@link Spread#bounded} of values {@code [batch, horizon]}. */
    String bounded(String value) {
        String bend = where(positive, math.multiply(math.doubles(Spread.BEND), least), math.doubles(1));
        String curved = math.multiply(
                bend, math.node("Exp", List.of(math.subtract(math.divide(value, bend), math.doubles(1)))));
        String low = math.node("And", List.of(positive, math.node("Less", List.of(value, bend))));
        return clamped(where(low, curved, value));
    }

    /** The value, or floor or ceiling where it lies beyond. */
    String clamped(String value) {
        return math.larger(floor, math.node("Min", List.of(ceiling, value)));
    }
}
