package dev.namaskar.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.text.CharacterModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose loss goes up again are told of, others are not. */
class DivergenceTest {
    private static List<String> said(long steps, double noise, long seed, LongToDoubleFunction loss) {
        List<String> notes = new ArrayList<>();
        Divergence watch = new Divergence(notes::add);
        Random random = new Random(seed);
        for (long step = 1; step <= steps; step++) {
            double value = loss.applyAsDouble(step) + noise * random.nextGaussian();
            watch.onStep(new Progress(step, steps, value, 0.1, 1, 0.01, step, null));
        }
        watch.onEnd(new Training.Result(steps, 0, 0, 0, "all steps done"), Standing.BEGUN);
        return notes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 64, 65, 128, 300, 5_000, 20_001})
    void lossesThatFallOrStayAreInOrder(long steps) {
        for (long seed = 0; seed < 40; seed++) {
            assertThat(said(steps, 0.3, seed, step -> 1.5 + 3 * Math.exp(-20.0 * step / steps)))
                    .isEmpty();
            assertThat(said(steps, 0.3, seed, step -> 1)).isEmpty();
            assertThat(said(steps, 0.3, seed, step -> 4 - 2.0 * step / steps)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 5_000, 20_001})
    void lossesThatRiseAreTold(long steps) {
        for (long seed = 0; seed < 20; seed++) {
            List<String> notes =
                    said(steps, 0.1, seed, step -> 1.5 + 2.5 * Math.abs(2.0 * step / steps - 1) + (step < 3 ? 1 : 0));
            assertThat(notes).hasSize(1);
            Matcher told = Pattern.compile("again: ([0-9.]+) about step ([0-9]+), ([0-9.]+) at the end")
                    .matcher(notes.get(0));
            assertThat(told.find()).isTrue();
            assertThat(Double.parseDouble(told.group(1))).isBetween(1.4, 1.7);
            assertThat(Long.parseLong(told.group(2))).isBetween((long) (0.42 * steps), (long) (0.58 * steps));
            assertThat(Double.parseDouble(told.group(3))).isBetween(3.6, 4.2);
        }
    }

    /** A quarter of what the loss had come down is the least. */
    @Test
    void aLittleRiseIsNotTold() {
        LongToDoubleFunction little = step -> step < 2_000 ? 4 - step * 0.001 : 2 + (step - 2_000) * 0.0001;
        assertThat(said(4_000, 0.01, 1, little)).isEmpty();
        assertThat(said(8_000, 0.01, 1, little)).hasSize(1);
    }

    @Test
    void aTrainingTellsOfItself() {
        Random random = new Random(1);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            letters.append((char) ('a' + (int) (20 * Math.pow(random.nextDouble(), 2))));
        }
        String text = letters.toString();
        CharacterModel learned = CharacterModel.training()
                .hidden(24)
                .steps(300)
                .learningRate(0.01)
                .threads(1)
                .on(text);
        List<String> calm = new ArrayList<>();
        CharacterModel.training()
                .from(learned)
                .steps(200)
                .learningRate(1e-4)
                .threads(1)
                .notes(calm::add)
                .on(text);
        assertThat(calm).noneMatch(note -> note.contains("went up"));
        List<String> wild = new ArrayList<>();
        CharacterModel.training()
                .from(learned)
                .steps(400)
                .run(run -> run.withOptimizer(OptimizerSpec.parse("adam:lr=1,schedule=linear-warmup(300)")))
                .threads(1)
                .notes(wild::add)
                .on(text);
        assertThat(wild).anyMatch(note -> note.contains("the training loss went up again"));
    }
}
