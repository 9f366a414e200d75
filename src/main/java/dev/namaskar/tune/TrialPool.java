package dev.namaskar.tune;

import dev.namaskar.train.NotANumberException;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Who carries out the trials of a search: threads of this process, or a cluster's. */
@FunctionalInterface
public interface TrialPool {
    /**
     * Carries out all trials there are.
     *
     * @param trials asked for trials, and told what came of them or what went wrong
     * @param setup of every trial
     */
    <M> void carryOut(Trials<M> trials, Tunable<M> tunable, Tunable.Setup setup);

    /**
     * A trial carried out.
     *
     * @param result what came of it
     * @param model the trained model where it is the one to keep
     */
    record Done<M>(TrialResult result, @Nullable M model) {}

    /**
     * Carries out one trial in the calling thread. A loss that is no number, and settings that do not go with the data,
     * are results; anything else is not.
     *
     * @param stops asked after every step whether to break off
     * @return null where it was broken off
     * @throws IOException if the data cannot be read
     */
    static <M> @Nullable Done<M> carryOut(Trial trial, Tunable<M> tunable, Tunable.Setup setup, BooleanSupplier stops)
            throws IOException {
        long begun = System.nanoTime();
        AtomicLong steps = new AtomicLong();
        TrainingListener watch = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                steps.incrementAndGet();
            }

            @Override
            public boolean asksToStop() {
                return stops.getAsBoolean();
            }
        };
        double score = Double.POSITIVE_INFINITY;
        String error = null;
        M model = null;
        try {
            Tunable.Fitted<M> fitted = tunable.fit(trial, setup, watch);
            model = fitted.model();
            score = fitted.score();
            error = Double.isFinite(score) ? null : "its score is " + score + ", which is no number to go by";
        } catch (NotANumberException | IllegalArgumentException e) {
            error = String.valueOf(e.getMessage());
        } catch (IOException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw e;
            }
            error = String.valueOf(e.getMessage());
        }
        if (stops.getAsBoolean()) {
            return null;
        }
        double seconds = (System.nanoTime() - begun) * 1e-9;
        double told = error == null ? score : Double.POSITIVE_INFINITY;
        return new Done<>(new TrialResult(trial, tunable.seed(), steps.get(), told, error, seconds), model);
    }
}
