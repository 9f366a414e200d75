package dev.namaskar.cli;

import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Keeps how the last of the runs it listens to ended. */
final class RunEnd implements TrainingListener {
    private Training.@Nullable Result result;
    private Training.Standing standing = Training.Standing.BEGUN;

    @Override
    public void onEnd(Training.Result ended, Training.Standing stood) {
        result = ended;
        standing = stood;
    }

    /** How it ended. */
    Training.Result result() {
        if (result == null) {
            throw new IllegalStateException("expected a run that has ended");
        }
        return result;
    }

    /** Where it stood then. */
    Training.Standing standing() {
        return standing;
    }
}
