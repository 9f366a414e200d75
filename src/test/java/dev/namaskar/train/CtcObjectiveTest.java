package dev.namaskar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Reduction;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.train.batch.Batch;
import dev.namaskar.train.batch.BatchShape;
import dev.namaskar.train.batch.BatchSource;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.Gradients;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.StoppingRules;
import dev.namaskar.train.settings.TrainerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CtcObjectiveTest {
    private static final int SYMBOLS = 4;

    private static NetworkSpec spec(String cell) {
        return NetworkSpec.values(3).bidirectional(cell, 5, Merge.CONCATENATE).dense(SYMBOLS);
    }

    /** Rows with labels that fit, one without labels, one of a single frame, one without frames. */
    private static Batch batch(int room, long seed) {
        Batch batch =
                new Batch(BatchShape.labels(BatchShape.Sequence.values(room, 3).withLengths(), 4), 5);
        Random random = new Random(seed);
        int[] lengths = {9, 6, 1, 7, 0};
        int[][] labels = {{1, 1, 3}, {}, {2}, {3, 2, 2, 1}, {}};
        batch.resize(9, 4);
        for (int b = 0; b < 5; b++) {
            batch.lengths[b] = lengths[b];
            batch.targetLengths[b] = labels[b].length;
            for (int i = 0; i < labels[b].length; i++) {
                batch.classes[i * 5 + b] = labels[b][i];
            }
            for (int t = 0; t < lengths[b]; t++) {
                for (int f = 0; f < 3; f++) {
                    batch.values[(t * 5 + b) * 3 + f] = (float) random.nextGaussian();
                }
            }
        }
        return batch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm", "mingru"})
    void gradientsAgreeWithDifferencesOfTheLoss(String cell) {
        for (Reduction reduction : Reduction.values()) {
            GradientCase at = GradientCase.drawn(
                    Trainable.of(spec(cell).build()), batch(9, 2), new CtcObjective(0), reduction, 3);
            assertThat(new GradientCheck(at, GemmLibrary.JAVA, 40).run().worst())
                    .isLessThan(1e-3);
        }
        GradientCase drawn = GradientCase.drawnCtc(spec(cell).build(), 8, 4, Reduction.MEAN, 5, 8, 1, 0, 6);
        assertThat(drawn.batch().targetCount()).isPositive();
        assertThat(new GradientCheck(drawn, GemmLibrary.JAVA, 40).run().worst()).isLessThan(1e-3);
    }

    @Test
    void aWrongGradientIsCaught() {
        CtcObjective right = new CtcObjective(0);
        Objective withoutBlanks = (out, shard, weight) -> {
            double loss = right.compute(out, shard, weight);
            for (int i = out.at(); i < out.at() + out.size(); i += SYMBOLS) {
                out.gradients()[i] *= 0.98f;
            }
            return loss;
        };
        GradientCase at =
                GradientCase.drawn(Trainable.of(spec("gru").build()), batch(9, 2), withoutBlanks, Reduction.MEAN, 3);

        assertThat(new GradientCheck(at, GemmLibrary.JAVA, 40).run().passed()).isFalse();
    }

    private static Gradients gradients(Network network, Batch batch) {
        GradientCase at = GradientCase.drawn(Trainable.of(network), batch, new CtcObjective(0), Reduction.SUM, 7);
        return new GradientCheck(at, GemmLibrary.JAVA, 1).backPropagated();
    }

    private static double[] losses(Network network, Batch batch) {
        Params params = network.initialize(4);
        Frames out = Pass.of(network, params.values(), GemmLibrary.JAVA, true)
                .forward(
                        batch.sequences(),
                        network.zeroState(batch.rows()),
                        network.zeroState(batch.rows()),
                        true,
                        0,
                        0);
        double[] losses = new double[batch.rows()];
        for (int b = 0; b < batch.rows(); b++) {
            // one row at a time: the others are emptied
            int[] lengths = batch.lengths.clone();
            int[] counts = batch.targetLengths.clone();
            for (int other = 0; other < batch.rows(); other++) {
                out.lengths()[other] = other == b ? lengths[b] : 0;
                batch.targetLengths[other] = other == b ? counts[b] : 0;
            }
            losses[b] = new CtcObjective(0).compute(out, batch, 1);
            System.arraycopy(lengths, 0, out.lengths(), 0, lengths.length);
            System.arraycopy(counts, 0, batch.targetLengths, 0, counts.length);
        }
        return losses;
    }

    @Test
    void paddingChangesNothing() {
        Network network = spec("gru").build();
        Batch tight = batch(9, 2);
        Batch wide = batch(14, 2);
        wide.resize(14, 4);
        Random random = new Random(1);
        for (int t = 0; t < 14; t++) {
            for (int b = 0; b < 5; b++) {
                for (int f = 0; f < 3 && t >= wide.lengths[b]; f++) {
                    wide.values[(t * 5 + b) * 3 + f] = 100 * random.nextFloat();
                }
            }
        }

        assertThat(losses(network, wide)).isEqualTo(losses(network, tight));
        assertThat(gradients(network, wide).params())
                .isEqualTo(gradients(network, tight).params());
    }

    @Test
    void theOrderOfRowsChangesNoRow() {
        Network network = spec("lstm").build();
        Batch batch = batch(9, 2);
        int[] order = {3, 0, 4, 2, 1};
        Batch other = batch(9, 2);
        for (int b = 0; b < 5; b++) {
            Batch row = single(batch.shape());
            batch.copyRows(order[b], row);
            put(row, other, b);
        }

        double[] losses = losses(network, batch);
        double[] permuted = losses(network, other);

        for (int b = 0; b < 5; b++) {
            assertThat(permuted[b]).isEqualTo(losses[order[b]]);
        }
        assertThat(losses[4]).as("neither frames nor labels").isZero();
    }

    private static Batch single(BatchShape shape) {
        return new Batch(shape, 1);
    }

    private static void put(Batch row, Batch into, int b) {
        into.lengths[b] = row.lengths[0];
        into.targetLengths[b] = row.targetLengths[0];
        for (int i = 0; i < row.targetSteps(); i++) {
            into.classes[i * into.rows() + b] = row.classes[i];
        }
        for (int t = 0; t < row.steps(); t++) {
            System.arraycopy(row.values, t * 3, into.values, (t * into.rows() + b) * 3, 3);
        }
    }

    @Test
    void namesTheRowOfTheWholeBatchWhoseLabelsDoNotFit() {
        Network network = spec("gru").build();
        Batch batch = batch(9, 2);
        batch.targetLengths[3] = 4;
        batch.lengths[3] = 4;
        BatchSource source = BatchSource.of(batch.shape(), 5, (number, into) -> batch.copyRows(0, into));
        try (Trainer trainer = new Trainer(
                network,
                network.initialize(1),
                Optimizers.adam(1e-3),
                source,
                () -> new CtcObjective(0),
                TrainerSettings.of(2, 1).withoutCarriedState())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(trainer::step)
                    .withMessageContaining("row 3: expected at least 5 frames for 4 labels")
                    .withMessageContaining("found 4");
        }
    }

    /** Which of two tones sounds, for one to three frames each, silence between: learned from the order alone. */
    @Test
    void labelsWithoutPlacesAreLearnedAndTheShareOfBlanksIsTold() {
        Network network = NetworkSpec.values(2)
                .bidirectional("gru", 8, Merge.CONCATENATE)
                .dense(3)
                .build();
        BatchShape shape = BatchShape.labels(BatchShape.Sequence.values(20, 2).withLengths(), 4);
        BatchSource source = BatchSource.of(shape, 16, CtcObjectiveTest::tones);
        Params params = network.initialize(3);
        List<Progress> told = new ArrayList<>();
        try (Trainer trainer = new Trainer(
                network,
                params,
                Optimizers.adam(1e-2),
                source,
                () -> new CtcObjective(0),
                TrainerSettings.of(2, 1).withoutCarriedState())) {
            Training training = new Training(trainer, StoppingRules.afterSteps(250));
            training.listen(new TrainingListener() {
                @Override
                public void onStep(Progress progress) {
                    told.add(progress);
                }
            });
            training.run();
        }

        assertThat(told.get(0).loss()).isGreaterThan(1);
        assertThat(told.get(told.size() - 1).loss()).isLessThan(0.05);
        assertThat(told).allSatisfy(progress -> {
            assertThat(progress.tally()).isNotNull();
            assertThat(progress.tally().name()).isEqualTo("blank_share");
            assertThat(progress.tally().share()).isBetween(0.0, 1.0);
        });
        assertThat(told.get(told.size() - 1).tally().share()).isBetween(0.3, 0.95);
        assertThat(told.get(0).tally().of()).as("frames of both shards").isGreaterThan(16 * 4);
    }

    private static void tones(long number, Batch into) {
        Random random = new Random(number);
        Arrays.fill(into.values, 0);
        for (int b = 0; b < into.rows(); b++) {
            int at = 1;
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                int tone = random.nextInt(2);
                into.classes[i * into.rows() + b] = 1 + tone;
                int end = at + 1 + random.nextInt(3);
                for (; at < end; at++) {
                    into.values[(at * into.rows() + b) * 2 + tone] = 1;
                }
                at += 1 + random.nextInt(2);
            }
            into.lengths[b] = at;
            into.targetLengths[b] = count;
        }
    }

    @Test
    void refusesBatchesWithoutNumbersOfLabels() {
        Network network = spec("rnn").build();
        Batch batch = new Batch(BatchShape.classes(BatchShape.Sequence.values(3, 3)), 2);
        Frames out = Pass.of(network, network.initialize(1).values(), GemmLibrary.JAVA, true)
                .forward(batch.sequences(), network.zeroState(2), network.zeroState(2), true, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CtcObjective(0).compute(out, batch, 1))
                .withMessageContaining("number of labels for each row");
        assertThat(new Tally("a", 1, 4).plus(new Tally("a", 2, 4)).share()).isEqualTo(3 / 8.0);
        assertThat(new Tally("a", 0, 0).share()).isZero();
    }
}
