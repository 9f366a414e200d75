package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.keras.Keras;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar import keras}. */
@Command(
        description = "Read a Keras model: a chain of Embedding, SimpleRNN, LSTM, GRU, Bidirectional, Dropout, Dense.",
        footer = {"", "Example: namaskar import keras model.keras --vocabulary vocab.json --out m.safetensors"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ImportKerasCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A .keras file, a whole model as .h5, or .weights.h5 with --config.")
    private Path file;

    @Option(
            names = "--config",
            paramLabel = "MODEL.json",
            description = "With weights alone: a file with what model.to_json() returned.")
    private @Nullable Path config;

    @Mixin
    private ImportTarget target;

    @Override
    public Integer call() throws IOException {
        return target.write(spec, () -> Keras.read(file, config, target.tokens(), target.notes(spec)), file, config);
    }
}
