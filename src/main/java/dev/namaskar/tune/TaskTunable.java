package dev.namaskar.tune;

import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import java.io.IOException;
import java.util.function.Supplier;

/** A task's training on its examples: trials are chosen by the loss of those held out. */
final class TaskTunable<M extends TaskModel, S extends TaskTraining<M, S>> extends TrainingTunable<S, M> {
    private final String task;
    private final Tuning.Learning<S, Trained<M>> learning;

    TaskTunable(String task, Supplier<S> fresh, Tuning.Learning<S, Trained<M>> learning) {
        super(fresh, TunedSettings.ofTask(fresh.get()));
        this.task = task;
        this.learning = learning;
    }

    @Override
    public String task() {
        return task;
    }

    @Override
    public String measure() {
        return "val_nats";
    }

    @Override
    Fitted<M> fit(S training) throws IOException {
        Trained<M> trained = learning.fit(training);
        if (trained.report().loss() == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("expected examples held out to choose settings by, found none: give more"
                    + " examples or `val-fraction`");
        }
        return new Fitted<>(trained.report().loss(), trained.model());
    }
}
