package dev.namaskar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.symbols.Unit;
import dev.namaskar.text.corpus.BatchSize;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run limited by time is made of. */
class TextPlanTest {
    private static final BatchSize SIZE = BatchSize.of(32, 64);
    private static final TextPlan PLAN = new TextPlan(
            1.5,
            200,
            new RecurrentLayers("gru", 1, 96, 2, 0.25, 0f),
            24,
            0.3,
            16,
            48,
            "adam:clip=5,schedule=cosine,lr=0.003",
            "ema:0.99",
            3,
            1234,
            100,
            null);

    @TempDir
    Path dir;

    private static BudgetRule rule(double operations, long characters) {
        return BudgetRule.of(TextSettings.NONE.withMembers(1), SIZE, characters, 65, operations);
    }

    @Test
    void aStepCostsSixOperationsForEveryWeightThatAProductSees() {
        RecurrentLayers two = new RecurrentLayers("lstm", 1, 40, 2, 0.5, 0f);
        // the first layer's input weights are a table; 2 biases of 4 gates each in both layers
        long weights = 4 * 40 * 40 + 2 * 4 * 40 + 2 * 4 * 40 * 40 + 2 * 4 * 40 + 40 * 65 + 65;
        assertThat(BudgetRule.costOfStep(CharacterModel.spec(two, 0, 65), SIZE))
                .isEqualTo(2048 * (6.0 * weights + 450 * 65));
    }

    @Test
    void moreTimeNeverMakesASmallerNetwork() {
        double last = 0;
        for (double operations = 1e9; operations < 1e16; operations *= 1.7) {
            BudgetRule rule = rule(operations, 100_000_000);
            RecurrentLayers layers = rule.layersFor(RecurrentLayers.NONE);
            double cost = BudgetRule.costOfStep(CharacterModel.spec(layers, rule.embedding(), 65), SIZE);
            assertThat(cost).isGreaterThanOrEqualTo(last);
            assertThat(cost * 100 <= operations || rule.hidden() == 32)
                    .as("enough steps with %s operations", operations)
                    .isTrue();
            last = cost;
        }
        assertThat(rule(1e16, 100_000_000).hidden())
                .isGreaterThan(rule(1e12, 100_000_000).hidden());
    }

    @Test
    void theMoreOftenATextIsReadTheMoreIsDropped() {
        assertThat(rule(1e13, 100_000_000).dropout()).isZero();
        assertThat(rule(1e13, 100_000).dropout()).isEqualTo(0.5);
        assertThat(rule(1e13, 3_000_000).dropout()).as("two passes").isZero();
        assertThat(rule(1e13, 1_000_000).dropout())
                .isGreaterThan(rule(1e13, 3_000_000).dropout());
    }

    @Test
    void aSmallTextIsReadTwentyFiveTimesAtMostByASmallNetwork() {
        long characters = 54_000;
        BudgetRule rule = rule(1e15, characters);
        assertThat(rule.mostSteps() * 2048.0 / characters).isBetween(24.5, 25.0);
        assertThat((double) rule.hidden()).isLessThan(1.6 * Math.sqrt((double) characters));
        assertThat(rule.inputDropout()).isPositive();
        assertThat(rule(1e13, 100_000_000).inputDropout()).isZero();
        assertThat(BudgetRule.of(TextSettings.NONE.withEmbedding(0).withMembers(1), SIZE, characters, 65, 1e15)
                        .inputDropout())
                .as("without vectors there is nothing to drop from")
                .isZero();
    }

    @Test
    void aTextThatHasNoUseForItsTimeEndsBeforeIt() throws IOException {
        String text = prose().substring(0, 3000);
        try (Corpus corpus = Corpus.of(text, Unit.CODEPOINT)) {
            TrainedText trained = CharacterModel.training()
                    .hidden(4)
                    .ensemble(1)
                    .minutes(0.1)
                    .threads(1)
                    .fit(corpus);
            assertThat(trained.report().result().steps()).isEqualTo(100);
            assertThat(trained.report().figures()).containsEntry("ended", "all 100 steps done");
        }
    }

