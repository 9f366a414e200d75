package dev.namaskar.losses;

import dev.namaskar.kernels.Elementary;
import dev.namaskar.kernels.LogSpace;
import dev.namaskar.kernels.Reductions;
import java.util.Arrays;

/**
 * Connectionist temporal classification (Graves et al. 2006): {@code -ln p(labels | y)}, p summed over all ways to spread
 * the labels over the frames, each label over one frame or several in a row, with blanks between them where one likes
 * and between equal neighbours always. For one row; an instance belongs to one thread.
 *
 * <p>With {@code l'} the labels with blanks around each, {@code a_t(s)} the log probability of all beginnings that are at
 * {@code l'_s} in frame t, and {@code b_t(s)} that of all that can follow,
 *
 * <pre>{@code
 * a_t(s) = ln y_t(l'_s) + ln(e^{a_{t-1}(s)} + e^{a_{t-1}(s-1)} + e^{a_{t-1}(s-2)}),   the last where l'_s is no blank
 *                                                                                   and other than l'_{s-2}
 * dloss/dlogit_t(k) = y_t(k) - sum over s with l'_s = k of e^{a_t(s) + b_t(s) - ln p}
 * }</pre>
 *
 * <p>Logarithms are kept in double and only differences of them are taken to the exponential in float, so that nothing
 * underflows, however sure a network is of something else.
 */
public final class Ctc {
    /** Stands for the logarithm of nothing, without the not-a-number that differences of infinities are. */
    private static final double NOTHING = -1e30;

    private final int blank;
    private int states;
    private double[] alpha = new double[0];
    private double[] logs = new double[0];
    private double[] stay = new double[0];
    private double[] move = new double[0];
    private double[] skip = new double[0];
    private double[] highest = new double[0];
    private double[] mayLeap = new double[0];
    private float[] exps = new float[0];
    private float[] powers = new float[0];
    private int[] symbolOf = new int[0];

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
        for (int t = 0; t < frames; t++) {
            softmax(logits, gradient, at + t * stride, symbols, t);
        }
        forward(frames);
        double last = alpha[frames * states - 1];
        double total = states == 1 ? last : LogSpace.add(last, alpha[frames * states - 2]);
        backward(gradient, at, stride, frames, symbols, total, weight);
        return -total;
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

    /** Lays out the states, blank, label, blank, label ..., blank. */
    private void begin(int frames, int[] labels) {
        states = 2 * labels.length + 1;
        if (highest.length < states) {
            stay = new double[states];
            move = new double[states];
            skip = new double[states];
            highest = new double[states];
            mayLeap = new double[states];
            symbolOf = new int[states];
        }
        for (int s = 0; s < states; s++) {
            symbolOf[s] = s % 2 == 0 ? blank : labels[s / 2];
            mayLeap[s] = s % 2 == 1 && s > 1 && labels[s / 2] != labels[s / 2 - 1] ? 0 : NOTHING;
        }
        if (alpha.length < frames * states) {
            alpha = new double[frames * states];
            logs = new double[frames * states];
        }
    }

    /** A frame's probabilities, written where its gradient will stand, and the logarithms that the states read. */
    private void softmax(float[] logits, float[] gradient, int at, int symbols, int t) {
        reserve(symbols);
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
        double logSum = max + Math.log(sum);
        for (int s = 0; s < states; s++) {
            logs[t * states + s] = logits[at + symbolOf[s]] - logSum;
        }
    }

    private void reserve(int count) {
        if (exps.length < count) {
            exps = new float[count];
            powers = new float[count];
        }
    }

    private void forward(int frames) {
        Arrays.fill(alpha, 0, states, NOTHING);
        alpha[0] = logs[0];
        if (states > 1) {
            alpha[1] = logs[1];
        }
        for (int t = 1; t < frames; t++) {
            int before = (t - 1) * states;
            shift(alpha, before, 1);
            addLogs();
            for (int s = 0; s < states; s++) {
                alpha[before + states + s] = highest[s] + logs[before + states + s];
            }
        }
    }

    /** Frame by frame from the end; {@code b} is kept with the next frame's own probability in it. */
    private void backward(float[] gradient, int at, int stride, int frames, int symbols, double total, float weight) {
        double[] beta = highest;
        for (int t = frames - 1; t >= 0; t--) {
            if (t == frames - 1) {
                Arrays.fill(beta, 0, states, NOTHING);
                beta[states - 1] = 0;
                if (states > 1) {
                    beta[states - 2] = 0;
                }
            } else {
                for (int s = 0; s < states; s++) {
                    beta[s] += logs[(t + 1) * states + s];
                }
                shift(beta, 0, -1);
                addLogs();
            }
            subtractOccupancy(gradient, at + t * stride, t, total);
            for (int k = at + t * stride; k < at + t * stride + symbols; k++) {
                gradient[k] *= weight;
            }
        }
    }

    private void subtractOccupancy(float[] gradient, int at, int t, double total) {
        reserve(states);
        for (int s = 0; s < states; s++) {
            exps[s] = (float) Math.min(0, alpha[t * states + s] + highest[s] - total);
        }
        Elementary.expOfNegative(exps, powers, states);
        for (int s = 0; s < states; s++) {
            gradient[at + symbolOf[s]] -= exps[s];
        }
    }

    /** Sets out the three terms of each sum: the state itself, its neighbour, and the one beyond where that may be. */
    private void shift(double[] from, int at, int by) {
        System.arraycopy(from, at, stay, 0, states);
        Arrays.fill(move, 0, states, NOTHING);
        Arrays.fill(skip, 0, states, NOTHING);
        if (by > 0) {
            System.arraycopy(from, at, move, 1, states - 1);
            for (int s = 2; s < states; s++) {
                skip[s] = from[at + s - 2] + mayLeap[s];
            }
        } else {
            System.arraycopy(from, at + 1, move, 0, states - 1);
            for (int s = 0; s + 2 < states; s++) {
                skip[s] = from[at + s + 2] + mayLeap[s + 2];
            }
        }
    }

    /** {@code highest = ln(e^stay + e^move + e^skip)}, all states at once. */
    private void addLogs() {
        reserve(3 * states);
        for (int s = 0; s < states; s++) {
            highest[s] = Math.max(stay[s], Math.max(move[s], skip[s]));
        }
        for (int s = 0; s < states; s++) {
            exps[s] = (float) (stay[s] - highest[s]);
            exps[states + s] = (float) (move[s] - highest[s]);
            exps[2 * states + s] = (float) (skip[s] - highest[s]);
        }
        Elementary.expOfNegative(exps, powers, 3 * states);
        for (int s = 0; s < states; s++) {
            highest[s] += logOfOneToThree((double) exps[s] + exps[states + s] + exps[2 * states + s]);
        }
    }

    /** {@code ln x = 2 artanh((x - 1) / (x + 1))} by its series, within 1e-9 on [1, 3]; vectorised, which Math.log is not. */
    private static double logOfOneToThree(double x) {
        double y = (x - 1) / (x + 1);
        double z = y * y;
        double even = z * z;
        double low = 1 + z / 3 + even * (1.0 / 5 + z / 7 + even * (1.0 / 9 + z / 11));
        double high = 1.0 / 13 + z / 15 + even * (1.0 / 17 + z / 19 + even * (1.0 / 21 + z / 23 + even / 25));
        return 2 * y * (low + even * even * even * high);
    }
}
