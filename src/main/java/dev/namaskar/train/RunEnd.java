package dev.namaskar.train;

import org.jspecify.annotations.Nullable;

/** Keeps how the last of the runs it listens to ended. */
public final class RunEnd implements TrainingListener {
    private Training.@Nullable Result result;
    private Training.Standing standing = Training.Standing.BEGUN;

    @Override
    public void onEnd(Training.Result ended, Training.Standing stood) {
        result = ended;
        standing = stood;
    }

    /** How it ended. */
    public Training.Result result() {
        if (result == null) {
            throw new IllegalStateException("expected a run that has ended");
        }
        return result;
    }

    /** Where it stood then. */
    public Training.Standing standing() {
        return standing;
    }
}
