package dev.namaskar.spark.train;

import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A task's training that can be begun on any machine of a cluster: travels to the executors, so that what it holds must
 * travel too.
 *
 * @param <M> the model
 * @param <S> the task's training
 */
@FunctionalInterface
public interface SparkTask<M extends TaskModel, S extends TaskTraining<M, S>> extends Serializable {
    /** What is said of one whose training does not go through what it is to. */
    String NOT_PLACED = "expected a task that sends its training through `placed` before it learns";

    /**
     * Learns files that are on this machine, with all settings: the same whichever it is.
     *
     * @param files the examples, in the order that was given
     * @param placed what the training goes through before it learns: it says by whom steps are taken
     * @throws IOException if they cannot be read
     */
    Trained<M> fit(List<Path> files, UnaryOperator<S> placed) throws IOException;
}
