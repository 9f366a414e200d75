package dev.namaskar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Role;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropConnectTest {
    private static final Network NETWORK = NetworkSpec.tokens(7)
            .recurrent("lstm", 9)
            .recurrent("gru", 5)
            .dense(7)
            .build();

    private static float[] ones() {
        float[] ones = new float[NETWORK.params().size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.75})
    void recurrentWeightsAloneAreDroppedAtTheRateAndTheMeanIsKept(double rate) {
        DropConnect drop = new DropConnect(rate, NETWORK.params());
        int zeros = 0;
        int count = 0;
        for (long key = 0; key < 50; key++) {
            float[] mask = ones();
            drop.multiply(mask, key, 0, mask.length);
            for (Slot slot : NETWORK.params().slots()) {
                for (int i = slot.offset(); i < slot.end(); i++) {
                    if (slot.role() == Role.RECURRENT) {
                        assertThat(mask[i] == 0 || mask[i] == (float) (1 / (1 - rate)))
                                .isTrue();
                        zeros += mask[i] == 0 ? 1 : 0;
                        count++;
                    } else {
                        assertThat(mask[i]).isEqualTo(1);
                    }
                }
            }
        }
        assertThat((double) zeros / count).isCloseTo(rate, within(4 * Math.sqrt(rate * (1 - rate) / count)));
    }

    @Test
    void aMaskIsTheSameHoweverTheParametersAreShared() {
        DropConnect drop = new DropConnect(0.4, NETWORK.params());
        float[] whole = ones();
        drop.multiply(whole, 11, 0, whole.length);
        Random random = new Random(3);
        float[] pieces = ones();
        for (int at = 0; at < pieces.length; ) {
            int to = Math.min(pieces.length, at + 1 + random.nextInt(37));
            drop.multiply(pieces, 11, at, to);
            at = to;
        }
        assertThat(pieces).isEqualTo(whole);
        float[] other = ones();
        drop.multiply(other, 12, 0, other.length);
        assertThat(other).isNotEqualTo(whole);
    }

    private static final class Constant implements BatchSource {
        @Override
        public BatchShape shape() {
            return BatchShape.text(6);
        }

        @Override
        public int rows() {
            return 4;
        }

        @Override
        public long perEpoch() {
            return 1;
        }

        @Override
        public boolean startsFresh(long number) {
            return true;
        }

        @Override
        public void read(long number, Batch into) {
            for (int i = 0; i < into.tokens.length; i++) {
                into.tokens[i] = i * 3 % 7;
                into.classes[i] = i * 5 % 7;
            }
        }
    }

    private static Trainer trainer(Params params, int threads, double rate) {
        return new Trainer(
                NETWORK,
                params,
                Optimizers.sgd(1),
                new Constant(),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                new TrainerSettings(threads, 2, 5, true, GemmLibrary.JAVA).withDropConnect(rate));
    }

    /** One step of plain descent shows the gradient: that of what products saw, times the mask. */
    @Test
    void anUpdateIsTheGradientAtTheMaskedWeightsThroughTheMask() {
        Params params = NETWORK.initialize(2);
        float[] before = params.values().clone();
        try (Trainer trainer = trainer(params, 2, 0.5)) {
            trainer.step();
        }
        float[] mask = ones();
        new DropConnect(0.5, NETWORK.params()).multiply(mask, SplitMix64.mix(5), 0, mask.length);
        float[] masked = before.clone();
        for (int i = 0; i < mask.length; i++) {
            masked[i] *= mask[i];
        }
        Batch batch = new Batch(BatchShape.text(6), 4);
        new Constant().read(0, batch);
        Pass pass = Pass.of(NETWORK, masked, GemmLibrary.JAVA, true);
        State zero = NETWORK.zeroState(4);
        Frames out = pass.forward(Sequences.ofTokens(6, 4, batch.tokens), zero, zero, true, 0, 0);
        Objective.of(new SoftmaxCrossEntropy()).compute(out, batch, 1.0 / 24);
        float[] gradient = pass.backward();
        int held = 0;
        for (int i = 0; i < mask.length; i++) {
            assertThat((double) before[i] - params.values()[i])
                    .as("entry %d", i)
                    .isCloseTo(gradient[i] * mask[i], within(1e-6));
            held += mask[i] == 0 && params.values()[i] == before[i] ? 1 : 0;
        }
        assertThat(held)
                .as("weights that were dropped stay, and stay what they are")
                .isGreaterThan(100);
    }

    @Test
    void theSameBitsWhateverTheThreads() {
        Params one = NETWORK.initialize(2);
        Params two = NETWORK.initialize(2);
        try (Trainer a = trainer(one, 1, 0.3);
                Trainer b = trainer(two, 2, 0.3)) {
            for (int i = 0; i < 5; i++) {
                assertThat(a.step()).isEqualTo(b.step());
            }
        }
        assertThat(one.values()).isEqualTo(two.values());
    }

    @Test
    void whereThereAreNoRecurrentWeightsItIsRefused() {
        Network none = NetworkSpec.tokens(7).recurrent("sru", 4).dense(7).build();
        assertThatThrownBy(() -> TrainerSettings.of(1, 1).withDropConnect(0.25).requireEffect(none.params()))
                .hasMessage("`drop-connect`: expected 0 where there are no recurrent weights, found 0.25");
        assertThatThrownBy(() -> TrainerSettings.of(1, 1).withDropConnect(1))
                .hasMessage("`drop-connect`: expected 0 <= number < 1, found 1");
    }
}
