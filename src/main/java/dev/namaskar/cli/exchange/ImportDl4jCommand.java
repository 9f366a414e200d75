package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.dl4j.Dl4j;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code namaskar import dl4j}. */
@Command(
        description = "Read a Deeplearning4j 1.0 model: SimpleRnn and LSTM layers, then RnnOutputLayer.",
        footer = {"", "Example: namaskar import dl4j network.zip --vocabulary vocab.json --out m.safetensors"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ImportDl4jCommand extends ImportCommand {
    @Parameters(paramLabel = "FILE", description = "What MultiLayerNetwork.save wrote.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        return write(() -> Dl4j.read(file, tokens()), file);
    }
}
