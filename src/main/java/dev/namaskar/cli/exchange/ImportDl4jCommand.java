package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.dl4j.Dl4j;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar import dl4j}. */
@Command(
        description = "Read a Deeplearning4j 1.0 model: SimpleRnn and LSTM layers, then RnnOutputLayer.",
        footer = {"", "Example: namaskar import dl4j network.zip --vocabulary vocab.json --out m.safetensors"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ImportDl4jCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What MultiLayerNetwork.save wrote.")
    private Path file;

    @Mixin
    private ImportTarget target;

    @Override
    public Integer call() throws IOException {
        return target.write(spec, () -> Dl4j.read(file, target.tokens()), file);
    }
}