    @Test
    void timeThatOneNetworkHasNoUseForGoesToMore() {
        long characters = 1_000_000;
        int last = 1;
        for (double operations = 1e12; operations < 1e16; operations *= 1.3) {
            BudgetRule rule = BudgetRule.of(TextSettings.NONE, SIZE, characters, 65, operations);
            assertThat(rule.members()).isBetween(last, 10);
            assertThat(rule)
                    .as("each is what suits its share of the time")
                    .isEqualTo(BudgetRule.of(
                            TextSettings.NONE.withMembers(rule.members()), SIZE, characters, 65, operations));
            assertThat(BudgetRule.of(TextSettings.NONE, SIZE, characters * 10_000, 65, operations)
                            .members())
                    .as("a long text has a use for it")
                    .isEqualTo(1);
            last = rule.members();
        }
        assertThat(last).isEqualTo(10);
        BudgetRule asked = BudgetRule.of(TextSettings.NONE.withMembers(3), SIZE, characters, 65, 3e13);
        assertThat(asked.members()).isEqualTo(3);
        assertThat(asked.hidden()).isEqualTo(rule(1e13, characters).hidden());
    }

    @Test
    void manySymbolsMakeStepsDearAndTheNetworkNoSmallerThanItMustBe() {
        int characters = 570_000;
        BudgetRule few = BudgetRule.of(TextSettings.NONE.withMembers(1), SIZE, characters, 65, 1e13);
        BudgetRule many = BudgetRule.of(TextSettings.NONE.withMembers(1), SIZE, characters, 5872, 1e13);
        assertThat(many.hidden()).isLessThan(few.hidden()).isGreaterThanOrEqualTo(64);
    }

    @Test
    void noTimeLeftChoosesTheSmallest() {
        BudgetRule rule = rule(0, 1_000_000);
        assertThat(rule.layersFor(RecurrentLayers.NONE)).isEqualTo(new RecurrentLayers("gru", 1, 32, 1, 0.0, 0f));
        assertThat(rule.averaging()).isEqualTo("ema:0.8");
    }

    @Test
    void largerNetworksLearnMoreSlowly() {
        assertThat(rule(1e9, 100_000_000).learningRate()).isEqualTo(0.01);
        BudgetRule large = rule(1e16, 100_000_000);
        assertThat(large.layers()).isEqualTo(2);
        assertThat(large.learningRate()).isCloseTo(0.01 * Math.sqrt(64.0 / large.hidden()), Offset.offset(1e-5));
    }

    @Test
    void whatIsAskedForStays() {
        RecurrentLayers asked =
                RecurrentLayers.NONE.withCell("sru").withHidden(24).withDropout(0.15);
        RecurrentLayers layers = BudgetRule.of(
                        TextSettings.NONE.withLayers(asked).withEmbedding(0), SIZE, 1000, 65, 1e13)
                .layersFor(asked);
        assertThat(layers).isEqualTo(new RecurrentLayers("sru", 1, 24, layers.layers(), 0.15, 0f));
        TextSettings settings = TextSettings.NONE
                .withLayers(asked)
                .withRun(RunSettings.NONE
                        .withOptimizer(OptimizerSpec.parse("adam:lr=0.5"))
                        .withData(new RunSettings.Data(3, null)));
        TextSettings over = PLAN.over(settings);
        assertThat(over.layers()).isEqualTo(new RecurrentLayers("sru", 1, 24, 2, 0.15, 0f));
        assertThat(over.run().update().optimizer().settings())
                .containsEntry("lr", 0.5)
                .containsEntry("clip", 5.0)
                .containsEntry("schedule", "cosine");
        assertThat(over.run().data().batch()).isEqualTo(3);
        assertThat(over.seqLen()).isEqualTo(48);
        assertThat(over.embedding()).isEqualTo(24);
        assertThat(over.variational().input()).isEqualTo(0.3);
        TextSettings oneHot = settings.withEmbedding(0).withVariational(new VariationalDropout(0.0, 0.2, null, null));
        assertThat(PLAN.over(oneHot).embedding()).isZero();
        assertThat(PLAN.over(oneHot).variational()).isEqualTo(oneHot.variational());
        assertThat(Objects.requireNonNull(over.run().update().average()).spec()).isEqualTo("ema:0.99");
        assertThat(over.run().stop().every()).isEqualTo(100);
    }

