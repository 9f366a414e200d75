package dev.namaskar.series.interval;

/**
 * What a history says about how far its values go: how much they move, between what bounds they ever were, and whether
 * they grow. Missing values (not a number) are left out.
 *
 * @param unit {@code sqrt(pi / 2) mean |y(t) - y(t - season)|}: the deviation of seasonal steps, were they normal, over the
 *     latest {@link #recent} of them
 * @param season steps of a season; 1 for none
 * @param step the same of single steps
 * @param least the least value ever
 * @param most the largest value ever
 * @param last the last value
 * @param growth the logarithm's mean step of a positive series, in that half of the history where it is smaller; at least 0
 */
public record Spread(double unit, int season, double step, double least, double most, double last, double growth) {
    /** A bound lies beyond what was seen by no more than so many times the range of what was seen. */
    public static final double ROOM = 5;

    /** A series that has grown may grow so many times as fast. */
    public static final double FASTER = 2;

    /** A series that repeats itself exactly moves by no less than this share of its range. */
    public static final double LEAST_UNIT = 1e-3;

    /** Below this share of the least value ever, a positive series nears zero geometrically. */
    public static final double BEND = 0.5;

    /** A positive series comes no nearer to zero than this share of its least value. */
    private static final double NEAR_ZERO = 1e-6;

    private static final int LEAST_RECENT = 200;
    private static final int RECENT_SEASONS = 10;

    /** {@code E|x| sqrt(pi / 2)} is the deviation of a normal x. */
    public static final double NORMAL = Math.sqrt(Math.PI / 2);

    /**
     * Of {@code values[0, length)}.
     *
     * @param season steps of a season; of a history that has not two of them, single steps are looked at
     */
    public static Spread of(double[] values, int length, int season) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int present = 0;
        for (int t = 0; t < length; t++) {
            if (!Double.isNaN(values[t])) {
                least = Math.min(least, values[t]);
                most = Math.max(most, values[t]);
                present++;
            }
        }
        if (present == 0) {
            return new Spread(0, 1, 0, 0, 0, 0, 0);
        }
        int lag = length > 2 * season ? season : 1;
        double smallest = LEAST_UNIT * (most - least);
        double unit = Math.max(moved(values, length, lag, recent(season)), smallest);
        double step = Math.max(moved(values, length, 1, recent(season)), smallest);
        return new Spread(unit, lag, step, least, most, present(values, present - 1), growth(values, present, least));
    }

    /** The value that so many others that are there precede. */
    private static double present(double[] values, int before) {
        int left = before;
        for (double value : values) {
            if (!Double.isNaN(value) && left-- == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("expected more than " + before + " values");
    }

    /** How many of the latest moves count: what a history did long ago says little about how wild it is now. */
    public static int recent(int season) {
        return Math.max(LEAST_RECENT, RECENT_SEASONS * season);
    }

    private static double moved(double[] values, int length, int lag, int recent) {
        double sum = 0;
        int count = 0;
        for (int t = Math.max(lag, length - recent); t < length; t++) {
            double move = Math.abs(values[t] - values[t - lag]);
            if (!Double.isNaN(move)) {
                sum += move;
                count++;
            }
        }
        return count == 0 ? 0 : NORMAL * sum / count;
    }

    /** A single dip is in one of the halves alone. */
    private static double growth(double[] values, int present, double least) {
        int last = present - 1;
        int middle = last / 2;
        if (!(least > 0) || middle == 0) {
            return 0;
        }
        double between = present(values, middle);
        double first = Math.log(between / present(values, 0)) / middle;
        double second = Math.log(present(values, last) / between) / (last - middle);
        return Math.max(0, Math.min(first, second));
    }

    /**
     * How far off the repetition of the last season or of the last value may be at a step (0 is the first), whichever is
     * the less: {@code min(unit sqrt(seasons), step sqrt(steps))}.
     */
    public double at(int h) {
        return Math.min(unit * Math.sqrt(h / season + 1), step * Math.sqrt(h + 1));
    }

    /** The least that is said of a step. */
    double floor() {
        double low = least - ROOM * (most - least);
        return least > 0 ? Math.max(NEAR_ZERO * least, low) : least == 0 ? 0 : low;
    }

    /** The most that is said of a step (0 is the first). */
    double ceiling(int h) {
        double grown = least > 0 ? last * Math.exp(FASTER * growth * (h + 1)) : most;
        return Math.max(most + ROOM * (most - least), grown);
    }

    /** The value, or floor or ceiling where it lies beyond. */
    double clamped(double value, int h) {
        return Math.max(floor(), Math.min(ceiling(h), value));
    }

    /**
     * A value that a series like this can have: not beyond floor and ceiling; where no value was ever negative none is,
     * and where every value was positive all are. The map does not decrease.
     */
    public double bounded(double value, int h) {
        double bend = BEND * least;
        double positive = least > 0 && value < bend ? bend * Math.exp(value / bend - 1) : value;
        return clamped(positive, h);
    }
}
