package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout with held masks, and the other settings that a text's training can be made harder by. */
class VariationalDropoutTest {
    private static final String PROSE = "to be or not to be, that is the question\n".repeat(60);

    @TempDir
    Path dir;

    @Test
    void eachPlaceHasARateOfItsOwn() {
        NetworkSpec plain = NetworkSpec.tokens(9)
                .embedding(4)
                .recurrent("lstm", 5)
                .dropout(0.3)
                .recurrent("lstm", 5)
                .dropout(0.3)
                .dense(9);
        Recurrent masked = new Recurrent("lstm", 5).withStateDropout(0.25);
        assertThat(new VariationalDropout(0.125, 0.25, 0.5, 0.75).in(plain))
                .isEqualTo(NetworkSpec.tokens(9)
                        .embedding(4)
                        .then(new Dropout(0.125, true))
                        .then(masked)
                        .then(new Dropout(0.5, true))
                        .then(masked)
                        .then(new Dropout(0.75, true))
                        .dense(9));
        assertThat(VariationalDropout.NONE.in(plain)).isEqualTo(plain);
        assertThat(new VariationalDropout(null, null, null, 0.0).in(plain))
                .as("zero takes away what was there")
                .isEqualTo(NetworkSpec.tokens(9)
                        .embedding(4)
                        .recurrent("lstm", 5)
                        .dropout(0.3)
                        .recurrent("lstm", 5)
                        .dense(9));
        assertThat(NetworkSpec.fromMap(
                        new VariationalDropout(0.125, 0.25, 0.5, 0.75).in(plain).toMap()))
                .isEqualTo(new VariationalDropout(0.125, 0.25, 0.5, 0.75).in(plain));
    }

    private static float[] out(NetworkSpec spec, boolean training, long key, int[] at, int firstRow, int rows) {
        Network network = spec.build();
        Pass pass = Pass.of(network, network.initialize(3).values(), GemmLibrary.JAVA, false);
        State state = network.zeroState(rows);
        float[] all = new float[0];
        int tokens = 0;
        for (int steps : at) {
            int[] ids = new int[steps * rows];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = (tokens + i / rows) % 9;
            }
            tokens += steps;
            Frames out = pass.forward(Sequences.ofTokens(steps, rows, ids), state, state, training, key, firstRow);
            int before = all.length;
            all = Arrays.copyOf(all, before + out.size());
            System.arraycopy(out.values(), out.at(), all, before, out.size());
        }
        return all;
    }

    @Test
    void oneMaskOfTheStateServesAllStepsOfARowAndPredictingHasNone() {
        for (String cell : new String[] {"rnn", "gru", "lstm"}) {
            NetworkSpec plain = NetworkSpec.tokens(9).recurrent(cell, 11).dense(4);
            NetworkSpec masked = NetworkSpec.tokens(9)
                    .then(new Recurrent(cell, 11).withStateDropout(0.5))
                    .dense(4);
            float[] whole = out(masked, true, 7, new int[] {10}, 0, 3);
            assertThat(out(masked, true, 7, new int[] {4, 1, 5}, 0, 3)).as(cell).isEqualTo(whole);
            assertThat(out(masked, true, 8, new int[] {10}, 0, 3)).isNotEqualTo(whole);
            assertThat(out(masked, false, 7, new int[] {10}, 0, 3))
                    .isEqualTo(out(plain, true, 7, new int[] {10}, 0, 3));
            float[] last = out(masked, true, 7, new int[] {10}, 2, 1);
            for (int t = 0; t < 10; t++) {
                assertThat(Arrays.copyOfRange(last, t * 4, t * 4 + 4))
                        .as("the third row as a shard of its own")
                        .isEqualTo(Arrays.copyOfRange(whole, (t * 3 + 2) * 4, (t * 3 + 3) * 4));
            }
        }
    }

    @Test
    void whatHasNoPlaceIsRefused() {
        NetworkSpec tokens = NetworkSpec.tokens(9).recurrent("gru", 5).dense(9);
        assertThatThrownBy(() -> new VariationalDropout(0.1, null, null, null).in(tokens))
                .hasMessageStartingWith("`dropout-input`: expected an embedding");
        assertThatThrownBy(() -> new VariationalDropout(null, null, 0.1, null).in(tokens))
                .hasMessageStartingWith("`dropout-between`: expected two recurrent layers");
        assertThatThrownBy(() -> new Recurrent("mingru", 3).withStateDropout(0.5))
                .hasMessageStartingWith("`dropout-state`: expected none for mingru");
        assertThatThrownBy(() -> new VariationalDropout(null, 1.0, null, null))
                .hasMessageStartingWith("`dropout-state`: expected 0 <= number < 1");
    }

    private static TextTraining all() {
        return CharacterModel.training()
                .cell("lstm")
                .hidden(6)
                .layers(l -> l.withLayers(2))
                .embedding(4)
                .dropout(new VariationalDropout(0.1, 0.2, 0.3, 0.4))
                .dropConnect(0.25)
                .smoothing(0.05)
                .run(r -> r.withOptimizer(
                        OptimizerSpec.parse("adamw:weight_decay=0.01,recurrent_decay=0.5,schedule=constant")))
                .threads(1)
                .steps(12);
    }

    private record StopAfter(long[] seen, long steps) implements TrainingListener {
        @Override
        public void onStep(Progress progress) {
            seen[0] = progress.step();
        }

        @Override
        public boolean asksToStop() {
            return seen[0] >= steps;
        }
    }

    @Test
    void aRunWithAllOfThemIsResumedToTheSameBitsAndRemembersThem() throws IOException {
        CharacterModel straight = all().on(PROSE);
        Path kept = dir.resolve("kept");
        assertThatThrownBy(() -> all().checkpoints(new Checkpoints(kept, 0, true))
                        .listen(new StopAfter(new long[1], 5))
                        .on(PROSE))
                .isInstanceOf(RunStoppedException.class);
        assertThatThrownBy(() -> all().dropConnect(0.5)
                        .checkpoints(new Checkpoints(kept, 0, true))
                        .on(PROSE))
                .hasMessageContaining("drop-connect 0.5, the checkpoint has 0.25");
        assertThatThrownBy(() -> all().smoothing(0)
                        .checkpoints(new Checkpoints(kept, 0, true))
                        .on(PROSE))
                .hasMessageContaining("smoothing none, the checkpoint has 0.05");
        CharacterModel resumed =
                all().checkpoints(new Checkpoints(kept, 0, true)).on(PROSE);
        assertThat(resumed.params().values()).isEqualTo(straight.params().values());
        assertThat(resumed.origin().get("run")).contains("\"drop_connect\":0.25", "\"smoothing\":0.05");
        assertThat(resumed.next("to be", 3)).isEqualTo(straight.next("to be", 3));
        straight.write(dir.resolve("model"));
        assertThat(CharacterModel.read(dir.resolve("model")).next("to be", 3)).isEqualTo(straight.next("to be", 3));
    }
}
