package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.pytorch.PyTorch;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar import pytorch}. */
@Command(
        description = "Read the state dict of a PyTorch module with rnn, head and perhaps embedding.",
        footer = {
            "",
            "Example: namaskar import pytorch state.safetensors --cell lstm --vocabulary vocab.json --out m.safetensors"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ImportPyTorchCommand extends ImportCommand {
    @Parameters(paramLabel = "STATE", description = "A safetensors file, F32, F64, F16 or BF16.")
    private Path state;

    @Option(names = "--cell", description = "rnn (nn.RNN), gru or lstm; by default what the shapes say.")
    private @Nullable Cell cell;

    @Option(
            names = "--nonlinearity",
            paramLabel = "F",
            description = "tanh or relu: what the state dict of an nn.RNN does not tell (tanh).")
    private @Nullable String nonlinearity;

    /** The modules that come in. */
    enum Cell {
        RNN("rnn"),
        GRU("gru"),
        LSTM("lstm");

        private final String key;

        Cell(String key) {
            this.key = key;
        }

        @Override
        public String toString() {
            return key;
        }
    }

    @Override
    public Integer call() throws IOException {
        PyTorch.Module module =
                range().usage(() -> new PyTorch.Module(cell == null ? null : cell.key, nonlinearity, tokens()));
        return write(() -> PyTorch.read(state, module, this::remark), state);
    }
}
