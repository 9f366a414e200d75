package dev.namaskar.net.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static final int STEPS = 20;
    private static final int BATCH = 30;
    private static final int WIDTH = 50;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void theMeanIsKeptAndSoIsTheShareOfZeros(double rate) {
        float[] y = ones(new Dropout(rate, false), BATCH, true, 7, 0);
        int zeros = 0;
        double sum = 0;
        for (float value : y) {
            assertThat(value == 0 || value == (float) (1 / (1 - rate))).isTrue();
            zeros += value == 0 ? 1 : 0;
            sum += value;
        }
        double deviation = Math.sqrt(rate * (1 - rate) / y.length);

        assertThat((double) zeros / y.length).isCloseTo(rate, within(4 * deviation));
        assertThat(sum / y.length).isCloseTo(1, within(4 * deviation / (1 - rate)));
    }

    @Test
    void predictionAndRateZeroPassEverythingThrough() {
        assertThat(ones(new Dropout(0.5, false), BATCH, false, 7, 0)).containsOnly(1f);
        assertThat(ones(new Dropout(0, false), BATCH, true, 7, 0)).containsOnly(1f);
        assertThat(NetworkSpec.values(2).dropout(0)).isEqualTo(NetworkSpec.values(2));
    }

    @Test
    void aHeldMaskIsTheSameAtEveryStepAndAnotherInEveryRow() {
        float[] y = ones(new Dropout(0.5, true), BATCH, true, 7, 0);
        int step = BATCH * WIDTH;
        for (int t = 1; t < STEPS; t++) {
            assertThat(Arrays.copyOfRange(y, t * step, (t + 1) * step)).isEqualTo(Arrays.copyOf(y, step));
        }
        assertThat(Arrays.copyOfRange(y, WIDTH, 2 * WIDTH)).isNotEqualTo(Arrays.copyOf(y, WIDTH));
    }

    @Test
    void aMaskDrawnEachStepIsAnotherAtEveryStepAndForEveryKey() {
        float[] y = ones(new Dropout(0.5, false), BATCH, true, 7, 0);
        int step = BATCH * WIDTH;

        assertThat(Arrays.copyOfRange(y, step, 2 * step)).isNotEqualTo(Arrays.copyOf(y, step));
        assertThat(ones(new Dropout(0.5, false), BATCH, true, 8, 0)).isNotEqualTo(y);
        assertThat(ones(new Dropout(0.5, false), BATCH, true, 7, 0)).isEqualTo(y);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shardsGetTheRowsThatTheWholeBatchHas(boolean held) {
        Dropout dropout = new Dropout(0.5, held);
        float[] whole = ones(dropout, BATCH, true, 7, 0);
        float[] tail = ones(dropout, BATCH - 13, true, 7, 13);
        for (int t = 0; t < STEPS; t++) {
            assertThat(Arrays.copyOfRange(tail, t * (BATCH - 13) * WIDTH, (t + 1) * (BATCH - 13) * WIDTH))
                    .isEqualTo(Arrays.copyOfRange(whole, (t * BATCH + 13) * WIDTH, (t + 1) * BATCH * WIDTH));
        }
    }

    @Test
    void twoLayersOfDropoutDrawDifferentMasks() {
        Network network = NetworkSpec.values(WIDTH).dropout(0.5).dropout(0.5).build();
        float[] y = run(network, BATCH, true, 7, 0);
        int kept = 0;
        for (float value : y) {
            kept += value != 0 ? 1 : 0;
        }

        assertThat((double) kept / y.length).isCloseTo(0.25, within(0.01));
    }

    private static float[] ones(Dropout dropout, int batch, boolean training, long key, int firstRow) {
        return run(NetworkSpec.values(WIDTH).then(dropout).build(), batch, training, key, firstRow);
    }

    private static float[] run(Network network, int batch, boolean training, long key, int firstRow) {
        Pass pass = Pass.of(network, new float[0], GemmLibrary.JAVA, false);
        float[] x = new float[STEPS * batch * WIDTH];
        Arrays.fill(x, 1);
        State none = network.zeroState(batch);
        Frames out = pass.forward(Sequences.ofValues(STEPS, batch, x), none, none, training, key, firstRow);
        return Arrays.copyOfRange(out.values(), out.at(), out.at() + out.size());
    }
}
