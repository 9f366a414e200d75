package dev.namaskar.files;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.net.Network;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.RunStoppedException;
import dev.namaskar.train.run.Runs;
import dev.namaskar.train.run.Training;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs that can be taken up where they were killed, one or several of the same network after the other, by one {@link
 * CheckpointFile}. Taken up with the settings they began with, they end as if they had never stopped, bit for bit.
 */
public final class CheckpointedRuns implements Runs, Closeable {
    private final CheckpointFile file;
    private final long every;
    private final @Nullable Checkpoint last;
    private final Consumer<String> notes;
    private int run;

    private CheckpointedRuns(CheckpointFile file, long every, @Nullable Checkpoint last, Consumer<String> notes) {
        this.file = file;
        this.every = every;
        this.last = last;
        this.notes = notes;
    }

    /**
     * Takes hold of a checkpoint file that need not exist yet.
     *
     * @param texts what the model has beside its parameters, and what tells this run from others
     * @param every so many steps and at a run's end a checkpoint is stored; 0 for only where a listener asks to stop
     * @param resume whether to go on from the last checkpoint, if there is one
     * @param notes told where a run goes on
     * @throws IOException if another process has the file, or if it is no checkpoint of this network with these texts
     */
    public static CheckpointedRuns open(
            Path target, Network network, Map<String, String> texts, long every, boolean resume, Consumer<String> notes)
            throws IOException {
        return open(target, Map.of("", network), texts, every, resume, notes);
    }

    /** The same of several networks over the same parameters, by their prefixes. */
    public static CheckpointedRuns open(
            Path target,
            Map<String, Network> networks,
            Map<String, String> texts,
            long every,
            boolean resume,
            Consumer<String> notes)
            throws IOException {
        CheckpointFile file = CheckpointFile.open(target, networks, texts);
        try {
            Checkpoint last = resume ? file.last() : null;
            if (resume && last == null) {
                notes.accept("no checkpoint " + target + " yet: starting at the beginning");
            }
            return new CheckpointedRuns(file, every, last, notes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Runs from their beginning that store a checkpoint only where a listener asks them to stop.
     *
     * @param target the file that is then replaced
     * @param texts what the model has beside its parameters, and what tells this run from others
     */
    public static CheckpointedRuns ifStopped(Path target, Network network, Map<String, String> texts) {
        return ifStopped(target, Map.of("", network), texts);
    }

    /** The same of several networks over the same parameters, by their prefixes. */
    public static CheckpointedRuns ifStopped(Path target, Map<String, Network> networks, Map<String, String> texts) {
        return new CheckpointedRuns(new CheckpointFile(target, null, networks, texts), 0, null, note -> {});
    }

    /** @throws RunStoppedException if a listener asked the run to stop; the checkpoint is then stored */
    @Override
    public float[] carryOut(Trainer trainer, Training training) {
        int number = run++;
        float[] parameters = last != null && number < last.finished().size()
                ? last.finished().get(number).values()
                : here(trainer, training, number);
        file.finish(parameters);
        return parameters;
    }

    private float[] here(Trainer trainer, Training training, int number) {
        if (last != null && number == last.finished().size()) {
            trainer.restore(last.snapshot());
            training.resume(last.standing());
            notes.accept("going on from step " + last.snapshot().step()
                    + (number > 0 ? " of network " + (number + 1) : "") + " of " + file.path());
            GemmChoice began = last.snapshot().gemm();
            if (began != null && !began.equals(trainer.gemm())) {
                notes.accept("its matrix products were by " + began + ", which does not load on this machine: from here"
                        + " on they are by " + trainer.gemm() + ", which rounds differently");
            }
        }
        training.checkpoint(every, file).run();
        if (training.stopped()) {
            throw new RunStoppedException(
                    "stopped after step " + trainer.steps() + (number > 0 ? " of network " + (number + 1) : "") + "; "
                            + file.path() + " keeps where the run stood: resuming goes on from there");
        }
        return training.parameters().clone();
    }

    /** Gives the file free; it stays. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
