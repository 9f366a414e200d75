package dev.namaskar.cli.exchange;

import dev.namaskar.exchange.pytorch.PyTorch;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code namaskar export pytorch}. */
@Command(
        description = "Write a model as a PyTorch state dict of a module with rnn, head and perhaps embedding.",
        footer = {"", "Example: namaskar export pytorch m.safetensors --out state.safetensors"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class ExportPyTorchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ExportOptions export;

    @Override
    public Integer call() throws IOException {
        return export.writeNetwork(spec, PyTorch.KIND, PyTorch::content);
    }
}
