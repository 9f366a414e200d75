package dev.namaskar.train.run;

import dev.namaskar.optim.schedules.Schedule;
import dev.namaskar.train.NotANumberException;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.Snapshot;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.StoppingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run: steps until a stopping rule holds, with validations and checkpoints between. Validation sees the parameters
 * alone, so it disturbs neither the carried state nor the order of the data.
 */
public final class Training {
    /** How often a run that waits looks whether it may go on. */
    private static final long PAUSE_NANOS = 20_000_000;

    private final Trainer trainer;
    private final StoppingRules rules;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private @Nullable ToDoubleFunction<float[]> validation;
    private long validateEvery;
    private @Nullable Checkpointer checkpointer;
    private long checkpointEvery;
    private @Nullable LongFunction<Schedule> scheduleByLength;
    private Pace pace;
    private @Nullable Averaging averaging;
    private Rounds rounds = Rounds.SINGLE;
    private Standing standing = Standing.BEGUN;
    private boolean stopped;
    private StepTimes times = new StepTimes();
    /** When the run began, by the clock of {@link System#nanoTime}, waiting left out. */
    private long begun;

    /** Stores a checkpoint; an exception ends the run. */
    public interface Checkpointer {
        /** Stores where the run stands. */
        void save(Snapshot snapshot, Standing standing);
    }

    /**
     * How a run ended.
     *
     * @param steps done in all
     * @param trainLoss mean loss of the last step's batch
     * @param medianStepSeconds median of single steps
     * @param seconds of the run, validations included
     * @param reason in words: which rule ended it
     */
    public record Result(long steps, double trainLoss, double medianStepSeconds, double seconds, String reason) {}

    /** A run of this trainer. */
    public Training(Trainer trainer, StoppingRules rules) {
        this.trainer = trainer;
        this.rules = rules;
        pace = rules.steps() > 0
                ? new Pace(0, rules.steps(), false)
                : new Pace(rules.minutes() * 60, Long.MAX_VALUE, false);
    }

    /** Adds somebody who watches. */
    public Training listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Computes a validation loss from the parameters every so many steps, and at the end. */
    public Training validate(long every, ToDoubleFunction<float[]> loss) {
        validation = loss;
        validateEvery = every;
        return this;
    }

    /** The same with what makes the measure when it is first wanted: of a restored trainer it asks what products to take. */
    public Training validate(long every, Supplier<? extends ToDoubleFunction<float[]>> maker) {
        return validate(every, new ToDoubleFunction<float[]>() {
            private @Nullable ToDoubleFunction<float[]> made;

            @Override
            public double applyAsDouble(float[] params) {
                ToDoubleFunction<float[]> measure = made == null ? maker.get() : made;
                made = measure;
                return measure.applyAsDouble(params);
            }
        });
    }

    /**
     * Stores a checkpoint every so many steps and where the run ends; with 0 only where a listener has asked to stop it.
     */
    public Training checkpoint(long every, Checkpointer to) {
        checkpointer = to;
        checkpointEvery = every;
        return this;
    }

    /** For runs limited by time: makes the schedule once the speed, and so the number of steps, can be estimated. */
    public Training scheduleByLength(LongFunction<Schedule> maker) {
        scheduleByLength = maker;
        return this;
    }

    /**
     * For a run limited by time whose speed was measured before: it has so many steps, more or fewer only where the machine
     * turns out to be much slower or faster, and a run that is taken up again ends with the same bits.
     *
     * @param secondsBefore that were spent on measuring
     */
    public Training plan(long steps, double secondsBefore) {
        pace = new Pace(Math.max(0, rules.minutes() * 60 - secondsBefore), steps, true);
        standing = standing.withLength(steps);
        return this;
    }

    /** Takes a mean of the weights, which is validated and kept in their place; null for none. */
    public Training average(@Nullable Averaging rule) {
        averaging = rule;
        return this;
    }

