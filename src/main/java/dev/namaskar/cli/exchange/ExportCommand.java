package dev.namaskar.cli.exchange;

import dev.namaskar.cli.command.NamaskarCommand;
import dev.namaskar.cli.options.MemberOption;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.Model;
import dev.namaskar.files.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all exports have in common: a model, one network of it, and where it goes. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
abstract class ExportCommand extends NamaskarCommand {
    @Parameters(paramLabel = "M", description = "A model file.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Mixin
    private MemberOption member;

    @Mixin
    private OutputOptions output;

    /** What a model file is in another format. */
    interface Format {
        AtomicFile.Content read(Path model) throws IOException;
    }

    /** Writes one network and says where it is. */
    final int writeNetwork(FileKind kind, Function<Model, AtomicFile.Content> format) throws IOException {
        return write(kind, path -> {
            try (Safetensors opened = Safetensors.open(path)) {
                return format.apply(member.of(opened));
            }
        });
    }

    /** Writes what is made of the model file and says where it is. */
    final int write(FileKind kind, Format format) throws IOException {
        try (AtomicFile target = output.reading(model).open(out, kind)) {
            target.replace(format.read(model));
            (target.stream() ? err() : out()).println(out);
        }
        return 0;
    }
}
