package dev.namaskar.text;

import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.BatchSize;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.text.corpus.Tokens;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.StepTimes;
import java.util.Objects;

/**
 * Plans a run limited by time: measures this machine by training a throw-away network for a twelfth of the time and two and
 * a half seconds at most, chooses by {@link BudgetRule}, and measures what was chosen for as long, so that the run's last step, and with it its schedule,
 * ends when the time does.
 */
final class TextPlanner {
    /** The part of the time that each of the two measurements takes, and the seconds it takes at most. */
    private static final double PART = 0.08;

    private static final double LONGEST = 2.5;
    /** Units of the network that the machine is measured by. */
    private static final int PROBE_HIDDEN = 256;

    private static final int SCORED = 2000;
    /** Validations beside the last one take at most this part of the time, and there are at most so many. */
    private static final double VALIDATING = 0.04;

    private static final int MOST_VALIDATIONS = 20;
    /** However little time there is. */
    private static final int LEAST_STEPS = 20;

    private final TextSettings asked;
    private final Vocabulary vocabulary;
    private final long begun;
    private final double limit;

    private record Speed(double quickest, double stepSeconds, double scoringSeconds) {}

    /**
     * A planner.
     *
     * @param asked with minutes
     * @param vocabulary that knows all of the corpus
     * @param begun by {@link System#nanoTime}, when the time began
     */
    TextPlanner(TextSettings asked, Vocabulary vocabulary, long begun) {
        this.asked = asked;
        this.vocabulary = vocabulary;
        this.begun = begun;
        limit = 60 * Objects.requireNonNull(asked.run().length().minutes());
    }

    private double spent() {
        return (System.nanoTime() - begun) * 1e-9;
    }

    /** Plans the run. */
    TextPlan plan(TextData data) {
        BatchSize size = BatchSize.of(data.batches().rows(), data.batches().steps());
        int embedding = asked.embedding() == null ? BudgetRule.EMBEDDING : asked.embedding();
        RecurrentLayers probe =
                asked.layers().withLayers(1).withHidden(PROBE_HIDDEN).withDropout(0);
        probe = probe.cell() == null ? probe.withCell(BudgetRule.CELL) : probe;
        NetworkSpec probed = CharacterModel.spec(probe, embedding, vocabulary.size());
        double rate = BudgetRule.costOfStep(probed, size) / measure(probed, data).quickest;
        double rest = Math.max(0, limit - Math.min(LONGEST, PART * limit) - spent());
        BudgetRule rule = BudgetRule.of(asked, size, data.train().length(), vocabulary.size(), rate * rest);
        RecurrentLayers layers = rule.layersFor(asked.layers());
        TextPlan chosen = new TextPlan(
                limit / 60,
                Math.rint(rate * 1e-9),
                layers,
                rule.embedding(),
                rule.inputDropout() > 0 ? rule.inputDropout() : null,
                size.streams(),
                size.steps(),
                optimizer(rule.learningRate(), rule.schedule()).toString(),
                asked.run().update().average() == null
                        ? rule.averaging()
                        : asked.run().update().average().spec(),
                rule.members() == 1 ? null : rule.members(),
                0,
                0,
                null);
        Speed speed = measure(chosen.over(asked).network(vocabulary.size()), data);
        return withLength(chosen, rule.mostSteps(), speed, data);
    }

    private TextPlan withLength(TextPlan chosen, long most, Speed speed, TextData data) {
        int members = chosen.members() == null ? 1 : chosen.members();
        double seconds = Math.max(0, limit - spent()) / members;
        double validation = speed.scoringSeconds * data.scored().length();
        long wanted = asked.run().stop().every() != null || asked.run().needsValidation()
                ? 0
                : (long) Math.min(MOST_VALIDATIONS, VALIDATING * seconds / validation);
        long steps = Math.max(LEAST_STEPS, (long) ((seconds - wanted * validation) / speed.stepSeconds));
        boolean all = steps > most;
        steps = Math.min(steps, most);
        return chosen.withSteps(steps, wanted == 0 ? 0 : steps / wanted + 1, all);
    }

    private OptimizerSpec optimizer(double rate, String schedule) {
        OptimizerSpec given = asked.run().update().optimizer();
        boolean adam = given.isAdam();
        OptimizerSpec open = adam ? given.orElse("schedule", schedule).orElse("lr", rate) : given.forRecurrent();
        return asked.run()
                .withOptimizer(open)
                .orElse(TextTraining.USUAL)
                .update()
                .optimizer();
    }

    /** Trains fresh parameters, which are then thrown away; the first half of the time warms up. */
    private Speed measure(NetworkSpec spec, TextData data) {
        CharacterModel fresh =
                CharacterModel.fresh(spec, vocabulary, asked.run().seed());
        double seconds = Math.min(LONGEST, PART * limit);
        try (Trainer trainer = new Trainer(
                fresh.network(),
                fresh.params().copy(),
                optimizer(1e-3, "constant").with("schedule", "constant").build(1),
                data.batches(),
                () -> Objective.of(new SoftmaxCrossEntropy()),
                asked.run().trainer(asked.run().seed()))) {
            steps(trainer, seconds / 2);
            StepTimes times = steps(trainer, seconds / 2);
            Tokens some = data.scored().slice(0, Math.min(SCORED, data.scored().length()));
            long from = System.nanoTime();
            fresh.score(some, trainer.library());
            double scoring = (System.nanoTime() - from) * 1e-9 / some.length();
            return new Speed(times.quickest() * 1e-9, times.median() * 1e-9, scoring);
        }
    }

    private static StepTimes steps(Trainer trainer, double seconds) {
        StepTimes times = new StepTimes();
        long begun = System.nanoTime();
        long before;
        long now = begun;
        do {
            before = now;
            trainer.step();
            now = System.nanoTime();
            times.add(now - before);
        } while (now - begun < seconds * 1e9);
        return times;
    }
}
