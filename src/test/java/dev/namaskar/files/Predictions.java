package dev.namaskar.files;

import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** What tests of files need of a network: random parameters, one forward pass, distances. */
public final class Predictions {
    private Predictions() {}

    /** The output of a forward pass, {@code [T,B,F]}; moves the state on. */
    public static float[] predict(Model model, Sequences x, State state) {
        Frames out = model.network().predictor(model.params()).predict(x, state);
        return Arrays.copyOfRange(out.values(), out.at(), out.at() + out.size());
    }

    /** A model of this network with normal parameters, biases too. */
    public static Model random(dev.namaskar.net.NetworkSpec spec, long seed) {
        dev.namaskar.net.Network network = spec.build();
        Params params = Params.zeros(network.params());
        SplitMix64 random = new SplitMix64(seed);
        for (int i = 0; i < params.values().length; i++) {
            params.values()[i] = (float) (0.4 * random.nextGaussian());
        }
        return new Model(network, params);
    }

    public static Sequences randomInput(dev.namaskar.net.NetworkSpec spec, int steps, int batch, Random random) {
        return spec.tokens()
                ? Sequences.ofTokens(
                        steps,
                        batch,
                        random.ints((long) steps * batch, 0, spec.inputWidth()).toArray())
                : Sequences.ofValues(steps, batch, gaussians(steps * batch * spec.inputWidth(), random));
    }

    public static float[] gaussians(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The largest difference of two arrays of one length. */
    public static double distance(float[] a, double[] b) {
        if (a.length != b.length) {
            throw new AssertionError("expected " + b.length + " values, found " + a.length);
        }
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElse(0);
    }

    public static double[] doubles(float... values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    /** Softmax over the last axis. */
    public static float[] softmax(float[] logits, int width) {
        float[] result = new float[logits.length];
        for (int row = 0; row < logits.length; row += width) {
            double sum = 0;
            for (int i = row; i < row + width; i++) {
                sum += Math.exp(logits[i]);
            }
            for (int i = row; i < row + width; i++) {
                result[i] = (float) (Math.exp(logits[i]) / sum);
            }
        }
        return result;
    }
}
