package dev.namaskar.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cells.Gate;
import dev.namaskar.cells.Gru;
import dev.namaskar.cells.Lstm;
import dev.namaskar.cells.MinGru;
import dev.namaskar.cells.MinLstm;
import dev.namaskar.cells.Relu;
import dev.namaskar.cells.RgLru;
import dev.namaskar.cells.Slstm;
import dev.namaskar.cells.Sru;
import dev.namaskar.cells.Tanh;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Loss;
import dev.namaskar.losses.Losses;
import dev.namaskar.losses.NaiveLosses;
import dev.namaskar.losses.Reduction;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The float32 path against the equations in double, on networks and batches drawn at random. */
class NaiveReferenceTest {
    private static final List<Cell> CELLS = List.of(
            new Tanh(1),
            new Gru(),
            new Lstm(),
            new Relu(1),
            new Lstm(Gate.HARD_SIGMOID),
            new Lstm(Gate.HARD_SIGMOID_SIXTH),
            new Gru(Gate.HARD_SIGMOID),
            new Gru(Gate.HARD_SIGMOID_SIXTH),
            new MinGru(),
            new MinLstm(),
            new Sru(),
            new RgLru());

    /** Of networks by themselves, behind the others, whose draws stay what they are. */
    private static final Cell STABILIZED = new Slstm();

    private static final double OUTPUT_TOLERANCE = 2e-6;
    private static final double GRADIENT_TOLERANCE = 2e-5;
    /** Central differences in double are right to below 1e-7 with it: rounding 1e-11, truncation h^2. */
    private static final double STEP = 1e-5;

    private static final List<Merge> MERGES = List.of(Merge.values());
    private static final List<Activation> ACTIVATIONS = Activation.all();
    private static final int DIRECTIONS = 2;
    private static final int ENTRIES = 2;

    static IntStream seeds() {
        return IntStream.range(0, (CELLS.size() + 1) * MERGES.size());
    }

    @ParameterizedTest(name = "network {0}")
    @MethodSource("seeds")
    void outputsStatesAndGradientsAgree(int seed) {
        Drawn at = drawn(seed);
        Random random = new Random(seed);
        double[] params = wide(at.params().values());
        double[] state = wide(at.initial().values());
        double[] values =
                at.input().values() == null ? new double[0] : wide(at.input().values());
        NaiveNetwork.Result expected = NaiveNetwork.run(at.network(), params, state, at.input(), values);

        GemmLibrary library = pick(GemmLibrary.available(), seed);
        Pass pass = Pass.of(at.network(), at.params().values(), library, false);
        State end = at.network().zeroState(at.input().batch());
        Frames out = pass.forward(at.input(), at.initial(), end, false, 0, 0);
        float[] found = Arrays.copyOfRange(out.values(), out.at(), out.at() + out.size());
        compareOutputs(at, expected.flat(), found, out);
        assertClose("end state", expected.end(), end.values(), OUTPUT_TOLERANCE);

        Gradients gradients = new GradientCheck(at.at, library, 1).backPropagated();
        DoubleSupplier loss = () -> naiveLoss(at, params, state, values);
        compareGradients("parameters", gradients.params(), params, loss, random);
        compareGradients("input", gradients.input(), values, loss, random);
        compareGradients("initial state", gradients.initial().values(), state, loss, random);
    }

    private record Drawn(Network network, Loss loss, GradientCase at) {
        Sequences input() {
            return at.batch().sequences();
        }

        Targets targets() {
            return at.batch().asTargets();
        }

        Params params() {
            return at.params();
        }

        State initial() {
            return at.initial();
        }
    }

    private static double naiveLoss(Drawn at, double[] params, double[] state, double[] values) {
        NaiveNetwork.Result result = NaiveNetwork.run(at.network(), params, state, at.input(), values);
        boolean everyStep = result.output().size() == at.input().steps();
        return NaiveLosses.mean(
                at.loss().name(),
                result.flat(),
                at.network().spec().outputWidth(),
                at.targets(),
                at.input().batch(),
                everyStep && !lastStep(at) ? at.input().lengths() : null);
    }

    private static boolean lastStep(Drawn at) {
        return at.network().spec().layers().stream().anyMatch(LastStep.class::isInstance);
    }

    private static void compareOutputs(Drawn at, double[] expected, float[] found, Frames out) {
        int[] lengths = out.lengths();
        double[] real = expected.clone();
        float[] realFound = found.clone();
        int width = out.width();
        for (int row = 0; row < out.steps() * out.batch(); row++) {
            if (lengths != null && row / out.batch() >= lengths[row % out.batch()]) {
                Arrays.fill(real, row * width, (row + 1) * width, 0);
                Arrays.fill(realFound, row * width, (row + 1) * width, 0);
            }
        }
        assertClose("output of " + at.network().spec(), real, realFound, OUTPUT_TOLERANCE);
    }

