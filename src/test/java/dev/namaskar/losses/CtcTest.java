package dev.namaskar.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Safetensors;
import dev.namaskar.kernels.LogSpace;
import dev.namaskar.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtcTest {
    static List<Path> files() {
        return Golden.files("ctc-.*[.]safetensors");
    }

    @ParameterizedTest
    @MethodSource("files")
    void agreesWithPyTorch(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            double[] exact = file.doubles(file.tensor("logits"));
            double[] expected = file.doubles(file.tensor("grad"));
            double[] loss = file.doubles(file.tensor("loss"));
            long[] frames = file.longs(file.tensor("frames"));
            long[] labels = file.longs(file.tensor("labels"));
            int batch = frames.length;
            int symbols = file.tensor("logits").shape().get(2).intValue();
            int widest = labels.length / batch;
            float[] logits = new float[exact.length];
            IntStream.range(0, exact.length).forEach(i -> logits[i] = (float) exact[i]);
            float[] gradient = new float[exact.length];
            Ctc ctc = new Ctc((int) file.longs(file.tensor("blank"))[0]);
            for (int b = 0; b < batch; b++) {
                int[] row = Arrays.stream(labels, b * widest, (b + 1) * widest)
                        .filter(label -> label >= 0)
                        .mapToInt(label -> (int) label)
                        .toArray();
                if (loss[b] < 0) {
                    int place = b * symbols;
                    int count = (int) frames[b];
                    assertThatThrownBy(
                                    () -> ctc.compute(logits, gradient, place, batch * symbols, count, symbols, row, 1))
                            .hasMessageContaining("at least " + Ctc.framesNeeded(row) + " frames")
                            .hasMessageContaining("found " + count);
                    continue;
                }
                double found =
                        ctc.compute(logits, gradient, b * symbols, batch * symbols, (int) frames[b], symbols, row, 1);
                assertThat(found).as("row " + b).isCloseTo(loss[b], within(1e-6 + 1e-6 * Math.abs(loss[b])));
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) gradient[i]).as("value " + i).isCloseTo(expected[i], within(2e-6));
            }
        }
    }

    /** {@code -ln} of the sum over every string of symbols, one a frame, that collapses to the labels. */
    private static double exhaustive(double[][] logs, int blank, int[] labels) {
        int symbols = logs[0].length;
        double sum = 0;
        int strings = (int) Math.pow(symbols, logs.length);
        for (int code = 0; code < strings; code++) {
            double log = 0;
            List<Integer> collapsed = new ArrayList<>();
            int before = blank;
            int rest = code;
            for (double[] frame : logs) {
                int symbol = rest % symbols;
                rest /= symbols;
                log += frame[symbol];
                if (symbol != blank && symbol != before) {
                    collapsed.add(symbol);
                }
                before = symbol;
            }
            if (collapsed.stream()
                    .mapToInt(s -> s)
                    .boxed()
                    .toList()
                    .equals(Arrays.stream(labels).boxed().toList())) {
                sum += Math.exp(log);
            }
        }
        return -Math.log(sum);
    }

    private static double[][] logSoftmax(float[] logits, int frames, int symbols) {
        double[][] logs = new double[frames][symbols];
        for (int t = 0; t < frames; t++) {
            double sum = 0;
            for (int k = 0; k < symbols; k++) {
                sum += Math.exp(logits[t * symbols + k]);
            }
            for (int k = 0; k < symbols; k++) {
                logs[t][k] = logits[t * symbols + k] - Math.log(sum);
            }
        }
        return logs;
    }

    @Test
    void isTheSumOverAllStringsThatCollapseToTheLabels() {
        Random random = new Random(11);
        for (int trial = 0; trial < 300; trial++) {
            int symbols = 2 + random.nextInt(3);
            int blank = random.nextInt(symbols);
            int[] labels = random.ints(random.nextInt(4), 0, symbols)
                    .filter(label -> label != blank)
                    .toArray();
            int frames = Math.max(1, Ctc.framesNeeded(labels)) + random.nextInt(2);
            float[] logits = new float[frames * symbols];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = 2 * (float) random.nextGaussian();
            }
            float[] gradient = new float[logits.length];

            double loss = new Ctc(blank).compute(logits, gradient, 0, symbols, frames, symbols, labels, 3);

            assertThat(loss).isCloseTo(exhaustive(logSoftmax(logits, frames, symbols), blank, labels), within(2e-6));
            int probe = random.nextInt(logits.length);
            float step = 1e-2f;
            float here = logits[probe];
            logits[probe] = here + step;
            double above = exhaustive(logSoftmax(logits, frames, symbols), blank, labels);
            logits[probe] = here - step;
            double below = exhaustive(logSoftmax(logits, frames, symbols), blank, labels);
            assertThat(gradient[probe] / 3.0).isCloseTo((above - below) / (2 * step), within(1e-4));
        }
    }

    /** The loss, and its gradient into {@code gradient}, by logarithms in double all the way, over all states of all frames. */
    private static double byLogarithms(float[] logits, double[] gradient, int symbols, int blank, int[] labels) {
        int frames = logits.length / symbols;
        int states = 2 * labels.length + 1;
        int[] symbolOf = IntStream.range(0, states)
                .map(s -> s % 2 == 0 ? blank : labels[s / 2])
                .toArray();
        double[][] logs = new double[frames][];
        double[][] ahead = new double[frames][states];
        double[][] behind = new double[frames][states];
        for (int t = 0; t < frames; t++) {
            logs[t] = LogSpace.softmax(logits, t * symbols, symbols);
            for (int s = 0; s < states; s++) {
                double sum = t == 0 ? (s < 2 ? 0 : Double.NEGATIVE_INFINITY) : ahead[t - 1][s];
                if (t > 0 && s > 0) {
                    sum = LogSpace.add(sum, ahead[t - 1][s - 1]);
                }
                if (t > 0 && s > 1 && symbolOf[s] != blank && symbolOf[s] != symbolOf[s - 2]) {
                    sum = LogSpace.add(sum, ahead[t - 1][s - 2]);
                }
                ahead[t][s] = sum + logs[t][symbolOf[s]];
            }
        }
        for (int t = frames - 1; t >= 0; t--) {
            for (int s = 0; s < states; s++) {
                double sum = t == frames - 1 ? (s >= states - 2 ? 0 : Double.NEGATIVE_INFINITY) : behind[t + 1][s];
                if (t < frames - 1 && s + 1 < states) {
                    sum = LogSpace.add(sum, behind[t + 1][s + 1]);
                }
                if (t < frames - 1 && s + 2 < states && symbolOf[s] != blank && symbolOf[s] != symbolOf[s + 2]) {
                    sum = LogSpace.add(sum, behind[t + 1][s + 2]);
                }
                behind[t][s] = sum + logs[t][symbolOf[s]];
            }
        }
        double total = ahead[frames - 1][states - 1];
        if (states > 1) {
            total = LogSpace.add(total, ahead[frames - 1][states - 2]);
        }
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k < symbols; k++) {
                gradient[t * symbols + k] = Math.exp(logs[t][k]);
            }
            for (int s = 0; s < states; s++) {
                gradient[t * symbols + symbolOf[s]] -=
                        Math.exp(ahead[t][s] + behind[t][s] - logs[t][symbolOf[s]] - total);
            }
        }
        return -total;
    }

    /**
     * Logits of ordinary size, and such as no float's or double's exponential holds: a network that is sure by hundreds of nats
     * of what is not asked for, at some frames or at all, or sure of other labels until the last frames.
     */
    @ParameterizedTest
    @ValueSource(floats = {1, 8, 60, 200, 2000, 20_000})
    void holdsHoweverSureANetworkIs(float size) {
        Random random = new Random((long) size);
        for (int trial = 0; trial < 60; trial++) {
            int symbols = 2 + random.nextInt(12);
            int blank = random.nextInt(symbols);
            int[] labels = random.ints(random.nextInt(40), 0, symbols)
                    .filter(label -> label != blank)
                    .toArray();
            int frames = Math.max(1, Ctc.framesNeeded(labels)) + random.nextInt(trial % 2 == 0 ? 4 : 120);
            float[] logits = new float[frames * symbols];
            int favourite = random.nextInt(symbols);
            for (int i = 0; i < logits.length; i++) {
                logits[i] = switch (trial % 4) {
                    case 0 -> size * (2 * random.nextFloat() - 1);
                    case 1 -> random.nextInt(10) == 0 ? size * (2 * random.nextFloat() - 1) : random.nextFloat();
                    case 2 -> i % symbols == favourite ? size : random.nextFloat();
                    default -> (random.nextBoolean() ? size : -size) + random.nextFloat();
                };
            }
            float[] gradient = new float[logits.length];
            double[] expected = new double[logits.length];

            double loss = new Ctc(blank).compute(logits, gradient, 0, symbols, frames, symbols, labels, 1);

            double exact = byLogarithms(logits, expected, symbols, blank, labels);
            String which = "trial " + trial + ", " + labels.length + " labels in " + frames + " frames";
            assertThat(loss).as(which).isCloseTo(exact, within(2e-6 + 1e-6 * exact));
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) gradient[i]).as(which + ", value " + i).isCloseTo(expected[i], within(5e-6));
            }
        }
    }

    /** Sums of ever more ways, none less likely than another, grow beyond what a double holds. */
    @Test
    void holdsForLongRowsOfAFreshNetwork() {
        int symbols = 3;
        int[] labels = IntStream.range(0, 400).map(i -> 1 + i % 2).toArray();
        float[] logits = new float[1300 * symbols];
        float[] gradient = new float[logits.length];
        double[] expected = new double[logits.length];

        double loss = new Ctc(0).compute(logits, gradient, 0, symbols, 1300, symbols, labels, 1);

        assertThat(loss).isCloseTo(byLogarithms(logits, expected, symbols, 0, labels), within(1e-3));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) gradient[i]).isCloseTo(expected[i], within(5e-6));
        }
    }

    @Test
    void whatCannotBeIsInfiniteAndWhatIsNoNumberStaysSo() {
        float[] gradient = new float[6];
        float never = Float.NEGATIVE_INFINITY;
        int[] one = {1};
        assertThat(new Ctc(0).compute(new float[] {0, never, 1, 2, never, 0}, gradient, 0, 3, 2, 3, one, 1))
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(new Ctc(0).compute(new float[] {0, 1, Float.NaN, 2, 1, 0}, gradient, 0, 3, 2, 3, one, 1))
                .isNaN();
        double[] logs = logSoftmax(new float[] {2, 1}, 1, 2)[0];
        assertThat(new Ctc(0).compute(new float[] {1, 1, never, 2, 1, never}, gradient, 0, 3, 2, 3, one, 1))
                .as("a symbol that no label needs may be impossible")
                .isCloseTo(-Math.log(0.5 * Math.exp(logs[0]) + Math.exp(logs[1])), within(1e-6));
        assertThat(gradient[2]).isCloseTo(0, within(1e-30f));
    }

    @Test
    void singleFramesEmptyLabelsAndNoFramesAreDefined() {
        float[] logits = {1, 2, 3};
        float[] gradient = new float[3];
        double[] logs = logSoftmax(logits, 1, 3)[0];

        assertThat(new Ctc(0).compute(logits, gradient, 0, 3, 1, 3, new int[] {2}, 1))
                .isCloseTo(-logs[2], within(1e-6));
        assertThat(new Ctc(0).compute(logits, gradient, 0, 3, 1, 3, new int[0], 1))
                .isCloseTo(-logs[0], within(1e-6));
        assertThat(new Ctc(0).compute(logits, gradient, 0, 3, 0, 3, new int[0], 1))
                .isZero();
    }

    @Test
    void oneInstanceServesRowsOfAllSizesInAnyOrder() {
        Random random = new Random(3);
        Ctc shared = new Ctc(1);
        for (int trial = 0; trial < 50; trial++) {
            int symbols = 3 + random.nextInt(40);
            int[] labels = random.ints(random.nextInt(20), 2, symbols).toArray();
            int frames = Ctc.framesNeeded(labels) + random.nextInt(10);
            float[] logits = new float[frames * symbols];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) random.nextGaussian();
            }
            float[] one = new float[logits.length];
            float[] other = new float[logits.length];

            double first = shared.compute(logits, one, 0, symbols, frames, symbols, labels, 1);

            assertThat(first).isEqualTo(new Ctc(1).compute(logits, other, 0, symbols, frames, symbols, labels, 1));
            assertThat(one).isEqualTo(other);
            for (int t = 0; t < frames; t++) {
                double sum = 0;
                for (int k = 0; k < symbols; k++) {
                    sum += one[t * symbols + k];
                }
                assertThat(sum).isCloseTo(0, within(1e-5));
            }
        }
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        float[] logits = new float[12];
        float[] gradient = new float[12];
        assertThatThrownBy(() -> new Ctc(0).compute(logits, gradient, 0, 4, 3, 4, new int[] {1, 1, 2}, 1))
                .hasMessageContaining("at least 4 frames for 3 labels")
                .hasMessageContaining("found 3");
        assertThatThrownBy(() -> new Ctc(0).compute(logits, gradient, 0, 4, 3, 4, new int[] {0}, 1))
                .hasMessageContaining("other than the blank 0, found 0");
        assertThatThrownBy(() -> new Ctc(0).compute(logits, gradient, 0, 4, 3, 4, new int[] {4}, 1))
                .hasMessageContaining("found 4");
        assertThatThrownBy(() -> new Ctc(9).compute(logits, gradient, 0, 4, 3, 4, new int[0], 1))
                .hasMessageContaining("symbol 9");
        assertThat(Ctc.framesNeeded(new int[] {5, 5, 5})).isEqualTo(5);
    }
}
