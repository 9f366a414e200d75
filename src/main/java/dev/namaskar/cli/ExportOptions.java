package dev.namaskar.cli;

import dev.namaskar.files.Model;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all exports have in common: a model, one network of it, and where it goes. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ExportOptions {
    @Parameters(paramLabel = "M", description = "A model file.")
    Path model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    Path out;

    @Mixin
    MemberOption member;

    /** Writes a model in another format. */
    interface Format {
        void write(Path target, Model model) throws IOException;
    }

    /** Writes the network and says where it is. */
    int write(CommandSpec spec, Format format) throws IOException {
        format.write(out, member.of(model));
        spec.commandLine().getOut().println(out);
        return 0;
    }
}
