package dev.namaskar.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Safetensors;
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