    /** All entries at once along random directions, and a few by themselves. */
    private static void compareGradients(String what, float[] found, double[] x, DoubleSupplier loss, Random random) {
        if (x.length == 0) {
            return;
        }
        double norm = Math.sqrt(IntStream.range(0, found.length)
                .mapToDouble(i -> (double) found[i] * found[i])
                .sum());
        for (int k = 0; k < DIRECTIONS + ENTRIES; k++) {
            double[] direction = new double[x.length];
            if (k < DIRECTIONS) {
                Arrays.setAll(direction, i -> random.nextGaussian());
            } else {
                direction[random.nextInt(x.length)] = 1;
            }
            double analytic = 0;
            double length = 0;
            for (int i = 0; i < x.length; i++) {
                analytic += found[i] * direction[i];
                length += direction[i] * direction[i];
            }
            double numeric = difference(loss, x, direction);
            double scale = Math.max(Math.max(Math.abs(numeric), 0.1 * norm * Math.sqrt(length / x.length)), 1e-3);
            assertThat(Math.abs(analytic - numeric) / scale)
                    .as("gradient of %s: %s against %s", what, analytic, numeric)
                    .isLessThan(GRADIENT_TOLERANCE);
        }
    }

    private static double difference(DoubleSupplier loss, double[] x, double[] direction) {
        double[] centre = x.clone();
        Arrays.setAll(x, i -> centre[i] + STEP * direction[i]);
        double above = loss.getAsDouble();
        Arrays.setAll(x, i -> centre[i] - STEP * direction[i]);
        double below = loss.getAsDouble();
        System.arraycopy(centre, 0, x, 0, x.length);
        return (above - below) / (2 * STEP);
    }

    /** Any network but dropout, any shape: T and B and H of 1, rows of no steps, all kinds of layers. */
    static Drawn drawn(int seed) {
        Random random = new Random(seed);
        boolean tokens = random.nextBoolean();
        int in = 1 + random.nextInt(4);
        NetworkSpec spec = tokens ? NetworkSpec.tokens(in) : NetworkSpec.values(in);
        if (tokens && random.nextBoolean()) {
            spec = spec.embedding(1 + random.nextInt(4));
        }
        if (!tokens && random.nextInt(3) == 0) {
            spec = spec.dense(1 + random.nextInt(4), pick(ACTIVATIONS, random.nextInt(4)));
        }
        int layers = 1 + random.nextInt(2);
        for (int i = 0; i < layers; i++) {
            boolean own = seed >= CELLS.size() * MERGES.size();
            Cell cell = own ? STABILIZED : CELLS.get((seed + i) % CELLS.size());
            Cell ordered = cell.name().startsWith("rnn") ? Cells.named(cell.name(), 1 + random.nextInt(3)) : cell;
            spec = spec.then(new Recurrent(ordered, 1 + random.nextInt(5))
                    .withMerge(pick(MERGES, (own ? seed : seed / CELLS.size()) + 2 * i)));
        }
        if (random.nextInt(3) == 0) {
            spec = spec.lastStep();
        }
        if (random.nextInt(3) == 0) {
            spec = spec.dense(1 + random.nextInt(4), pick(ACTIVATIONS, random.nextInt(3)));
        }
        int steps = 1 + random.nextInt(6);
        int batch = 1 + random.nextInt(4);
        int[] lengths = new int[random.nextBoolean() ? batch : 0];
        for (int b = 0; b < lengths.length; b++) {
            lengths[b] = random.nextInt(steps + 1);
        }
        List<String> losses = new ArrayList<>(Losses.names());
        Loss loss = Losses.named(losses.get(random.nextInt(losses.size())));
        Network network = spec.dense(3).build();
        return new Drawn(
                network,
                loss,
                GradientCase.drawn(network, steps, batch, loss, Reduction.MEAN, random.nextLong(), lengths));
    }

    @Test
    void theDrawnNetworksCoverWhatTheySay() {
        List<Drawn> all = seeds().mapToObj(seed -> drawn(seed)).toList();

        assertThat(all).anyMatch(at -> at.input().steps() == 1);
        assertThat(all).anyMatch(at -> at.input().batch() == 1);
        assertThat(all)
                .anyMatch(at -> at.input().lengths() != null
                        && Arrays.stream(at.input().lengths()).anyMatch(length -> length == 0));
        assertThat(all).anyMatch(NaiveReferenceTest::lastStep);
        for (Cell cell : CELLS) {
            for (Merge merge : Merge.values()) {
                assertThat(all)
                        .as(cell.name() + " " + merge)
                        .anyMatch(at -> at.network().spec().layers().stream()
                                .anyMatch(layer -> layer instanceof Recurrent r
                                        && r.cell().getClass() == cell.getClass()
                                        && (cell.order() != r.order()
                                                || r.cell().equals(cell))
                                        && r.merge() == merge));
            }
        }
    }

    private static <E> E pick(List<E> all, int number) {
        return all.get(number % all.size());
    }

    private static double[] wide(float[] narrow) {
        return IntStream.range(0, narrow.length).mapToDouble(i -> narrow[i]).toArray();
    }

    static void assertClose(String what, double[] expected, float[] found, double tolerance) {
        assertThat(found.length).as(what).isEqualTo(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i]))
                    .as("%s, entry %d: %s against %s", what, i, found[i], expected[i])
                    .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(expected[i])));
        }
    }
}
