package dev.namaskar.cli.options;

import dev.namaskar.files.Checkpoint;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.FileKind;
import dev.namaskar.files.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is kept of a run while it goes on: a log, and checkpoints that it can be taken up from. */
@Heading(Heading.FILES)
public final class KeepOptions {
    @Option(names = "--log", paramLabel = "FILE", description = "Write a line of JSON for each step.")
    private @Nullable Path log;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Every N steps store all that --resume needs in a file beside the model.")
    private @Nullable Long checkpointEvery;

    @Option(names = "--resume", description = "Go on from the checkpoint, if there is one.")
    private boolean resume;

    /** Refuses what no run can have. */
    public void check(Range range) {
        range.atLeast("--checkpoint-every", 1, checkpointEvery);
    }

    /**
     * Refuses a log and checkpoints that would take the place of what they may not.
     *
     * @param kind what a log is
     */
    public void claim(Outputs outputs, Path out, FileKind kind) throws IOException {
        if (log != null) {
            outputs.claim(log, kind);
        }
        // What a run is taken up from is read first, which tells best what is wrong with it. Where no checkpoints are
        // asked for, one is kept all the same if the run is stopped.
        FileKind expected = resume ? new FileKind("anything", file -> true) : Checkpoint.KIND;
        outputs.claim(checkpoint(out), expected);
        outputs.claim(checkpoints(out).second().file(), expected);
    }

    private static Path checkpoint(Path out) {
        return out.resolveSibling(out.getFileName() + ".checkpoint");
    }

    /** Where the log goes, or null where none is asked for. */
    @Nullable
    public Path log() {
        return log;
    }

    /** Whether an earlier run is gone on with. */
    public boolean resume() {
        return resume;
    }

    /** Checkpoints in a file beside the model; where none are asked for, one is kept if the run is stopped. */
    public Checkpoints checkpoints(Path out) {
        return new Checkpoints(checkpoint(out), checkpointEvery == null ? 0 : checkpointEvery, resume);
    }
}
