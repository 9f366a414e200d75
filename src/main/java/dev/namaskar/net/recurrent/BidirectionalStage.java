package dev.namaskar.net.recurrent;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.Mirror;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Runs two recurrent stages, one over the sequence as it is and one over each row turned round within its own length,
 * turns the second's output back, and joins the two.
 */
final class BidirectionalStage extends Stage {
    private final Merge merge;
    private final boolean tokens;
    private final Stage forward;
    private final Stage reverse;
    private final Gemm gemm;
    private final Frames turned;
    private final Frames straight;
    private final Frames out;
    private int[] turnedTokens = new int[0];
    private @Nullable Frames ahead;
    private @Nullable Frames back;

    BidirectionalStage(PlacedBidirectional layer, Stage forward, Stage reverse, Gemm gemm) {
        this.merge = layer.spec.merge();
        this.tokens = layer.forward.tokens;
        this.forward = forward;
        this.reverse = reverse;
        this.gemm = gemm;
        int in = layer.forward.inputWidth;
        turned = new Frames(tokens ? 1 : in);
        straight = new Frames(in);
        out = new Frames(layer.spec.outputWidth(in));
    }

    @Override
    public Frames forward(Frames x, Call call) {
        turn(x);
        Frames a = forward.forward(x, call);
        Frames b = reverse.forward(turned, call);
        ahead = a;
        back = b;
        out.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
        int hidden = a.width();
        float[] to = out.values();
        for (int t = 0; t < x.steps(); t++) {
            for (int row = 0; row < x.batch(); row++) {
                int fromA = a.at() + (t * x.batch() + row) * hidden;
                int fromB = b.at() + (mirrorStep(x, t, row) * x.batch() + row) * hidden;
                join(a.values(), fromA, b.values(), fromB, to, (t * x.batch() + row) * out.width(), hidden);
            }
        }
        out.pushValue();
        out.reserveGradient(gemm);
        return out;
    }

    /** Where step t of a row stands when the row is read backwards; padding stays where it is. */
    private static int mirrorStep(Frames x, int t, int row) {
        int[] lengths = x.lengths();
        int length = lengths == null ? x.steps() : lengths[row];
        return t < length ? length - 1 - t : t;
    }

    private void turn(Frames x) {
        turned.shape(x.steps(), x.batch(), x.lengths());
        if (tokens) {
            if (turnedTokens.length < x.steps() * x.batch()) {
                turnedTokens = new int[x.steps() * x.batch()];
            }
            for (int t = 0; t < x.steps(); t++) {
                for (int row = 0; row < x.batch(); row++) {
                    turnedTokens[mirrorStep(x, t, row) * x.batch() + row] = x.tokens()[t * x.batch() + row];
                }
            }
            turned.tokens(turnedTokens);
            return;
        }
        turned.reserve(gemm).wantGradient(x.wantsGradient());
        turnRows(x, x.values(), x.at(), turned.values(), 0);
        turned.pushValue();
        if (x.wantsGradient()) {
            turned.reserveGradient(gemm);
        }
    }

    private static void turnRows(Frames x, float[] from, int fromAt, float[] to, int toAt) {
        int width = x.width();
        for (int t = 0; t < x.steps(); t++) {
            for (int row = 0; row < x.batch(); row++) {
                int source = fromAt + (t * x.batch() + row) * width;
                int target = toAt + (mirrorStep(x, t, row) * x.batch() + row) * width;
                System.arraycopy(from, source, to, target, width);
            }
        }
    }

    private void join(float[] a, int fromA, float[] b, int fromB, float[] to, int at, int hidden) {
        for (int j = 0; j < hidden; j++) {
            switch (merge) {
                case SUM -> to[at + j] = a[fromA + j] + b[fromB + j];
                case AVERAGE -> to[at + j] = 0.5f * (a[fromA + j] + b[fromB + j]);
                case MULTIPLY -> to[at + j] = a[fromA + j] * b[fromB + j];
                default -> {
                    to[at + j] = a[fromA + j];
                    to[at + hidden + j] = b[fromB + j];
                }
            }
        }
    }

    @Override
    public void backward(Frames x, Call call, Mirror gradient) {
        Frames a = java.util.Objects.requireNonNull(ahead, "backward before forward");
        Frames b = java.util.Objects.requireNonNull(back, "backward before forward");
        out.grad().pull(0, out.size());
        int hidden = a.width();
        for (int t = 0; t < x.steps(); t++) {
            for (int row = 0; row < x.batch(); row++) {
                int atA = a.at() + (t * x.batch() + row) * hidden;
                int atB = b.at() + (mirrorStep(x, t, row) * x.batch() + row) * hidden;
                split(out.gradients(), (t * x.batch() + row) * out.width(), a, atA, b, atB);
            }
        }
        a.pushGrad();
        b.pushGrad();
        forward.backward(x, call, gradient);
        reverse.backward(turned, call, gradient);
        if (x.wantsGradient()) {
            addTurnedGradient(x);
        }
    }

    private void split(float[] from, int at, Frames a, int atA, Frames b, int atB) {
        int hidden = a.width();
        float[] da = a.gradients();
        float[] db = b.gradients();
        for (int j = 0; j < hidden; j++) {
            float d = from[at + j];
            switch (merge) {
                case SUM -> {
                    da[atA + j] = d;
                    db[atB + j] = d;
                }
                case AVERAGE -> {
                    da[atA + j] = 0.5f * d;
                    db[atB + j] = 0.5f * d;
                }
                case MULTIPLY -> {
                    da[atA + j] = d * b.values()[atB + j];
                    db[atB + j] = d * a.values()[atA + j];
                }
                default -> {
                    da[atA + j] = d;
                    db[atB + j] = from[at + hidden + j];
                }
            }
        }
    }

    private void addTurnedGradient(Frames x) {
        turned.grad().pull(0, turned.size());
        straight.shape(x.steps(), x.batch(), x.lengths()).reserve(gemm);
        turnRows(x, turned.gradients(), 0, straight.values(), 0);
        x.grad().pull(x.at(), x.size());
        for (int j = 0; j < x.size(); j++) {
            x.gradients()[x.at() + j] += straight.values()[j];
        }
        x.pushGrad();
    }
}
