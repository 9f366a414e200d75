package dev.namaskar.tasks;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.params.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a model is for. Every kind is a service of this type, so that a model file is read as what it is without anybody
 * knowing all kinds there are.
 */
public interface TaskKind {
    /** The text of a model file that names its kind. */
    String KEY = "task";

    /** All kinds. */
    Catalog<TaskKind> ALL = new Catalog<>("task", TaskKind.class, TaskKind::name, List.of());

    /** The word of commands and model files: {@code classify}. */
    String name();

    /** What a model of this kind is called: {@code classifier}. */
    String modelName();

    /** Which of {@link PredictionSettings} change something, by their names. */
    Set<String> settings();

    /** Whether inputs are paths of files, not texts. */
    default boolean readsFiles(Model stored) {
        return false;
    }

    /**
     * The task's model that a stored one is.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it is none
     */
    TaskModel read(String name, Model stored) throws MalformedFileException;

    /** Whether a stored model says what it is for. */
    static boolean isKnown(Model stored) {
        return stored.texts().containsKey(KEY);
    }

    /**
     * The kind of a stored model.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it does not say its kind, or one that is not on the class path
     */
    static TaskKind of(String name, Model stored) throws MalformedFileException {
        String task = stored.texts().get(KEY);
        if (task == null) {
            throw new MalformedFileException(
                    name + ": expected a model of a task (" + names() + "), found one without");
        }
        try {
            return ALL.get(task);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    private static String names() {
        return String.join(", ", ALL.all().stream().map(TaskKind::name).sorted().toList());
    }

    /** Reads a model of any kind. */
    static TaskModel read(Path file) throws IOException {
        Model stored = ModelFile.read(file);
        return of(file.toString(), stored).read(file.toString(), stored);
    }

    /**
     * Refuses a stored model of another kind.
     *
     * @throws MalformedFileException if it is not of this kind
     */
    default void require(String file, Model stored) throws MalformedFileException {
        String task = stored.texts().get(KEY);
        if (!name().equals(task)) {
            throw new MalformedFileException(file + ": expected a " + modelName() + ", found "
                    + (task == null ? "a model that is none" : "a model for another task, " + task));
        }
    }
}