    /**
     * Takes the steps in another way, several at a time: what is due every so many steps then waits for the end of the round
     * that passes them.
     */
    public Training rounds(Rounds how) {
        rounds = how;
        return this;
    }

    /** Goes on from where an earlier run stood; the trainer is restored apart. */
    public Training resume(Standing earlier) {
        standing = earlier;
        if (pace.isPlanned()) {
            // what was left of the time is not known: the steps that were planned are what is left
            expect(new Pace(0, earlier.length(), true));
        }
        return this;
    }

    private void expect(Pace renewed) {
        pace = renewed;
        standing = standing.withLength(renewed.isPlanned() ? renewed.expected() : 0);
        if (scheduleByLength != null) {
            trainer.reschedule(scheduleByLength.apply(renewed.expected()));
        }
    }

    /** Whether the run has ended because a listener asked for it. */
    public boolean stopped() {
        return stopped;
    }

    /** Best validation so far. */
    public Standing standing() {
        return standing;
    }

    /** The parameters to keep: the best by validation or, where there was none, the present ones or their mean. */
    public float[] parameters() {
        return standing.bestParams().length > 0 ? standing.bestParams() : trainer.averaged();
    }

    /** Runs until a rule holds. */
    public Result run() {
        requireValidation();
        listeners.forEach(listener -> listener.onBegin(trainer));
        times = new StepTimes();
        pace.begin(trainer.steps());
        begun = System.nanoTime();
        // A run that was killed after its last step had ended already.
        String reason = standing.endedBy(rules);
        while (reason.isEmpty()) {
            reason = stepsAreDone() ? whereStepsEnd() : nextSteps();
        }
        double seconds = (System.nanoTime() - begun) * 1e-9;
        Result result = new Result(trainer.steps(), standing.trainLoss(), times.median() * 1e-9, seconds, reason);
        listeners.forEach(listener -> listener.onEnd(result, standing));
        return result;
    }

    /** Takes the next steps and does what is due behind them; returns why the run ends there, or nothing. */
    private String nextSteps() {
        long from = System.nanoTime();
        if (averaging != null && !trainer.isAveraging() && averaging.beginsAt(part((from - begun) * 1e-9))) {
            beginAveraging(averaging);
        }
        long before = trainer.steps();
        List<Rounds.Step> steps =
                rounds.next(trainer, byTimeAlone() ? Long.MAX_VALUE : untilAveraging(pace.expected() - before));
        standing = standing.after(steps.get(steps.size() - 1).loss());
        long now = System.nanoTime();
        steps.forEach(step -> times.add((now - from) / steps.size()));
        if (pace.changes((now - begun) * 1e-9, trainer.steps())) {
            expect(pace);
        }
        report(before, steps, (now - from) * 1e-9, (now - begun) * 1e-9);
        boolean timeUp = rules.minutes() > 0 && !pace.isPlanned() && now - begun >= rules.minutes() * 60e9;
        boolean done = timeUp || stepsAreDone();
        String reason = afterSteps(before, done);
        if (reason.isEmpty() && !done) {
            begun += pause();
            reason = stopIfAsked();
        }
        return reason.isEmpty() && timeUp ? whereTimeEnds() : reason;
    }

    private boolean stepsAreDone() {
        return trainer.steps() >= pace.expected() && !byTimeAlone();
    }

    private String whereStepsEnd() {
        return pace.isPlanned() ? whereTimeEnds() : "all " + trainer.steps() + " steps done";
    }

    private String whereTimeEnds() {
        return "the " + rules.minutes() + " minutes are over";
    }

    private String stopIfAsked() {
        if (listeners.stream().noneMatch(TrainingListener::asksToStop)) {
            return "";
        }
        stopped = true;
        if (checkpointer != null) {
            checkpointer.save(trainer.snapshot(), standing);
        }
        return "stopped after step " + trainer.steps();
    }

