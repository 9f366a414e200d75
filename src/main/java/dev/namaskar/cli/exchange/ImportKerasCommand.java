package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.keras.Keras;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar import keras}. */
@Command(
        description = "Read a Keras model: a chain of Embedding, SimpleRNN, LSTM, GRU, Bidirectional, Dropout, Dense.",
        footer = {"", "Example: namaskar import keras model.keras --vocabulary vocab.json --out m.safetensors"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ImportKerasCommand extends ImportCommand {
    @Parameters(paramLabel = "FILE", description = "A .keras file, a whole model as .h5, or .weights.h5 with --config.")
    private Path file;

    @Option(
            names = "--config",
            paramLabel = "MODEL.json",
            description = "With weights alone: a file with what model.to_json() returned.")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        return write(() -> Keras.read(file, config, tokens(), this::remark), file, config);
    }
}
