package dev.namaskar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.train.run.Standing;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.settings.StoppingRules;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose matrix products a run has is part of it: every choice gives the same but for rounding, and is gone on with. */
class StoredProductsTest {
    private static final int VOCABULARY = 7;
    private static final Network NETWORK = NetworkSpec.tokens(VOCABULARY)
            .recurrent("gru", 11)
            .recurrent("lstm", 9)
            .dense(VOCABULARY)
            .build();

    @TempDir
    Path dir;

    static Stream<GemmChoice> choices() {
        List<GemmChoice> choices = new ArrayList<>();
        GemmLibrary.available().forEach(library -> choices.add(GemmChoice.of(library)));
        List<GemmLibrary> natives = new ArrayList<>(GemmLibrary.available());
        natives.remove(GemmLibrary.JAVA);
        for (int i = 1; i < natives.size(); i++) {
            choices.add(new GemmChoice(natives.get(i - 1), natives.get(i), natives.get(i - 1)));
        }
        return choices.stream();
    }

    /** Those of whole floats and, where the processor has it, that of rounded ones. */
    static Stream<GemmChoice> choicesAndTheRounding() {
        GemmChoice rounding = GemmChoice.of(GemmLibrary.ONEDNN_BF16);
        return Stream.concat(
                choices(), rounding.missing().isEmpty() ? Stream.of(rounding) : Stream.<GemmChoice>empty());
    }

    private static Trainer trainer(Params params, @Nullable GemmChoice gemm) {
        return new Trainer(
                NETWORK,
                params,
                Optimizers.adam(1e-2).clipByGlobalNorm(1),
                new TrainerTest.Letters(5, 7, VOCABULARY),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                TrainerSettings.of(2, 11).withGemm(gemm));
    }

    private static Params trained(@Nullable GemmChoice gemm, int steps) {
        Params params = NETWORK.initialize(3);
        try (Trainer trainer = trainer(params, gemm)) {
            for (int i = 0; i < steps; i++) {
                trainer.step();
            }
        }
        return params;
    }

