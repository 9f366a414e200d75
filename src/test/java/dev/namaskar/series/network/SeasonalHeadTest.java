package dev.namaskar.series.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Reduction;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.GradientReport;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonalHeadTest {
    private static final double[][] LEVELS = {{}, {0.9}, {0.8, 0.95}, {0.5, 0.8, 0.95}};

    private final Random random = new Random(4);

    private float[] draw(int size, double spread) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
        return values;
    }

    private static float[] context(SeasonalHead head, float[] skips, double unit, double zero) {
        float[] context = java.util.Arrays.copyOf(skips, head.contextWidth());
        context[skips.length] = (float) unit;
        context[skips.length + 1] = (float) zero;
        return context;
    }

    private static double loss(
            SeasonalHead head, SeasonalHead.Row row, double[] levels, float[] out, float[] targets, float[] context) {
        row.forward(out, 0, context, 0);
        double[][] ignored = new double[2 * levels.length + 1][head.horizon()];
        return head.loss(row.quantiles, SeasonalHead.probabilities(levels), targets, 0, context, 0, ignored);
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,0,NaN",
        "1,0,0,-1",
        "3,1,1,NaN",
        "3,1,1,-1",
        "5,2,2,NaN",
        "5,2,2,-1",
        "4,3,3,-1",
        "4,3,3,NaN",
        "2,2,0,-1"
    })
    void gradientAgreesWithCentralDifferences(int horizon, int levels, int skips, double zero) {
        SeasonalHead head = new SeasonalHead(horizon, levels, skips, levels == 2);
        SeasonalHead.Row row = head.new Row();
        int checked = 0;
        for (int round = 0; round < 20; round++) {
            float[] out = draw(head.outputs(), 0.7);
            float[] targets = draw(horizon, 1);
            targets[0] = horizon > 1 && round % 2 == 0 ? Float.NaN : targets[0];
            float[] context = context(head, draw(skips * horizon, 0.5), 0.3, zero);
            double[][] dQuantiles = new double[2 * levels + 1][horizon];
            row.forward(out, 0, context, 0);
            head.loss(row.quantiles, SeasonalHead.probabilities(LEVELS[levels]), targets, 0, context, 0, dQuantiles);
            float[] dOut = new float[out.length];
            row.backward(out, dOut, 0, context, 0, dQuantiles, 1);
            for (int i = 0; i < out.length; i++) {
                float kept = out[i];
                float step = 2e-4f;
                out[i] = kept + step;
                double up = out[i];
                double above = loss(head, row, LEVELS[levels], out, targets, context);
                out[i] = kept - step;
                double span = up - out[i];
                double below = loss(head, row, LEVELS[levels], out, targets, context);
                out[i] = kept;
                double middle = loss(head, row, LEVELS[levels], out, targets, context);
                boolean corner = Math.abs(above - 2 * middle + below) > 1e-6;
                if (!corner) {
                    checked++;
                    assertThat((double) dOut[i])
                            .as("output %d of %s", i, head)
                            .isCloseTo((above - below) / span, within(3e-3 + 1e-3 * Math.abs(dOut[i])));
                }
            }
        }
        // Only steps across a corner of the loss are left out, and those are few.
        assertThat(checked).isGreaterThan(17 * head.outputs());
    }

    @ParameterizedTest
    @CsvSource({"3,1", "7,2", "4,3"})
    void quantilesNeverCross(int horizon, int levels) {
        SeasonalHead head = new SeasonalHead(horizon, levels, 2, false);
        SeasonalHead.Row row = head.new Row();
        for (int round = 0; round < 200; round++) {
            float[] context = context(head, draw(2 * horizon, 3), Math.abs(random.nextGaussian()), -1);
            row.forward(draw(head.outputs(), 20), 0, context, 0);
            for (int q = 1; q < row.quantiles.length; q++) {
                for (int h = 0; h < horizon; h++) {
                    assertThat(row.quantiles[q][h]).isGreaterThanOrEqualTo(row.quantiles[q - 1][h]);
                }
            }
        }
    }

    @org.junit.jupiter.api.Test
    void startsFromTheMixOfSkipsAndItsLossIsSmape() {
        SeasonalHead head = new SeasonalHead(2, 0, 2, false);
        float[] out = new float[head.outputs()];
        float[] skips = {0.5f, 1f, 1.5f, 3f};
        float[] context = context(head, skips, 1, -1);
        SeasonalHead.Row row = head.new Row();
        row.forward(out, 0, context, 0);

        assertThat(row.quantiles[0]).containsExactly(1, 2);
        float[] y = {2, 2};
        double smape = (2.0 * 1 / (2 + 3) + 0) / 2;
        assertThat(loss(head, row, new double[0], out, y, context)).isCloseTo(smape, within(1e-6));
    }

    /** The head as training uses it: on a network, by the check that every network is held to. */
    @ParameterizedTest
    @CsvSource({"3,1,2,NaN", "3,2,1,-20", "2,0,3,NaN", "4,3,2,-20"})
    void aNetworkWithThisHeadPassesTheGradientCheck(int horizon, int levels, int skips, double zero) {
        SeasonalHead head = new SeasonalHead(horizon, levels, skips, levels == 2);
        int rows = 3;
        Batch batch = new Batch(BatchShape.series(4, 2, horizon, head.contextWidth(), false), rows);
        System.arraycopy(draw(batch.values.length, 1), 0, batch.values, 0, batch.values.length);
        System.arraycopy(draw(rows * horizon, 3), 0, batch.targets, 0, rows * horizon);
        for (int b = 0; b < rows; b++) {
            float[] context = context(head, draw(skips * horizon, 0.5), 0.8, zero);
            System.arraycopy(context, 0, batch.context, b * head.contextWidth(), head.contextWidth());
        }
        Trainable model = Trainable.of(NetworkSpec.values(2)
                .recurrent("gru", 4)
                .lastStep()
                .dense(head.outputs())
                .build());

        GradientCase at = GradientCase.drawn(model, batch, head.objective(LEVELS[levels]), Reduction.MEAN, 3);
        GradientReport report = new GradientCheck(at, GemmLibrary.JAVA, 40).run();

        assertThat(report.worst()).as(() -> "worst: " + report.worstTensor()).isLessThan(GradientCheck.TOLERANCE);
        assertThat(report.passed()).isTrue();
        assertThat(report.tensors()).allSatisfy(t -> assertThat(t.analytic()).isNotZero());
    }

    /** Untrained, a quantile lies as many deviations from the median as its level says, each a root of seasons wide. */
    @ParameterizedTest
    @CsvSource({"1,5", "3,7", "12,4"})
    void widthsBeginAtThoseOfARepeatedSeason(int season, int horizon) {
        SeasonalHead head = new SeasonalHead(horizon, 2, 1, true);
        float[] out = new float[head.outputs() + 3];
        head.widths(out, 3, new double[] {1.2816, 1.96}, season);
        SeasonalHead.Row row = head.new Row();
        row.forward(out, 3, context(head, new float[horizon], 2, Double.NaN), 0);
        for (int h = 0; h < horizon; h++) {
            double deviation = 2 * 1.2533 * Math.sqrt(h / season + 1);
            assertThat(row.quantiles[2][h]).isZero();
            assertThat(row.quantiles[1][h]).isCloseTo(-1.2816 * deviation, within(1e-3));
            assertThat(row.quantiles[4][h]).isCloseTo(1.96 * deviation, within(1e-3));
        }
    }
}
