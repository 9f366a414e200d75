package dev.namaskar.losses;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.Reductions;
import java.util.Arrays;

/**
 * Connectionist temporal classification (Graves et al. 2006): {@code -ln p(labels | y)}, p summed over all ways to spread
 * the labels over the frames, each label over one frame or several in a row, with blanks between them where one likes
 * and between equal neighbours always. For one row; an instance belongs to one thread.
 *
 * <p>With {@code l'} the labels with blanks around each, {@code a_t(s)} the probability of all beginnings that are at
 * {@code l'_s} in frame t, and {@code b_t(s)} that of all that can follow,
 *
 * <pre>{@code
 * a_t(s) = y_t(l'_s) (a_{t-1}(s) + a_{t-1}(s-1) + a_{t-1}(s-2)),   the last where l'_s is no blank and other than l'_{s-2}
 * dloss/dlogit_t(k) = y_t(k) - sum over s with l'_s = k of a_t(s) b_t(s) / p
 * }</pre>
 *
 * <p>These fall by orders of magnitude from frame to frame, and in one frame lie as far apart as a network is sure of
 * something else. So each is {@code m 2^(-256 u)} with a double m and a whole number u of its own: nothing underflows, and no
 * logarithm is taken but those of each frame's sum and of p. States that cannot be reached yet, or from which the end cannot
 * be reached any more, are left out.
 */
public final class Ctc {
    private static final double UNIT = 0x1p-256;
    private static final double PER_UNIT = 0x1p256;
    private static final double LOWEST = 0x1p-128;
    private static final double HIGHEST = 0x1p128;
    private static final double NATS_PER_UNIT = 256 * Math.log(2);
    /** The {@code u} of what is impossible. */
    private static final int NEVER = 1 << 29;
    /** A symbol that is below its frame's likeliest by more units, which are millions of nats, is impossible. */
    private static final int MOST_UNITS = 1 << 15;
    /** Down to here a float holds an exponential. */
    private static final float FLOAT_NATS = -80;

    private final int blank;
    private int states;
    private int width;
    /** A row of {@link #width} before the first frame and for each: two states that are impossible, then the states. */
    private double[] alpha = new double[0];

    private int[] alphaUnits = new int[0];
    /** {@code y_t(l'_s)} times the frame's sum, in the same rows. */
    private double[] emission = new double[0];

    private int[] emissionUnits = new int[0];
    /** One frame's {@code y_t(l'_s) b_t(s)}, and two states beyond that are impossible. */
    private double[] beta = new double[0];

    private int[] betaUnits = new int[0];
    private boolean[] mayLeap = new boolean[0];
    private int[] symbolOf = new int[0];
    private float[] exps = new float[0];
    private float[] powers = new float[0];

    /** The loss with this symbol as the blank. */
    public Ctc(int blank) {
        if (blank < 0) {
            throw new IllegalArgumentException("expected a blank symbol of 0 or more, found " + blank);
        }
        this.blank = blank;
    }

    /** The fewest frames over which labels can be spread: one each, and a blank between equal neighbours. */
    public static int framesNeeded(int[] labels) {
        int needed = labels.length;
        for (int i = 1; i < labels.length; i++) {
            needed += labels[i] == labels[i - 1] ? 1 : 0;
        }
        return needed;
    }

    /**
     * The loss of one row and its gradient.
     *
     * @param logits frame t's logits stand from {@code at + t * stride} on
     * @param gradient written as logits are read: {@code weight * dloss/dlogit}
     * @param frames the row's frames; 0 for none
     * @param symbols width of a frame, the blank among them
     * @param labels the row's labels, none of them the blank; may be empty
     * @return the loss in nats, unweighted
     * @throws IllegalArgumentException if a label is no symbol, or if there are fewer frames than {@link #framesNeeded}
     */
    public double compute(
            float[] logits, float[] gradient, int at, int stride, int frames, int symbols, int[] labels, float weight) {
        check(frames, symbols, labels);
        if (frames == 0) {
            return 0;
        }
        begin(frames, labels);
        double logOfSums = 0;
        for (int t = 0; t < frames; t++) {
            logOfSums += softmax(logits, gradient, at + t * stride, symbols, t);
            forward(t, frames);
        }
        int end = row(frames - 1) + states - 1;
        int units = lowest(alphaUnits, end, -1, false);
        double total = sum(alpha, alphaUnits, end, -1, false, units);
        for (int t = frames - 1; t >= 0; t--) {
            backward(t, frames, total, units, gradient, at + t * stride);
            for (int k = at + t * stride; k < at + t * stride + symbols; k++) {
                gradient[k] *= weight;
            }
        }
        return logOfSums + units * NATS_PER_UNIT - Math.log(total);
    }

    private void check(int frames, int symbols, int[] labels) {
        if (blank >= symbols) {
            throw new IllegalArgumentException(
                    "expected the blank, symbol " + blank + ", among " + symbols + " outputs of a frame");
        }
        for (int label : labels) {
            if (label < 0 || label >= symbols || label == blank) {
                throw new IllegalArgumentException("expected labels of 0 to " + (symbols - 1) + " other than the blank "
                        + blank + ", found " + label);
            }
        }
        if (frames < framesNeeded(labels)) {
            throw new IllegalArgumentException("expected at least " + framesNeeded(labels) + " frames for "
                    + labels.length + " labels (one each, and a blank between equal neighbours), found " + frames);
        }
    }

