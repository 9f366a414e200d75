package dev.namaskar.serve.models;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A model under the name by which it is asked for. It never changes, and any number of threads may ask it at once. */
public sealed interface ServedModel {
    /** The name. */
    String name();

    /** When it was written. */
    Instant written();

    /** What it is for: {@code text}, {@code series}, or a task's word such as {@code classify}. */
    String kind();

    /** Where it is asked. */
    String path();

    /** One sentence on what it is. */
    String description();

    /** Whether its inputs are files, recordings or tables, rather than texts. */
    default boolean readsFiles() {
        return false;
    }

    /** A model that goes on writing texts. */
    record Text(String name, Instant written, CharacterModel model) implements ServedModel {
        @Override
        public String kind() {
            return "text";
        }

        @Override
        public String path() {
            return "/v1/completions";
        }

        @Override
        public String description() {
            return model.toString();
        }
    }

    /** A model that forecasts series. */
    record Forecasting(String name, Instant written, SeriesModel model) implements ServedModel {
        @Override
        public String kind() {
            return "series";
        }

        @Override
        public String path() {
            return "/v1/forecast";
        }

        @Override
        public String description() {
            return "forecasts " + model.spec().horizon() + " steps of "
                    + model.source().frequency();
        }
    }

    /** A model that knows its task: classifies, tags, translates, transcribes, describes, or what a service adds. */
    record Task(String name, Instant written, TaskModel model) implements ServedModel {
        @Override
        public String kind() {
            return model.kind().name();
        }

        @Override
        public String path() {
            return "/v1/predict";
        }

        @Override
        public String description() {
            return model.kind().modelName() + " of " + model.stored().params().values().length + " parameters";
        }

        @Override
        public boolean readsFiles() {
            return model.kind().readsFiles(model.stored());
        }
    }

    /**
     * Reads a model of any kind.
     *
     * @throws MalformedFileException if the file is no model that answers questions
     * @throws IOException if it cannot be read
     */
    static ServedModel read(String name, Path file) throws IOException {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        Model stored = ModelFile.read(file);
        if (TaskKind.isKnown(stored)) {
            return new Task(name, written, TaskKind.of(file.toString(), stored).read(file.toString(), stored));
        }
        if (stored.texts().containsKey(TextModelFile.VOCABULARY)) {
            return new Text(name, written, TextModelFile.of(file.toString(), stored));
        }
        if (stored.texts().containsKey(SeriesFile.TEXT)) {
            return new Forecasting(name, written, SeriesModel.read(file));
        }
        throw new MalformedFileException(
                file + ": expected a model of text, of series or of a task, found a network without one");
    }
}