    @Test
    void aPlanIsReadBackAsItWasWritten() throws IOException {
        assertThat(TextPlan.read("here", PLAN.write())).isEqualTo(PLAN);
        String before = PLAN.write().replace("\"embedding\":24,\"dropout_input\":0.3,", "");
        assertThat(TextPlan.read("here", before).over(TextSettings.NONE).embedding())
                .isNull();
        assertThatThrownBy(() -> TextPlan.read("here", "{\"minutes\":1}"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("here: ");
    }

    private static String prose() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(5);
        while (text.length() < 60_000) {
            text.append(
                    List.of("the cat ", "sat on ", "a mat\n", "and ", "slept ").get(random.nextInt(5)));
        }
        return text.toString();
    }

    /** Stops the run after so many steps. */
    private record StopAfter(long steps, List<Progress> seen) implements TrainingListener {
        StopAfter(long steps) {
            this(steps, new ArrayList<>());
        }

        @Override
        public void onStep(Progress progress) {
            seen.add(progress);
        }

        @Override
        public boolean asksToStop() {
            return seen.get(seen.size() - 1).step() >= steps;
        }
    }

    private TrainedText run(Path kept, @Nullable TrainingListener listener) throws IOException {
        TextTraining training = CharacterModel.training()
                .hidden(6)
                .minutes(0.001)
                .threads(1)
                .checkpoints(new Checkpoints(kept, 0, true));
        if (listener != null) {
            training.listen(listener);
        }
        try (Corpus corpus = Corpus.of(prose(), Unit.CODEPOINT)) {
            return training.fit(corpus);
        }
    }

    @Test
    void aRunTakenUpAgainMeasuresNothingAndEndsWithTheSameBits() throws IOException {
        Path kept = dir.resolve("kept");
        StopAfter early = new StopAfter(2);
        assertThatThrownBy(() -> run(kept, early)).isInstanceOf(RunStoppedException.class);
        Path copy = Files.copy(kept, dir.resolve("copy"));
        TrainedText straight = run(kept, null);
        assertThatThrownBy(() -> run(copy, new StopAfter(5))).isInstanceOf(RunStoppedException.class);
        TrainedText again = run(copy, null);
        assertThat(again.model().params().values())
                .isEqualTo(straight.model().params().values());
        assertThat(again.report().figures()).isEqualTo(straight.report().figures());
        Map<?, ?> plan =
                (Map<?, ?>) Objects.requireNonNull(straight.report().figures().get("plan"));
        assertThat(straight.report().result().steps())
                .isEqualTo(early.seen().get(1).totalSteps())
                .isPositive();
        assertThat(plan.get("minutes")).isEqualTo(0.001);
        assertThat(straight.report().result().reason()).isEqualTo("the 0.001 minutes are over");
        assertThat(straight.model().origin().get("run")).contains("\"plan\":{\"minutes\":0.001");
    }

    @Test
    void aRunTakenUpAgainWithOtherSettingsIsRefused() {
        Path kept = dir.resolve("kept");
        assertThatThrownBy(() -> run(kept, new StopAfter(2))).isInstanceOf(RunStoppedException.class);
        TextTraining other = CharacterModel.training().hidden(7).minutes(0.001).threads(1);
        assertThatThrownBy(
                        () -> other.checkpoints(new Checkpoints(kept, 0, true)).on(prose()))
                .hasMessageContaining("hidden 7, the checkpoint has 6");
        TextTraining longer = CharacterModel.training().hidden(6).minutes(0.5).threads(1);
        assertThatThrownBy(
                        () -> longer.checkpoints(new Checkpoints(kept, 0, true)).on(prose()))
                .hasMessageContaining("minutes 0.5, the checkpoint has 0.001");
    }

    @Test
    void aRunByStepsPlansNothing() {
        assertThat(CharacterModel.training()
                        .minutes(5)
                        .steps(2)
                        .threads(1)
                        .on(prose())
                        .origin()
                        .get("run"))
                .contains("\"cell\":\"rnn\"")
                .doesNotContain("plan");
    }
}
