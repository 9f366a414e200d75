package dev.namaskar.cli;

import dev.namaskar.io.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code namaskar export onnx}. */
@Command(
        description = "Write a model as an ONNX file of the standard recurrent operators.",
        footer = {"", "Example: namaskar export onnx m.safetensors --out m.onnx"})
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ExportOnnxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "M", description = "A model file.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Mixin
    private MemberOption member;

    @Override
    public Integer call() throws IOException {
        OnnxModel.write(out, member.of(model));
        spec.commandLine().getOut().println(out);
        return 0;
    }
}