    /** Lays out the states, blank, label, blank, label ..., blank, and what is before the first frame and behind the last. */
    private void begin(int frames, int[] labels) {
        states = 2 * labels.length + 1;
        width = states + 2;
        if (mayLeap.length < width) {
            symbolOf = new int[width];
            mayLeap = new boolean[width];
            beta = new double[width];
            betaUnits = new int[width];
        }
        for (int s = 0; s < states; s++) {
            symbolOf[s] = s % 2 == 0 ? blank : labels[s / 2];
            mayLeap[s] = s % 2 == 1 && s > 1 && labels[s / 2] != labels[s / 2 - 1];
        }
        mayLeap[states] = false;
        mayLeap[states + 1] = false;
        int size = (frames + 2) * width;
        if (alpha.length < size) {
            alpha = new double[size];
            alphaUnits = new int[size];
            emission = new double[size];
            emissionUnits = new int[size];
        }
        impossible(alpha, alphaUnits, 0, width);
        put(alpha, alphaUnits, row(-1), 1, 0);
        impossible(beta, betaUnits, 0, width);
        put(beta, betaUnits, states - 1, 1, 0);
    }

    private static void impossible(double[] values, int[] units, int from, int to) {
        Arrays.fill(values, from, to, 0);
        Arrays.fill(units, from, to, NEVER);
    }

    private int row(int t) {
        return (t + 1) * width + 2;
    }

    /** The first state from which the end can still be reached. */
    private int first(int t, int frames) {
        return Math.max(0, states - 2 * (frames - t));
    }

    /** The last state that can be reached by now. */
    private int last(int t) {
        return Math.min(states - 1, 2 * t + 1);
    }

    /**
     * A frame's probabilities, written where its gradient will stand, and what the states read of them, times their sum.
     *
     * @return the logarithm of that sum, in which the likeliest symbol counts 1
     */
    private double softmax(float[] logits, float[] gradient, int at, int symbols, int t) {
        if (exps.length < symbols) {
            exps = new float[symbols];
            powers = new float[symbols];
        }
        System.arraycopy(logits, at, exps, 0, symbols);
        float max = Reductions.max(exps, 0, symbols);
        for (int k = 0; k < symbols; k++) {
            exps[k] -= max;
        }
        Elementary.expOfNegative(exps, powers, symbols);
        float sum = Reductions.sum(exps, 0, symbols);
        for (int k = 0; k < symbols; k++) {
            gradient[at + k] = exps[k] / sum;
        }
        for (int s = 0; s < states; s++) {
            int symbol = symbolOf[s];
            double nats = (double) logits[at + symbol] - max;
            int units = nats > FLOAT_NATS ? 0 : (int) Math.min(MOST_UNITS, -nats / NATS_PER_UNIT);
            emission[row(t) + s] = nats > FLOAT_NATS ? exps[symbol] : Math.exp(nats + units * NATS_PER_UNIT);
            emissionUnits[row(t) + s] = units;
        }
        return Math.log(sum);
    }

    private void forward(int t, int frames) {
        int to = row(t);
        int before = to - width;
        int last = last(t);
        impossible(alpha, alphaUnits, to - 2, to);
        for (int s = first(t, frames); s <= last; s++) {
            int units = lowest(alphaUnits, before + s, -1, mayLeap[s]);
            double sum = sum(alpha, alphaUnits, before + s, -1, mayLeap[s], units);
            put(alpha, alphaUnits, to + s, sum * emission[to + s], units + emissionUnits[to + s]);
        }
        impossible(alpha, alphaUnits, to + last + 1, to + last + 3);
    }

    private void backward(int t, int frames, double total, int totalUnits, float[] gradient, int at) {
        int row = row(t);
        double blanks = 0;
        for (int s = first(t, frames); s <= last(t); s++) {
            int units = lowest(betaUnits, s, 1, mayLeap[s + 2]);
            double sum = sum(beta, betaUnits, s, 1, mayLeap[s + 2], units);
            double share = share(alpha[row + s] * (sum / total), alphaUnits[row + s] + units - totalUnits);
            if (s % 2 == 0) {
                blanks += share;
            } else {
                gradient[at + symbolOf[s]] -= (float) share;
            }
            put(beta, betaUnits, s, sum * emission[row + s], units + emissionUnits[row + s]);
        }
        gradient[at + blank] -= (float) blanks;
    }

    /** The {@code u} of the greatest of up to three neighbours. */
    private static int lowest(int[] units, int at, int by, boolean leap) {
        int lowest = Math.min(units[at], units[at + by]);
        return leap ? Math.min(lowest, units[at + 2 * by]) : lowest;
    }

    /** The sum of up to three neighbours, in units of the greatest. */
    private static double sum(double[] values, int[] units, int at, int by, boolean leap, int lowest) {
        double sum = below(values[at], units[at] - lowest) + below(values[at + by], units[at + by] - lowest);
        return leap ? sum + below(values[at + 2 * by], units[at + 2 * by] - lowest) : sum;
    }

    /** What is two units below another is less than a double shows beside it. */
    private static double below(double value, int units) {
        return units == 0 ? value : units == 1 ? value * UNIT : 0;
    }

    /** Keeps a value within 128 powers of two of 1. */
    private static void put(double[] values, int[] units, int at, double value, int ofUnits) {
        if (value < LOWEST) {
            values[at] = value * PER_UNIT;
            units[at] = value == 0 ? NEVER : ofUnits + 1;
        } else {
            boolean high = value > HIGHEST;
            values[at] = high ? value * UNIT : value;
            units[at] = high ? ofUnits - 1 : ofUnits;
        }
    }

    /** A share of the total, so at most 1, whose factors stood in other units. */
    private static double share(double value, int units) {
        return units == -1 ? value * PER_UNIT : below(value, units);
    }
}
