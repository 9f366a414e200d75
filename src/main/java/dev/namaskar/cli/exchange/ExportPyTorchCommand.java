package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.pytorch.PyTorch;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code namaskar export pytorch}. */
@Command(
        description = "Write a model as a PyTorch state dict of a module with rnn, head and perhaps embedding.",
        footer = {"", "Example: namaskar export pytorch m.safetensors --out state.safetensors"})
public final class ExportPyTorchCommand extends ExportCommand {
    @Override
    public Integer call() throws IOException {
        return writeNetwork(PyTorch.KIND, PyTorch::content);
    }
}
