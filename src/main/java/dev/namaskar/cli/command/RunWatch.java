package dev.namaskar.cli.command;

import dev.namaskar.cli.options.KeepOptions;
import dev.namaskar.cli.options.TrainingOptions;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who watch a run from the command line: progress on standard error, a log and a page where they are asked for, Ctrl-C. */
public final class RunWatch implements AutoCloseable {
    private final ProgressReport progress;
    private final @Nullable TrainingLog log;
    private final StopSignal stop;
    private final WatchPage.@Nullable Shown page;

    /**
     * Begins to listen.
     *
     * @param name of the run, for people
     * @param port of the page that shows it, or null for none
     */
    RunWatch(TrainingOptions training, KeepOptions keep, String name, @Nullable Integer port, PrintWriter err)
            throws IOException {
        page = port == null ? null : WatchPage.show(name, port, err);
        progress = new ProgressReport(err, training);
        Path file = keep.log();
        log = file == null ? null : new TrainingLog(file, keep.resume());
        stop = new StopSignal(err);
    }

    /** All of them. */
    public List<TrainingListener> listeners() {
        List<TrainingListener> all = new ArrayList<>(List.of(progress, stop));
        if (log != null) {
            all.add(log.listener());
        }
        if (page != null) {
            all.add(page.run());
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        try (page;
                progress;
                stop) {
            if (log != null) {
                log.close();
            }
        }
    }
}
