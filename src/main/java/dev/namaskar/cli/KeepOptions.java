package dev.namaskar.cli;

import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.net.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is kept of a run while it goes on: a log, and checkpoints that it can be taken up from. */
final class KeepOptions {
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
    void check(Range range) {
        range.atLeast("--checkpoint-every", 1, checkpointEvery);
    }

    /** Refuses a log that would take the place of what is read. */
    void refuseToOverwrite(List<Path> inputs) throws IOException {
        if (log != null) {
            Outputs.refuse("--log", log, inputs);
        }
    }

    /** The log, added to what is there when a run is resumed, or null where none is asked for. */
    @Nullable
    TrainingLog log() throws IOException {
        return log == null ? null : new TrainingLog(log, resume);
    }

    /**
     * Runs between checkpoints in a file beside the model; where none are asked for, one is kept if the run is stopped.
     *
     * @param texts what the model has beside its parameters, and what tells this run from others
     */
    CheckpointedRuns runs(Path out, Network network, Map<String, String> texts, PrintWriter err) throws IOException {
        Path checkpoint = out.resolveSibling(out.getFileName() + ".checkpoint");
        if (!resume && checkpointEvery == null) {
            return CheckpointedRuns.ifStopped(checkpoint, network, texts);
        }
        long every = checkpointEvery == null ? 0 : checkpointEvery;
        return CheckpointedRuns.open(checkpoint, network, texts, every, resume, err::println);
    }
}