    /** Waits as long as a listener asks for it; returns the nanoseconds that took. */
    private long pause() {
        long from = System.nanoTime();
        boolean waited = false;
        while (listeners.stream().anyMatch(TrainingListener::asksToPause)
                && listeners.stream().noneMatch(TrainingListener::asksToStop)
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            waited = true;
        }
        return waited ? System.nanoTime() - from : 0;
    }

    private boolean byTimeAlone() {
        return rules.steps() <= 0 && rules.minutes() > 0 && !pace.isPlanned();
    }

    private void requireValidation() {
        boolean averages = averaging != null && averaging.lookback() > 0;
        if ((averages || trainer.schedule().listens()) && (validation == null || validateEvery <= 0)) {
            String who = averages && averaging != null
                    ? "averaging by " + averaging.spec()
                    : "the schedule " + trainer.schedule().spec();
            throw new IllegalArgumentException(
                    "expected validation every so many steps, for " + who + " goes by validation losses, found none");
        }
    }

    /** The part of the run that will be done after the next step, by steps or by time, whichever ends it first. */
    private double part(double seconds) {
        double bySteps = byTimeAlone() ? 0 : (trainer.steps() + 1.0) / pace.expected();
        double byTime = rules.minutes() > 0 && !pace.isPlanned() ? seconds / (rules.minutes() * 60) : 0;
        return Math.min(1, Math.max(bySteps, byTime));
    }

    /** So many steps, or as many as there are before the one that averaging begins with: a round ends there. */
    private long untilAveraging(long most) {
        Averaging rule = averaging;
        if (rule == null || trainer.isAveraging() || rounds == Rounds.SINGLE) {
            return most;
        }
        long steps = 1;
        while (steps < most && !rule.beginsAt((trainer.steps() + steps + 1.0) / pace.expected())) {
            steps++;
        }
        return steps;
    }

    private void beginAveraging(Averaging rule) {
        trainer.beginAveraging(rule.decay());
        listeners.forEach(listener -> listener.onAveraging(trainer.steps() + 1));
    }

    /** Tells of the steps one by one; those of a round took their share of its time. */
    private void report(long before, List<Rounds.Step> steps, double took, double seconds) {
        for (int i = 0; i < steps.size() && !listeners.isEmpty(); i++) {
            Rounds.Step step = steps.get(i);
            double share = took / steps.size();
            Progress progress = new Progress(
                    before + i + 1,
                    pace.expected(),
                    step.loss(),
                    step.learningRate(),
                    step.gradientNorm(),
                    share,
                    seconds - share * (steps.size() - 1 - i),
                    step.tally());
            listeners.forEach(listener -> listener.onStep(progress));
        }
    }

    private String afterSteps(long before, boolean last) {
        long step = trainer.steps();
        String reason = "";
        if (validation != null && (last || passes(before, step, validateEvery))) {
            reason = validateNow(validation, step);
        }
        boolean ends = last || !reason.isEmpty();
        if (checkpointer != null && checkpointEvery > 0 && (ends || passes(before, step, checkpointEvery))) {
            checkpointer.save(trainer.snapshot(), standing);
        }
        return reason;
    }

    /** Whether the steps behind {@code before} up to {@code step} hold one that is due every so many. */
    private static boolean passes(long before, long step, long every) {
        return every > 0 && step / every > before / every;
    }

    private String validateNow(ToDoubleFunction<float[]> measure, long step) {
        double loss = measure.applyAsDouble(trainer.averaged());
        if (!Double.isFinite(loss)) {
            throw new NotANumberException("expected a finite validation loss, found " + loss + " at step " + step);
        }
        List<Double> recent = standing.recentLosses();
        if (averaging != null) {
            if (!trainer.isAveraging() && averaging.isTriggeredBy(loss, recent)) {
                beginAveraging(averaging);
            }
            recent = averaging.remember(recent, loss);
        }
        boolean best = loss < standing.bestLoss();
        standing = standing.validated(loss, step, trainer.averaged(), recent);
        trainer.report(loss);
        for (TrainingListener listener : listeners) {
            listener.onValidation(step, loss, best);
        }
        return standing.endedBy(rules);
    }
}
