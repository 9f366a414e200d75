package dev.namaskar.train.check;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Loss;
import dev.namaskar.losses.Perceptron;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.EncoderDecoder;
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
import dev.namaskar.train.CtcObjective;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A point at which gradients are taken: a model, its parameters, a batch and an objective.
 *
 * @param model what goes forward and backward
 * @param params its parameters
 * @param batch what it reads and is held to
 * @param initial the state before the first step
 * @param objective what its output is measured by; belongs to the case
 * @param reduction how the targets' losses become one number
 * @param dropoutKey what dropout masks are drawn from; dropout is on, and its mask the same in every evaluation
 */
public record GradientCase(
        Trainable model,
        Params params,
        Batch batch,
        State initial,
        Objective objective,
        Reduction reduction,
        long dropoutKey) {
    /** No target stands this near to an output or at this little from a distance of 1 to it, where losses have kinks. */
    private static final double CLEARANCE = 0.4;

    private static final int ATTEMPTS = 1000;

    /**
     * A case of any model and objective, parameters and states drawn at random as {@link #drawn(Network, int, int, Loss,
     * Reduction, long, int...)} draws them, for a batch that the caller has filled.
     */
    public static GradientCase drawn(
            Trainable model, Batch batch, Objective objective, Reduction reduction, long seed) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
        Params params = params(model, random);
        State initial = state(model, batch.rows(), random);
        return new GradientCase(model, params, batch, initial, objective, reduction, random.nextLong());
    }

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
        Trainable model = Trainable.of(network);
        Params params = params(model, random);
        State initial = state(model, batch, random);
        Sequences input = input(network, steps, batch, random);
        Sequences ragged = lengths.length == 0 ? input : input.withLengths(lengths);
        long key = random.nextLong();
        Pass pass = Pass.of(network, params.values(), GemmLibrary.JAVA, false);
        Frames out = pass.forward(ragged, initial, network.zeroState(batch), true, key, 0);
        Batch filled = batch(network, ragged, out, targets(out, loss, random));
        return new GradientCase(model, params, filled, initial, Objective.of(loss), reduction, key);
    }

    /**
     * A case of an encoder and a decoder over symbols or values, drawn at random in the same way; the source has a step more
     * than the target.
     *
     * @param loss over class ids
     * @param lengths real steps of each target, or none for rows of {@code steps}; the sources have them the other way
     *     round, and at least one
     */
    public static GradientCase drawn(
            EncoderDecoder model, int steps, int batch, Loss loss, Reduction reduction, long seed, int... lengths) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed + 1));
        Sequences source = input(model.encoder(), steps + 1, batch, random);
        Sequences target = input(model.decoder(), steps, batch, random);
        boolean tokens = model.encoder().spec().tokens();
        BatchShape.Sequence beside = new BatchShape.Sequence(
                steps + 1, tokens, tokens ? 1 : model.encoder().spec().inputWidth(), true);
        Batch filled = new Batch(
                BatchShape.classes(BatchShape.Sequence.tokens(steps).withLengths())
                        .withSource(beside),
                batch);
        copy(source.tokens(), filled.source().tokens);
        copy(source.values(), filled.source().values);
        copy(target.tokens(), filled.tokens);
        for (int i = 0; i < filled.classes.length; i++) {
            filled.classes[i] = random.nextInt(model.decoder().spec().outputWidth());
        }
        for (int b = 0; b < batch; b++) {
            filled.lengths[b] = lengths.length == 0 ? steps : lengths[b];
            int turned = lengths.length == 0 ? steps : lengths[batch - 1 - b];
            filled.source().lengths[b] = 1 + turned;
        }
        return drawn(Trainable.of(model), filled, Objective.of(loss), reduction, seed);
    }

    /**
     * A case of CTC drawn at random: inputs, and for each row labels that fit into its frames with room to spare, one to half as many
     * where there are frames; the network's first output is the blank.
     *
     * @param lengths real steps of each row, or none for rows of {@code steps}
     */
    public static GradientCase drawnCtc(
            Network network, int steps, int rows, Reduction reduction, long seed, int... lengths) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed + 1));
        boolean tokens = network.spec().tokens();
        BatchShape.Sequence read = new BatchShape.Sequence(
                steps, tokens, tokens ? 1 : network.spec().inputWidth(), true);
        Batch batch = new Batch(BatchShape.labels(read, Math.max(1, steps / 2)), rows);
        Sequences input = input(network, steps, rows, random);
        copy(input.tokens(), batch.tokens);
        copy(input.values(), batch.values);
        for (int b = 0; b < rows; b++) {
            batch.lengths[b] = lengths.length == 0 ? steps : lengths[b];
            batch.targetLengths[b] = Math.min(batch.lengths[b], 1 + random.nextInt(Math.max(1, batch.lengths[b] / 2)));
            for (int i = 0; i < batch.targetLengths[b]; i++) {
                batch.classes[i * rows + b] = 1 + random.nextInt(network.spec().outputWidth() - 1);
            }
        }
        return drawn(Trainable.of(network), batch, new CtcObjective(0), reduction, seed);
    }

    private static Params params(Trainable model, SplitMix64 random) {
        Params params = Params.zeros(model.params());
        for (Slot slot : model.params().slots()) {
            weightsFor(slot).fill(params.values(), slot, random);
        }
        return params;
    }

    private static State state(Trainable model, int rows, SplitMix64 random) {
        State initial = new State(model.state(), rows);
        for (int i = 0; i < initial.values().length; i++) {
            initial.values()[i] = 2 * random.nextFloat() - 1;
        }
        return initial;
    }

    private static Batch batch(Network network, Sequences x, Frames out, Targets targets) {
        boolean tokens = network.spec().tokens();
        int[] lengths = x.lengths();
        BatchShape.Sequence input = new BatchShape.Sequence(
                x.steps(), tokens, tokens ? 1 : network.spec().inputWidth(), lengths != null);
        int rows = out.steps() * out.batch();
        int width = targets.values() == null || rows == 0 ? 0 : targets.values().length / rows;
        BatchShape.Extent extent = out.lengths() == null ? BatchShape.Extent.ALL : BatchShape.Extent.INPUT;
        BatchShape.Target held = new BatchShape.Target(out.steps(), width, extent, targets.weights() != null);
        Batch batch = new Batch(BatchShape.of(input, held), x.batch());
        copy(x.tokens(), batch.tokens);
        copy(x.values(), batch.values);
        copy(lengths, batch.lengths);
        copy(targets.classes(), batch.classes);
        copy(targets.values(), batch.targets);
        copy(targets.weights(), batch.weights);
        return batch;
    }

    private static void copy(@Nullable Object from, Object to) {
        if (from != null) {
            System.arraycopy(from, 0, to, 0, java.lang.reflect.Array.getLength(to));
        }
    }

    /** Weights that pass gradients on undiminished: float32 differences of a faint signal would drown in rounding. */
    private static Initializer weightsFor(Slot slot) {
        return switch (slot.role()) {
            case RECURRENT -> Initializers.orthogonal();
            case INPUT, DENSE -> Initializers.glorotUniform();
            case EMBEDDING -> Initializers.normal(0, 1);
            case BIAS -> Initializers.normal(0, 0.5);
            case GAIN -> Initializers.normal(1, 0.3);
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
        Targets targets = Targets.values(values);
        return loss instanceof Perceptron ? targets.withWeights(clearOfZero(out)) : targets;
    }

    /** Weights by which rows do not count that have an output near the kink of the perceptron's criterion, which is at 0. */
    private static float[] clearOfZero(Frames out) {
        float[] weights = new float[out.steps() * out.batch()];
        Arrays.fill(weights, 1);
        for (int i = 0; i < out.size(); i++) {
            if (Math.abs(out.values()[out.at() + i]) <= CLEARANCE) {
                weights[i / out.width()] = 0;
            }
        }
        return weights;
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
