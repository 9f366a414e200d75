package dev.namaskar.train.check;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Loss;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.params.Initializer;
import dev.namaskar.params.Initializers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;

/**
 * A point at which gradients are taken: a network, its parameters, a batch and a loss.
 *
 * @param network the network
 * @param params its parameters
 * @param input the batch, ragged if it has lengths
 * @param initial the state before the first step
 * @param loss the loss of each step
 * @param targets what the output should be
 * @param reduction how the steps' losses become one number
 * @param dropoutKey what dropout masks are drawn from; dropout is on, and its mask the same in every evaluation
 */
public record GradientCase(
        Network network,
        Params params,
        Sequences input,
        State initial,
        Loss loss,
        Targets targets,
        Reduction reduction,
        long dropoutKey) {
    /** No target stands this near to an output or at this little from a distance of 1 to it, where losses have kinks. */
    private static final double CLEARANCE = 0.4;

    private static final int ATTEMPTS = 1000;

    /**
     * A case drawn at random: orthogonal recurrent weights whatever the network's initializers are, and biases, states
     * and inputs other than zero, so that no term of the gradient vanishes; targets of value losses away from the kinks of absolute,
     * quantile and Huber's loss.
     *
     * @param lengths real steps of each row, or none for rows of {@code steps}
     */
    public static GradientCase drawn(
            Network network, int steps, int batch, Loss loss, Reduction reduction, long seed, int... lengths) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
        Params params = Params.zeros(network.params());
        for (Slot slot : network.params().slots()) {
            weightsFor(slot).fill(params.values(), slot, random);
        }
        State initial = network.zeroState(batch);
        for (int i = 0; i < initial.values().length; i++) {
            initial.values()[i] = 2 * random.nextFloat() - 1;
        }
        Sequences input = input(network, steps, batch, random);
        Sequences ragged = lengths.length == 0 ? input : input.withLengths(lengths);
        long key = random.nextLong();
        Pass pass = Pass.of(network, params.values(), GemmLibrary.JAVA, false);
        Frames out = pass.forward(ragged, initial, network.zeroState(batch), true, key, 0);
        return new GradientCase(network, params, ragged, initial, loss, targets(out, loss, random), reduction, key);
    }

    /** Weights that pass gradients on undiminished: float32 differences of a faint signal would drown in rounding. */
    private static Initializer weightsFor(Slot slot) {
        return switch (slot.role()) {
            case RECURRENT -> Initializers.orthogonal();
            case INPUT, DENSE -> Initializers.glorotUniform();
            case EMBEDDING -> Initializers.normal(0, 1);
            case BIAS -> Initializers.normal(0, 0.5);
        };
    }

    private static Sequences input(Network network, int steps, int batch, SplitMix64 random) {
        int width = network.spec().inputWidth();
        if (network.spec().tokens()) {
            int[] tokens = new int[steps * batch];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = random.nextInt(width);
            }
            return Sequences.ofTokens(steps, batch, tokens);
        }
        float[] values = new float[steps * batch * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Sequences.ofValues(steps, batch, values);
    }

    private static Targets targets(Frames out, Loss loss, SplitMix64 random) {
        int rows = out.steps() * out.batch();
        if (loss.wantsClasses()) {
            int[] classes = new int[rows];
            for (int row = 0; row < rows; row++) {
                classes[row] = random.nextInt(out.width());
            }
            return Targets.classes(classes);
        }
        int wanted = loss.targetWidth(out.width());
        int each = out.width() / wanted;
        float[] values = new float[rows * wanted];
        for (int i = 0; i < values.length; i++) {
            values[i] = clearOfKinks(out.values(), out.at() + i * each, each, random);
        }
        return Targets.values(values);
    }

    private static float clearOfKinks(float[] y, int at, int count, SplitMix64 random) {
        float target = 0;
        boolean clear = false;
        for (int attempt = 0; attempt < ATTEMPTS && !clear; attempt++) {
            target = (float) (y[at + random.nextInt(count)] + random.nextGaussian());
            clear = true;
            for (int j = at; j < at + count; j++) {
                double distance = Math.abs(y[j] - target);
                clear &= distance > CLEARANCE && Math.abs(distance - 1) > CLEARANCE;
            }
        }
        return target;
    }
}
