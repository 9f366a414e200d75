package dev.namaskar.train.run;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.train.Trainer;
import org.jspecify.annotations.Nullable;

/** Keeps how the last of the runs it listens to ended. */
public final class RunEnd implements TrainingListener {
    private Training.@Nullable Result result;
    private @Nullable GemmChoice gemm;
    private Standing standing = Standing.BEGUN;
    private double seconds;

    @Override
    public void onBegin(Trainer trainer) {
        gemm = trainer.gemm();
    }

    @Override
    public void onEnd(Training.Result ended, Standing stood) {
        result = ended;
        seconds += ended.seconds();
        standing = stood;
    }

    /** How it ended. */
    public Training.Result result() {
        if (result == null) {
            throw new IllegalStateException("expected a run that has ended");
        }
        return result;
    }

    /** Seconds of all the runs. */
    public double seconds() {
        return seconds;
    }

    /** Whose matrix products it had. */
    public GemmChoice gemm() {
        if (gemm == null) {
            throw new IllegalStateException("expected a run that has begun");
        }
        return gemm;
    }

    /** Where it stood then. */
    public Standing standing() {
        return standing;
    }
}
