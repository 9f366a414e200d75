package dev.namaskar.series.transform;

/**
 * Arithmetic on one window of a series: what shift and scale of a transform are written in.
 *
 * <p>An operand is a vector of the window's values or a single number, which stands for a vector of any length. Missing
 * values (not a number) are left out of every statistic.
 *
 * @param <V> numbers, or names of nodes in a graph
 */
public interface Statistics<V> {
    /** The window's values, under the transform's curve. */
    V values();

    /** The steps from value to value, {@code f(y(t)) - f(y(t-1))}: as many as there are values. */
    V steps();

    /** The window's last season of values, or all where it is shorter. */
    V lastSeason();

    /** The last value. */
    V last();

    /** A number. */
    V constant(double number);

    /** {@code sum x / n}. */
    V mean(V x);

    /** The deviation from the mean, {@code sqrt(sum (x - mean)^2 / n)}. */
    V deviation(V x);

    /** {@code sqrt(sum x^2 / n)}. */
    V rootMeanSquare(V x);

    /** The middle value, the mean of the two middle ones of an even number. */
    V median(V x);

    /** The least value. */
    V least(V x);

    /** The largest value. */
    V largest(V x);

    /** {@code |x|} of each. */
    V absolute(V x);

    /** {@code x + y}. */
    V plus(V x, V y);

    /** {@code x - y}. */
    V minus(V x, V y);

    /** {@code x y}. */
    V times(V x, V y);

    /** The smaller of each two. */
    V smaller(V x, V y);

    /** The larger of each two. */
    V larger(V x, V y);

    /** The first of each two where it is positive, else the second. */
    V positiveOr(V x, V y);
}
