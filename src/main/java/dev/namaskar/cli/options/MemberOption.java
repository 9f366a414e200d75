package dev.namaskar.cli.options;

import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Safetensors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which network of an ensemble goes out: other formats hold one. */
@Heading(Heading.DATA)
public final class MemberOption {
    @Option(names = "--member", paramLabel = "N", description = "Which network of an ensemble, counted from 1.")
    private @Nullable Integer member;

    /** The one network of a file, or the one that was asked for. */
    public Model of(Safetensors file) throws IOException {
        int members = ModelFile.members(file);
        if (member == null && members > 1) {
            throw new IllegalArgumentException(file.file() + " is an ensemble of " + members
                    + " networks, and one file there holds one; choose with --member 1 to " + members);
        }
        int wanted = member == null ? 1 : member;
        if (wanted < 1 || wanted > members) {
            throw new IllegalArgumentException(
                    "--member: expected 1 to " + members + " for " + file.file() + ", found " + wanted);
        }
        return ModelFile.readMember(file, wanted - 1);
    }

    /** The network that was asked for, or the first. */
    public Model orFirst(Safetensors file) throws IOException {
        return member == null ? ModelFile.readMember(file, 0) : of(file);
    }
}
