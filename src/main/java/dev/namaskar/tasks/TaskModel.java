package dev.namaskar.tasks;

import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that knows what it is for. It never changes, and any number of threads may ask it at once; asking needs no
 * native library.
 */
public interface TaskModel {
    /** What it is for. */
    TaskKind kind();

    /** The model as a file holds it: network, parameters, and texts that make it this again. */
    Model stored();

    /** Writes the model; what was there before stays until the new file is complete. */
    default void write(Path target) throws IOException {
        ModelFile.write(target, stored());
    }

    /**
     * What the model says of inputs as they stand on a command line or in the lines of a file.
     *
     * @param inputs texts or, for models that do not read text, paths of files, each with one input or more
     * @return in the inputs' order
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if an input is none for this model
     */
    List<Prediction> predict(List<String> inputs, PredictionSettings settings) throws IOException;

    /**
     * How well the model does on a file of examples.
     *
     * @param encoding of its text; null to look at it
     * @throws IOException if it cannot be read, or has targets that the model does not know: it names the line
     */
    Evaluation evaluate(Path file, @Nullable Charset encoding, PredictionSettings settings) throws IOException;
}
