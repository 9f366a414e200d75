package dev.namaskar.cli.options;

import dev.namaskar.files.Outputs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that writes files has in common. */
@Heading(Heading.FILES)
public final class OutputOptions {
    @Option(names = "--force", description = "Write over an existing file even if it is of another kind.")
    private boolean force;

    /** What may be written by a command that reads these files. */
    public Outputs reading(Collection<Path> inputs) {
        return Outputs.reading(inputs, force);
    }

    /** The same for files of which some may not have been given. */
    public Outputs reading(@Nullable Path... inputs) {
        return reading(Arrays.stream(inputs).filter(Objects::nonNull).toList());
    }
}
