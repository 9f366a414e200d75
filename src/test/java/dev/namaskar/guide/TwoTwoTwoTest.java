package dev.namaskar.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SquaredError;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.params.Params;
import dev.namaskar.testing.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 2-2-2 network that one can follow by hand, against differences of the error and against the network's own passes. */
class TwoTwoTwoTest {
    private static final double[] FIRST = {.15, .20, .25, .30, .40, .45, .50, .55};
    /** Where w1 to w8 stand in the matrices, in which a row is an input. */
    private static final int[] PLACE = {0, 2, 1, 3, 0, 2, 1, 3};

    private final Network network = NetworkSpec.values(2)
            .dense(2, Activation.SIGMOID)
            .dense(2, Activation.SIGMOID)
            .build();

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** h1, h2, o1, o2. */
    private static double[] forward(double[] w) {
        double h1 = sigmoid(w[0] * .05 + w[1] * .10 + .35);
        double h2 = sigmoid(w[2] * .05 + w[3] * .10 + .35);
        return new double[] {h1, h2, sigmoid(w[4] * h1 + w[5] * h2 + .60), sigmoid(w[6] * h1 + w[7] * h2 + .60)};
    }

    private static double error(double[] w) {
        double[] o = forward(w);
        return (Math.pow(.01 - o[2], 2) + Math.pow(.99 - o[3], 2)) / 2;
    }

    /** By Richardson's extrapolation of central differences, good to 1e-12. */
    private static double slope(double[] w, int i) {
        double wide = difference(w, i, 2e-3);
        double narrow = difference(w, i, 1e-3);
        return (4 * narrow - wide) / 3;
    }

    private static double difference(double[] w, int i, double by) {
        double[] up = w.clone();
        double[] down = w.clone();
        up[i] += by;
        down[i] -= by;
        return (error(up) - error(down)) / (2 * by);
    }

    private Params params(double[] w) {
        Params params = Params.zeros(network.params());
        float[] first = new float[4];
        float[] second = new float[4];
        for (int i = 0; i < 4; i++) {
            first[PLACE[i]] = (float) w[i];
            second[PLACE[4 + i]] = (float) w[4 + i];
        }
        params.set("dense0.weight", first);
        params.set("dense0.bias", .35f, .35f);
        params.set("head.weight", second);
        params.set("head.bias", .60f, .60f);
        return params;
    }

    @Test
    void theProgramPrintsTheFigures(@TempDir Path classes) throws Exception {
        Programs.compile(classes, Path.of("examples", "TwoTwoTwo.java"));
        String printed = Programs.run(classes, "TwoTwoTwo");
        double[] o = forward(FIRST);
        List<Double> expected = new ArrayList<>(List.of(o[0], o[1], o[2], o[3], error(FIRST)));
        assertThat(o[2]).isCloseTo(.75136507, within(1e-8));
        assertThat(o[3]).isCloseTo(.772928465, within(1e-9));
        assertThat(error(FIRST)).isCloseTo(.298371109, within(1e-9));
        double slope1 = o[2] * (1 - o[2]);
        double slope2 = o[3] * (1 - o[3]);
        expected.addAll(List.of(o[2] - .01, slope1, o[0], slope(FIRST, 4)));
        double d1 = (o[2] - .01) * slope1;
        double d2 = (o[3] - .99) * slope2;
        expected.addAll(List.of(d1, .40, d2, .50, d1 * .40 + d2 * .50));
        expected.addAll(List.of(d1 * .40 + d2 * .50, o[0] * (1 - o[0]), .05, slope(FIRST, 0)));
        for (int i = 0; i < 8; i++) {
            expected.add(FIRST[i] - .5 * slope(FIRST, i));
        }
        List<Double> found = new ArrayList<>();
        String byHand = printed.substring(0, printed.indexOf("the network"));
        Pattern.compile("(?<=[ ])-?[01][.]\\d+")
                .matcher(byHand)
                .results()
                .forEach(m -> found.add(Double.valueOf(m.group())));
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as("number " + i).isCloseTo(expected.get(i), within(1e-8));
        }
        assertThat(expected.get(expected.size() - 4)).isCloseTo(.35891648, within(1e-8));
        assertThat(expected.get(expected.size() - 8)).isCloseTo(.149780716, within(1e-9));
        assertThat(printed).contains("the network: E 0.298371", "after 10000 steps: E 0.0000351");
    }

    @Test
    void tenThousandStepsByHandLeaveTheSameError() {
        double[] w = FIRST.clone();
        for (int step = 0; step < 10_000; step++) {
            double[] o = forward(w);
            double d1 = (o[2] - .01) * o[2] * (1 - o[2]);
            double d2 = (o[3] - .99) * o[3] * (1 - o[3]);
            double e1 = (d1 * w[4] + d2 * w[6]) * o[0] * (1 - o[0]);
            double e2 = (d1 * w[5] + d2 * w[7]) * o[1] * (1 - o[1]);
            double[] slopes = {e1 * .05, e1 * .10, e2 * .05, e2 * .10, d1 * o[0], d1 * o[1], d2 * o[0], d2 * o[1]};
            for (int i = 0; i < 8; i++) {
                w[i] -= .5 * slopes[i];
            }
        }
        assertThat(error(w)).isCloseTo(3.5e-5, within(2e-7));
    }

    @Test
    void theNetworkAgrees() {
        for (GemmLibrary library : GemmLibrary.available()) {
            Pass pass = Pass.of(network, params(FIRST).values(), library, true);
            Frames out = pass.predict(Sequences.ofValues(1, 1, .05f, .10f), network.zeroState(1));
            assertThat((double) out.values()[0]).isCloseTo(forward(FIRST)[2], within(1e-6));
            assertThat((double) out.values()[1]).isCloseTo(forward(FIRST)[3], within(1e-6));
            double error = new SequenceLoss(new SquaredError()).compute(out, Targets.values(.01f, .99f), 1);
            Params gradient = new Params(network.params(), pass.backward());

            assertThat(error).isCloseTo(error(FIRST), within(1e-6));
            for (int i = 0; i < 8; i++) {
                float found = gradient.get(i < 4 ? "dense0.weight" : "head.weight")[PLACE[i]];
                assertThat((double) found).as("w" + (i + 1)).isCloseTo(slope(FIRST, i), within(1e-6));
            }
        }
    }
}