    private static Snapshot snapshot(GemmChoice gemm, int steps) {
        try (Trainer trainer = trainer(NETWORK.initialize(3), gemm)) {
            for (int i = 0; i < steps; i++) {
                trainer.step();
            }
            return trainer.snapshot();
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void everyChoiceTrainsTheSameButForRounding(GemmChoice choice) {
        float[] plain = trained(GemmChoice.of(GemmLibrary.JAVA), 6).values();
        float[] chosen = trained(choice, 6).values();
        assertThat(trained(choice, 6).values()).containsExactly(chosen);
        for (int i = 0; i < plain.length; i++) {
            assertThat(chosen[i]).isCloseTo(plain[i], offset(2e-4f));
        }
    }

    /** The trainer that is restored would take plain Java at these sizes. */
    @ParameterizedTest
    @MethodSource("choicesAndTheRounding")
    void aRestoredRunMultipliesAsItBeganAndMakesTheSameBits(GemmChoice choice) {
        float[] straight = trained(choice, 9).values();
        Params resumed = NETWORK.initialize(99);
        try (Trainer trainer = trainer(resumed, null)) {
            trainer.restore(snapshot(choice, 4));
            assertThat(trainer.gemm()).isEqualTo(choice);
            assertThat(trainer.describe()).endsWith("matrix products by " + choice);
            while (trainer.steps() < 9) {
                trainer.step();
            }
            assertThat(trainer.snapshot().gemm()).isEqualTo(choice);
        }
        assertThat(resumed.values()).containsExactly(straight);
    }

    @Test
    void aTrainerThatHasSteppedIsRestoredToo() {
        GemmLibrary other = GemmLibrary.available().get(0);
        assumeThat(other).isNotEqualTo(GemmLibrary.JAVA);
        Params resumed = NETWORK.initialize(99);
        try (Trainer trainer = trainer(resumed, null)) {
            trainer.step();
            trainer.restore(snapshot(GemmChoice.of(other), 4));
            trainer.step();
        }
        assertThat(resumed.values())
                .containsExactly(trained(GemmChoice.of(other), 5).values());
    }

    @Test
    void anotherChoiceThanTheRunsIsRefusedByName() {
        GemmLibrary other = GemmLibrary.available().get(0);
        assumeThat(other).isNotEqualTo(GemmLibrary.JAVA);
        Snapshot snapshot = snapshot(GemmChoice.of(other), 2);
        Params params = NETWORK.initialize(5);
        float[] before = params.values().clone();
        try (Trainer trainer = trainer(params, GemmChoice.of(GemmLibrary.JAVA))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.restore(snapshot))
                    .withMessageContaining("gemm java, the checkpoint has " + other.key());
        }
        assertThat(params.values()).containsExactly(before);
    }

    @Test
    void aChoiceThatIsNotHereIsRefusedByName() {
        assumeThat(GemmLibrary.available()).doesNotContain(GemmLibrary.MKL);
        try (Trainer trainer = trainer(NETWORK.initialize(1), GemmChoice.of(GemmLibrary.MKL))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(trainer::step)
                    .withMessageStartingWith("`gemm`: expected what loads on this machine, which is ")
                    .withMessageEndingWith("; found mkl");
        }
    }

    /** As on another machine than the run's: it goes on with what is here, and says so. */
    @Test
    void aRunWhoseLibraryIsNotHereGoesOnAndSaysSo() throws IOException {
        assumeThat(GemmLibrary.available()).doesNotContain(GemmLibrary.MKL);
        Path file = dir.resolve("c");
        Snapshot here = snapshot(GemmChoice.of(GemmLibrary.JAVA), 3);
        Snapshot elsewhere = new Snapshot(
                here.step(),
                here.params(),
                here.optimizerStep(),
                here.optimizer(),
                here.carried(),
                here.seed(),
                here.shards(),
                here.average(),
                GemmChoice.of(GemmLibrary.MKL));
        try (var checkpoints = dev.namaskar.files.CheckpointFile.open(file, NETWORK, Map.of())) {
            checkpoints.save(elsewhere, Standing.BEGUN);
        }
        List<String> notes = new ArrayList<>();
        Params params = NETWORK.initialize(4);
        try (CheckpointedRuns runs = CheckpointedRuns.open(file, NETWORK, Map.of(), 0, true, notes::add);
                Trainer trainer = trainer(params, null)) {
            runs.carryOut(trainer, new Training(trainer, StoppingRules.afterSteps(8)));
            assertThat(trainer.gemm()).isEqualTo(GemmChoice.of(GemmLibrary.JAVA));
        }
        assertThat(notes)
                .anyMatch(note -> note.contains("matrix products were by mkl, which does not load on this machine")
                        && note.contains("by java, which rounds differently"));
        assertThat(params.values())
                .containsExactly(trained(GemmChoice.of(GemmLibrary.JAVA), 8).values());
    }

    @Test
    void whatTheNetworkMultipliesIsWhatIsTimed() {
        var trial = ProductSizes.trial(
                NetworkSpec.tokens(65)
                        .recurrent("lstm", 512)
                        .recurrent("lstm", 512)
                        .dense(65)
                        .build()
                        .params(),
                32,
                64,
                2);
        assertThat(trial.step()).isEqualTo(new dev.namaskar.kernels.GemmTrial.Size(32, 512, 512, 4));
        assertThat(trial.window()).isEqualTo(new dev.namaskar.kernels.GemmTrial.Size(512, 512, 512, 4));
        assertThat(trial.gradient()).isEqualTo(new dev.namaskar.kernels.GemmTrial.Size(512, 512, 512, 1));
        var dense = ProductSizes.trial(
                NetworkSpec.values(30).dense(200).dense(7).build().params(), 700, 1, 1);
        assertThat(dense.step()).isEqualTo(new dev.namaskar.kernels.GemmTrial.Size(700, 30, 200, 1));
        assertThat(dense.gradient()).isEqualTo(new dev.namaskar.kernels.GemmTrial.Size(30, 700, 200, 1));
    }
}
