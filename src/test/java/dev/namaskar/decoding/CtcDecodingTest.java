package dev.namaskar.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.losses.Ctc;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readings of frames so few that every string of symbols can be written down. */
class CtcDecodingTest {
    private static final double TIGHT = 1e-5;

    private static float[] logProbabilities(Random random, int frames, int symbols) {
        float[] logs = new float[frames * symbols];
        for (int t = 0; t < frames; t++) {
            double sum = 0;
            for (int k = 0; k < symbols; k++) {
                logs[t * symbols + k] = 2 * (float) random.nextGaussian();
                sum += Math.exp(logs[t * symbols + k]);
            }
            for (int k = 0; k < symbols; k++) {
                logs[t * symbols + k] -= (float) Math.log(sum);
            }
        }
        return logs;
    }

    /** By labels: the probability of all strings that collapse to them, and of the likeliest of these. */
    private static Map<List<Integer>, double[]> exhaustive(float[] logs, int frames, int symbols, int blank) {
        Map<List<Integer>, double[]> all = new LinkedHashMap<>();
        for (int code = 0; code < Math.pow(symbols, frames); code++) {
            int rest = code;
            int before = blank;
            double log = 0;
            var labels = new java.util.ArrayList<Integer>();
            for (int t = 0; t < frames; t++) {
                int k = rest % symbols;
                rest /= symbols;
                log += logs[t * symbols + k];
                if (k != blank && k != before) {
                    labels.add(k);
                }
                before = k;
            }
            double[] sums = all.computeIfAbsent(labels, l -> new double[] {0, Double.NEGATIVE_INFINITY});
            sums[0] += Math.exp(log);
            sums[1] = Math.max(sums[1], log);
        }
        return all;
    }

    @Test
    void aBeamThatKeepsEverythingSumsOverAllWays() {
        Random random = new Random(2);
        for (int trial = 0; trial < 60; trial++) {
            int frames = 1 + random.nextInt(5);
            int symbols = 2 + random.nextInt(3);
            int blank = random.nextInt(symbols);
            float[] logs = logProbabilities(random, frames, symbols);
            Map<List<Integer>, double[]> all = exhaustive(logs, frames, symbols, blank);

            List<Hypothesis> found = new CtcBeam(blank, 4000, 5).search(FrameScores.of(logs, symbols));

            double[] best = all.values().stream()
                    .mapToDouble(sums -> -Math.log(sums[0]))
                    .sorted()
                    .limit(5)
                    .toArray();
            assertThat(found).hasSize(best.length);
            for (int i = 0; i < best.length; i++) {
                List<Integer> labels =
                        Arrays.stream(found.get(i).symbols()).boxed().toList();
                assertThat(found.get(i).logProbability()).isCloseTo(-best[i], within(TIGHT));
                assertThat(Math.log(all.getOrDefault(labels, new double[2])[0])).isCloseTo(-best[i], within(TIGHT));
            }
            double loss = new Ctc(blank)
                    .compute(
                            logs,
                            new float[logs.length],
                            0,
                            symbols,
                            frames,
                            symbols,
                            found.get(0).symbols(),
                            1);
            assertThat(found.get(0).logProbability()).isCloseTo(-loss, within(TIGHT));
        }
    }

    @Test
    void alignmentIsTheLikeliestWayAndItsSpansAreInOrder() {
        Random random = new Random(4);
        for (int trial = 0; trial < 60; trial++) {
            int frames = 1 + random.nextInt(5);
            float[] logs = logProbabilities(random, frames, 3);
            exhaustive(logs, frames, 3, 0).forEach((labels, sums) -> {
                int[] wanted = labels.stream().mapToInt(l -> l).toArray();
                CtcPath path = CtcPath.align(FrameScores.of(logs, 3), 0, wanted);
                assertThat(path.labels()).isEqualTo(wanted);
                assertThat(path.logProbability()).isCloseTo(sums[1], within(TIGHT));
                int at = 0;
                for (Span span : path.spans()) {
                    assertThat(span.first()).isGreaterThanOrEqualTo(at);
                    assertThat(span.end()).isGreaterThan(span.first());
                    at = span.end();
                }
                assertThat(at).isLessThanOrEqualTo(frames);
            });
        }
    }

    @Test
    void greedyTakesTheLikeliestSymbolOfEachFrame() {
        float[] logs = new float[8 * 3];
        int[] path = {0, 1, 1, 0, 1, 2, 2, 0};
        IntStream.range(0, 8).forEach(t -> {
            Arrays.fill(logs, 3 * t, 3 * t + 3, -3);
            logs[3 * t + path[t]] = -0.1f;
        });

        CtcPath found = CtcPath.greedy(FrameScores.of(logs, 3), 0);

        assertThat(found.labels()).containsExactly(1, 1, 2);
        assertThat(found.spans().stream().map(s -> s.first() + "-" + s.end())).containsExactly("1-3", "4-5", "5-7");
        assertThat(found.logProbability()).isCloseTo(-0.8, within(1e-6));
        assertThat(found.spans().get(0).logProbability()).isCloseTo(-0.1, within(1e-6));
    }

    @Test
    void aRowOfABatchIsReadWhereItStands() {
        Random random = new Random(8);
        float[] one = logProbabilities(random, 4, 3);
        float[] batch = logProbabilities(random, 4, 6);
        for (int t = 0; t < 4; t++) {
            System.arraycopy(one, 3 * t, batch, 6 * t + 3, 3);
        }
        FrameScores row = new FrameScores(batch, 3, 6, 4, 3);

        assertThat(CtcPath.greedy(row, 0)).isEqualTo(CtcPath.greedy(FrameScores.of(one, 3), 0));
        assertThat(new CtcBeam(0, 3, 2).search(row)).isEqualTo(new CtcBeam(0, 3, 2).search(FrameScores.of(one, 3)));
    }

    @Test
    void nothingToReadIsNoLabelAndTooFewFramesAreRefused() {
        FrameScores none = FrameScores.of(new float[0], 3);

        assertThat(CtcPath.greedy(none, 0).spans()).isEmpty();
        assertThat(CtcPath.align(none, 0, new int[0]).spans()).isEmpty();
        assertThat(new CtcBeam(0, 2, 1).search(none).get(0).symbols()).isEmpty();
        assertThatThrownBy(() -> CtcPath.align(none, 0, new int[] {1}))
                .hasMessageContaining("more frames for 1 labels");
        assertThatThrownBy(() -> CtcPath.align(FrameScores.of(new float[6], 3), 0, new int[] {1, 1}))
                .hasMessageContaining("found 2");
        assertThatThrownBy(() -> new FrameScores(new float[5], 0, 3, 2, 3)).hasMessageContaining("found 5");
    }
}
