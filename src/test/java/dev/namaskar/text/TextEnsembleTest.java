package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several networks that answer as one model. */
class TextEnsembleTest {
    private static final String TEXT = "one for all and all for one, that is what we say\n".repeat(30);

    @TempDir
    Path dir;

    private CharacterModel three = training(7).on(TEXT);

    private static TextTraining training(long seed) {
        return CharacterModel.training()
                .cell("gru")
                .hidden(6)
                .embedding(3)
                .dropout(0.2)
                .steps(12)
                .seqLen(8)
                .threads(1)
                .seed(seed);
    }

    @BeforeEach
    void train() {
        three = training(7).ensemble(3).on(TEXT);
    }

    @Test
    void everyMemberIsWhatATrainingWithItsSeedGives() {
        assertThat(three.members()).hasSize(3);
        for (int member = 0; member < 3; member++) {
            CharacterModel alone =
                    training(RunSettings.NONE.withSeed(7).memberSeed(member)).on(TEXT);
            assertThat(three.members().get(member).params().values())
                    .isEqualTo(alone.params().values());
            assertThat(alone.members()).containsExactly(alone);
        }
    }

    @Test
    void itsLogitsAreTheMeanOfTheMembers() {
        for (String prime : List.of("o", "all for ", TEXT)) {
            float[] together = logits(three, prime);
            double[] mean = new double[together.length];
            for (CharacterModel member : three.members()) {
                float[] own = logits(member, prime);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += own[i] / 3.0;
                }
            }
            for (int i = 0; i < mean.length; i++) {
                assertThat((double) together[i]).isCloseTo(mean[i], within(1e-6));
            }
        }
    }

    private static float[] logits(CharacterModel model, String prime) {
        OpenText text = model.open();
        text.read(prime, new UnknownPolicy.Refuse());
        return text.logits();
    }

    @Test
    void aFileHasAllMembersAndSaysHowMany() throws IOException {
        Path file = dir.resolve("three.safetensors");
        three.write(file);
        CharacterModel read = CharacterModel.read(file);
        assertThat(logits(read, "for ")).isEqualTo(logits(three, "for "));
        assertThat(read.toString()).contains("3 networks of gru 6");
        assertThat(read.origin().get("run")).contains("\"ensemble\":3", "\"cell\":\"gru\"", "\"layers\":1");
    }

    /** Stops in the second network. */
    private static final class StopInTheSecond implements TrainingListener {
        private int run;
        private long step;

        @Override
        public void onRun(int number, int of, String what) {
            run = number;
        }

        @Override
        public void onStep(Progress progress) {
            step = progress.step();
        }

        @Override
        public boolean asksToStop() {
            return run == 2 && step == 5;
        }
    }

    @Test
    void aRunThatWasStoppedInAMemberEndsWithTheSameBits() throws IOException {
        Checkpoints kept = new Checkpoints(dir.resolve("kept"), 0, true);
        assertThatThrownBy(() -> training(7)
                        .ensemble(3)
                        .checkpoints(kept)
                        .listen(new StopInTheSecond())
                        .on(TEXT))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("step 5 of network 2");
        assertThatThrownBy(() -> training(7).ensemble(2).checkpoints(kept).on(TEXT))
                .hasMessageContaining("ensemble 2, the checkpoint has 3");
        List<String> notes = new ArrayList<>();
        CharacterModel resumed =
                training(7).ensemble(3).checkpoints(kept).notes(notes::add).on(TEXT);
        assertThat(notes).anyMatch(note -> note.startsWith("going on from step 5 of network 2"));
        assertThat(resumed.params().values()).isEqualTo(three.params().values());
    }

    @Test
    void membersGoOnEachByItselfAndLearnNewSymbols() {
        CharacterModel further = training(7).from(three).on("möre of the same for one\n".repeat(40));
        assertThat(further.vocabulary().indexOf('ö')).isNotNegative();
        assertThat(further.members()).hasSize(3);
        for (int member = 0; member < 3; member++) {
            CharacterModel alone = training(RunSettings.NONE.withSeed(7).memberSeed(member))
                    .from(three.members().get(member))
                    .on("möre of the same for one\n".repeat(40));
            assertThat(further.members().get(member).params().values())
                    .isEqualTo(alone.params().values());
        }
        assertThatThrownBy(() -> training(7).ensemble(2).from(three).check())
                .hasMessageContaining("`ensemble`: expected 3, as the trained model has, found 2");
    }

    @Test
    void modelsThatDifferAreNoEnsemble() {
        CharacterModel other = training(7).hidden(5).on(TEXT);
        assertThatThrownBy(() -> CharacterModel.ensemble(List.of(three.members().get(0), other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one network and one vocabulary")
                .hasMessageContaining("gru 5");
    }
}
