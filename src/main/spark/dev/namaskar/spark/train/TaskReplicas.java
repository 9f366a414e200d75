package dev.namaskar.spark.train;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.spark.FileCopies;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskRecipe;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of a task's network, each on its share of the examples. An objective and a network's examples have no form that
 * travels; the files they are made of do, and every executor makes the same of them, once for all replicas that it has.
 *
 * @param files the examples
 * @param replicas R
 * @param seed of the order of the examples
 */
record TaskReplicas<M extends TaskModel, S extends TaskTraining<M, S>>(
        SparkTask<M, S> task, Broadcast<FileCopies> files, int replicas, long seed)
        implements ReplicaTrainers<Integer> {
    private static @Nullable Kept kept;

    private record Kept(long id, TaskRecipe recipe) {}

    /** Ends a run before its first step, where what it would have trained is all that is wanted. */
    private static final class Planned extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient TaskRecipe recipe;

        Planned(TaskRecipe recipe) {
            super("planned", null, false, false);
            this.recipe = recipe;
        }
    }

    @Override
    public Opened open(int replica, Iterator<Integer> part, Optimizer optimizer, TrainerSettings settings)
            throws IOException {
        TaskRecipe all = recipe(files, task).withSeed(seed);
        return new Opened(all.trainer(replica, replicas, optimizer, settings), () -> {});
    }

    private static synchronized <M extends TaskModel, S extends TaskTraining<M, S>> TaskRecipe recipe(
            Broadcast<FileCopies> files, SparkTask<M, S> task) throws IOException {
        Kept before = kept;
        if (before != null && before.id() == files.id()) {
            return before.recipe();
        }
        TaskRecipe recipe;
        try {
            task.fit(
                    files.value().write(),
                    training -> training.checkpoints(null).notes(note -> {}).rounds(made -> {
                        throw new Planned(made);
                    }));
            throw new IllegalStateException(SparkTask.NOT_PLACED);
        } catch (Planned planned) {
            recipe = planned.recipe;
        }
        kept = new Kept(files.id(), recipe);
        return recipe;
    }
}
