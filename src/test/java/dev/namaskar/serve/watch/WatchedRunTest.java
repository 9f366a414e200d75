package dev.namaskar.serve.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.train.SlotNorms;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunLines;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that is watched: the same bits as one that is not, norms that are right, pausing that costs no time of the run. */
class WatchedRunTest {
    private static final String TEXT = "the quick brown fox jumps over the lazy dog. ".repeat(20);

    @Test
    void watchingChangesNoBitOfTheModel() {
        RunBoard board = new RunBoard();
        CharacterModel plain =
                CharacterModel.training().hidden(8).steps(40).threads(1).on(TEXT);
        CharacterModel watched;
        try (WatchedRun run = new WatchedRun("fox", board)) {
            watched = CharacterModel.training()
                    .hidden(8)
                    .steps(40)
                    .threads(1)
                    .listen(run)
                    .on(TEXT);
        }

        assertThat(watched.params().values()).isEqualTo(plain.params().values());
        assertThat(board.news(new RunBoard.Reader()).get(0))
                .containsEntry("name", "fox")
                .containsEntry("state", "ended")
                .containsEntry("ended", "all 40 steps done")
                .containsEntry("total", 40L);
    }

    @Test
    void normsAreThoseOfGradientParametersAndUpdateSlotBySlot() throws IOException {
        try (Corpus corpus = Corpus.of(TEXT, dev.namaskar.symbols.Unit.CODEPOINT)) {
            TextData data = TextData.of(corpus);
            int symbols = data.vocabulary().size();
            Network network = RecurrentLayers.USUAL
                    .withCell("gru")
                    .withHidden(6)
                    .above(NetworkSpec.tokens(symbols))
                    .dense(symbols)
                    .build();
            Params params = network.initialize(1);
            // Of plain gradient descent the update is the learning rate times the gradient.
            try (Trainer trainer = Trainer.of(
                    network,
                    params,
                    Optimizers.sgd(0.25).freeze("rnn.weight_ih*"),
                    data.batches(),
                    SoftmaxCrossEntropy::new,
                    2)) {
                trainer.step();
                assertThat(trainer.norms()).isNull();
                float[] before = params.values().clone();
                trainer.measureNext();
                trainer.step();
                SlotNorms norms = Objects.requireNonNull(trainer.norms());
                trainer.step();

                assertThat(trainer.norms()).isSameAs(norms);
                assertThat(norms.step()).isEqualTo(2);
                // The third step has moved the parameters on: undo is not needed, the second's are recomputed.
                List<Slot> slots = params.layout().slots();
                for (int i = 0; i < slots.size(); i++) {
                    Slot slot = slots.get(i);
                    double frozen = slot.name().startsWith("rnn.weight_ih") ? 0 : 1;
                    assertThat(norms.gradient()[i]).as(slot.name()).isPositive();
                    assertThat(norms.update()[i])
                            .as(slot.name())
                            .isCloseTo(frozen * 0.25 * norms.gradient()[i], within(1e-6));
                    double sum = 0;
                    for (int k = slot.offset(); k < slot.end(); k++) {
                        sum += (double) before[k] * before[k];
                    }
                    // An update away from what stood there before.
                    assertThat(norms.parameters()[i])
                            .as(slot.name())
                            .isCloseTo(Math.sqrt(sum), within(norms.update()[i] + 1e-5));
                }
            }
        }
    }

    /** Pauses a run at a step, and lets it go on when told. */
    private static final class Pausing implements TrainingListener {
        private final CountDownLatch paused = new CountDownLatch(1);
        private volatile boolean pause;
        private double seconds;
        private long steps;

        @Override
        public void onStep(Progress progress) {
            if (progress.step() == 5) {
                pause = true;
                paused.countDown();
            }
            seconds = progress.seconds();
            steps = progress.step();
        }

        @Override
        public boolean asksToPause() {
            return pause;
        }
    }

    @Test
    @Timeout(60)
    void aPauseHoldsTheRunAndTakesNoneOfItsTime() throws Exception {
        Pausing pausing = new Pausing();
        long begun = System.nanoTime();
        Thread run = new Thread(() -> CharacterModel.training()
                .hidden(4)
                .steps(10)
                .threads(1)
                .listen(pausing)
                .on(TEXT));
        run.start();
        pausing.paused.await();
        // Long against ten steps of a tiny network: the run's own time must not contain it.
        run.join(700);
        assertThat(run.isAlive()).isTrue();
        assertThat(pausing.steps).isEqualTo(5);
        double asleep = (System.nanoTime() - begun) * 1e-9;
        pausing.pause = false;
        run.join();

        assertThat(pausing.steps).isEqualTo(10);
        assertThat(pausing.seconds)
                .isLessThan((System.nanoTime() - begun) * 1e-9 - 0.6)
                .isLessThan(asleep);
    }

    @Test
    @Timeout(60)
    void aRunThatIsStoppedWhilePausedEnds() throws Exception {
        RunBoard board = new RunBoard();
        WatchedRun watched = new WatchedRun("fox", board);
        RunSwitch control = Objects.requireNonNull(board.runs().get(0).control());
        control.pause();
        Thread run = new Thread(() -> CharacterModel.training()
                .hidden(4)
                .steps(1000)
                .threads(1)
                .listen(watched)
                .on(TEXT));
        run.start();
        run.join(300);
        assertThat(run.isAlive()).isTrue();
        control.stop();
        run.join();

        assertThat(board.news(new RunBoard.Reader()).get(0)).containsEntry("ended", "stopped after step 1");
    }

    @Test
    void linesTellEveryStepEveryValidationAndTheEnd() {
        List<Map<String, Object>> lines = new ArrayList<>();
        CharacterModel.training()
                .hidden(4)
                .run(r -> r.withSteps(12).withStop(new dev.namaskar.train.settings.EarlyStop(null, null, 5L)))
                .threads(1)
                .listen(new RunLines(lines::add))
                .on(TEXT);

        assertThat(lines.stream().filter(line -> line.containsKey("loss")).map(line -> line.get("step")))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(lines.stream()
                        .filter(line -> line.containsKey("validation_loss"))
                        .map(line -> line.get("step")))
                .containsExactly(5L, 10L, 12L);
        assertThat(lines.stream().filter(line -> line.containsKey("slots"))).isNotEmpty();
        assertThat(lines.get(lines.size() - 1)).isEqualTo(Map.of("step", 12L, "ended", "all 12 steps done"));
    }

    @Test
    void anErrorIsTheEndOfARunToo() {
        RunBoard board = new RunBoard();
        try (WatchedRun run = new WatchedRun("fox", board)) {
            run.onValidation(1, 2.5, true);
        }
        assertThat(board.news(new RunBoard.Reader()).get(0)).containsEntry("ended", "broken off");
    }
}
