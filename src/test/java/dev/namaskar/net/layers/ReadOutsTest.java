package dev.namaskar.net.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.readouts.BothEnds;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.readouts.MaximumOverSteps;
import dev.namaskar.net.readouts.MeanOverSteps;
import dev.namaskar.net.recurrent.Merge;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a network says once about a whole sequence, against loops over single rows. */
class ReadOutsTest {
    private static final int STEPS = 5;
    private static final int BATCH = 4;
    private static final int WIDTH = 6;
    private static final int[] LENGTHS = {5, 1, 0, 3};

    private static float[] values(Random random) {
        float[] x = new float[STEPS * BATCH * WIDTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /** {@code [B][F]}, row by row. */
    private static float[][] readOut(Layer layer, GemmLibrary library, float[] x, int... lengths) {
        Network network = NetworkSpec.values(WIDTH).then(layer).build();
        Sequences in = Sequences.ofValues(STEPS, BATCH, x);
        Frames out = Pass.of(network, new float[0], library, false)
                .predict(lengths.length == 0 ? in : in.withLengths(lengths), network.zeroState(BATCH));
        assertThat(out.steps()).isOne();
        assertThat(out.lengths()).isNull();
        float[][] rows = new float[BATCH][WIDTH];
        for (int b = 0; b < BATCH; b++) {
            System.arraycopy(out.values(), out.at(0, b), rows[b], 0, WIDTH);
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("dev.namaskar.kernels.GemmLibrary#available")
    void eachIsWhatItSays(GemmLibrary library) {
        Random random = new Random(3);
        for (int round = 0; round < 10; round++) {
            float[] x = values(random);
            int[] lengths = random.ints(BATCH, 0, STEPS + 1).toArray();
            float[][] last = readOut(new LastStep(), library, x, lengths);
            float[][] ends = readOut(new BothEnds(), library, x, lengths);
            float[][] mean = readOut(new MeanOverSteps(), library, x, lengths);
            float[][] most = readOut(new MaximumOverSteps(), library, x, lengths);
            for (int b = 0; b < BATCH; b++) {
                for (int f = 0; f < WIDTH; f++) {
                    double sum = 0;
                    float top = lengths[b] == 0 ? 0 : Float.NEGATIVE_INFINITY;
                    for (int t = 0; t < lengths[b]; t++) {
                        sum += x[(t * BATCH + b) * WIDTH + f];
                        top = Math.max(top, x[(t * BATCH + b) * WIDTH + f]);
                    }
                    float end = lengths[b] == 0 ? 0 : x[((lengths[b] - 1) * BATCH + b) * WIDTH + f];
                    float start = lengths[b] == 0 ? 0 : x[b * WIDTH + f];
                    assertThat(last[b][f]).isEqualTo(end);
                    assertThat(ends[b][f]).isEqualTo(f < WIDTH / 2 ? end : start);
                    assertThat(mean[b][f]).isCloseTo((float) (sum / Math.max(1, lengths[b])), within(1e-6f));
                    assertThat(most[b][f]).isEqualTo(top);
                }
            }
        }
    }

    /**
     * A maximum has a kink wherever two steps are near each other, so that differences say little about it; where the
     * gradient has to go is known exactly.
     */
    @Test
    void theMaximumsGradientGoesWhereItStood() {
        Random random = new Random(8);
        for (int round = 0; round < 10; round++) {
            float[] x = values(random);
            int[] lengths = random.ints(BATCH, 0, STEPS + 1).toArray();
            Network network = NetworkSpec.values(WIDTH).maximumOverSteps().build();
            Pass pass = Pass.of(network, new float[0], GemmLibrary.JAVA, true).withInputGradients();
            State none = network.zeroState(BATCH);
            Frames out = pass.forward(Sequences.ofValues(STEPS, BATCH, x).withLengths(lengths), none, none, true, 0, 0);
            float[] dy = new float[BATCH * WIDTH];
            for (int i = 0; i < dy.length; i++) {
                dy[i] = (float) random.nextGaussian();
            }
            System.arraycopy(dy, 0, out.gradients(), out.at(), dy.length);
            pass.backward();
            for (int i = 0; i < x.length; i++) {
                int row = i / WIDTH % BATCH;
                boolean here = i / WIDTH / BATCH < lengths[row] && x[i] == out.values()[row * WIDTH + i % WIDTH];
                assertThat(pass.inputGradient()[i]).isEqualTo(here ? dy[row * WIDTH + i % WIDTH] : 0);
            }
        }
    }

    @Test
    void withoutLengthsAllStepsAreReal() {
        float[] x = values(new Random(1));
        for (Layer layer : new Layer[] {new LastStep(), new BothEnds(), new MeanOverSteps(), new MaximumOverSteps()}) {
            assertThat(readOut(layer, GemmLibrary.JAVA, x))
                    .isDeepEqualTo(readOut(layer, GemmLibrary.JAVA, x, STEPS, STEPS, STEPS, STEPS));
        }
    }

    /** Each direction's end has seen the whole row, as its own network's last step has. */
    @Test
    void bothEndsOfABidirectionalLayerAreTheLastStatesOfItsDirections() {
        Network network = NetworkSpec.values(WIDTH)
                .bidirectional("lstm", 3, Merge.CONCATENATE)
                .then(new BothEnds())
                .build();
        float[] params = network.initialize(4).values();
        Pass pass = Pass.of(network, params, GemmLibrary.JAVA, false);
        State end = network.zeroState(BATCH);
        Frames out = pass.forward(
                Sequences.ofValues(STEPS, BATCH, values(new Random(2))).withLengths(LENGTHS), end, end, false, 0, 0);
        float[] forward = end.get("h_l0");
        float[] reverse = end.get("h_l0_reverse");
        for (int b = 0; b < BATCH; b++) {
            for (int j = 0; j < 3; j++) {
                assertThat(out.values()[out.at(0, b) + j]).isEqualTo(forward[b * 3 + j]);
                assertThat(out.values()[out.at(0, b) + 3 + j]).isEqualTo(reverse[b * 3 + j]);
            }
        }
    }

    @Test
    void whatIsNotANumberIsNotHidden() {
        float[] x = values(new Random(1));
        x[(1 * BATCH + 0) * WIDTH + 2] = Float.NaN;
        assertThat(readOut(new MaximumOverSteps(), GemmLibrary.JAVA, x)[0][2]).isNaN();
        assertThat(readOut(new MeanOverSteps(), GemmLibrary.JAVA, x)[0][2]).isNaN();
    }

    @Test
    void endsOfOneDirectionAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.values(3).then(new BothEnds()).build())
                .withMessageContaining("two directions side by side");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NetworkSpec.tokens(3).then(new MeanOverSteps()).build())
                .withMessageContaining("put an embedding or a recurrent layer before it");
    }
}
