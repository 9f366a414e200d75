package dev.namaskar.files;

import dev.namaskar.net.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is kept of a run while it goes on, so that it can be taken up again.
 *
 * @param file that is replaced each time
 * @param every so many steps, and at the run's end; 0 for only where a listener asks the run to stop
 * @param resume whether to go on from the file, if it is there
 */
public record Checkpoints(Path file, long every, boolean resume) {
    /** The same for networks of another kind that are trained beside the first: in a file beside the first. */
    public Checkpoints second() {
        return new Checkpoints(file.resolveSibling(file.getFileName() + "2"), every, resume);
    }

    /**
     * Runs that keep them.
     *
     * @param texts what the model has beside its parameters, and what tells this run from others
     * @param notes told where a run goes on
     * @throws IOException if another process has the file, or if it is no checkpoint of this network with these texts
     */
    public CheckpointedRuns of(Network network, Map<String, String> texts, Consumer<String> notes) throws IOException {
        return of(Map.of("", network), texts, notes);
    }

    /** The same of several networks over the same parameters, by their prefixes. */
    public CheckpointedRuns of(Map<String, Network> networks, Map<String, String> texts, Consumer<String> notes)
            throws IOException {
        return every == 0 && !resume
                ? CheckpointedRuns.ifStopped(file, networks, texts)
                : CheckpointedRuns.open(file, networks, texts, every, resume, notes);
    }
}
