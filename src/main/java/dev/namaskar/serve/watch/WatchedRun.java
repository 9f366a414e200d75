package dev.namaskar.serve.watch;

import dev.namaskar.train.Trainer;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.RunLines;
import dev.namaskar.train.run.Sample;
import dev.namaskar.train.run.Standing;
import dev.namaskar.train.run.Training;
import dev.namaskar.train.run.TrainingListener;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows a run on a page while it trains, where it can be paused and stopped:
 *
 * <pre>{@code
 * RunBoard board = new RunBoard();
 * try (WatchServer server = WatchServer.open(board, 0);
 *         WatchedRun run = new WatchedRun("greetings", board)) {
 *     System.out.println(server.address());
 *     CharacterModel.training().listen(run).on(Path.of("corpora/greetings.txt"));
 * }
 * }</pre>
 *
 * <p>Of several networks that are trained one after the other each is a run of its own.
 */
public final class WatchedRun implements TrainingListener, AutoCloseable {
    private final String name;
    private final RunBoard board;
    private final RunSwitch control = new RunSwitch();
    private final RunLines lines;
    private RunHistory history;
    private boolean begun;

    /**
     * A run that is about to begin.
     *
     * @param name for people
     * @param board where it is shown
     */
    public WatchedRun(String name, RunBoard board) {
        this.name = name;
        this.board = board;
        history = new RunHistory(name, control);
        board.add(history);
        lines = new RunLines(this::tell);
    }

    private void tell(Map<String, Object> line) {
        history.tell(line);
    }

    @Override
    public void onRun(int number, int of, String what) {
        if (of > 1 && begun) {
            history = new RunHistory(name, control);
            board.add(history);
        }
        begun = true;
        if (of > 1) {
            history.rename(name + ", " + number + " of " + of);
        }
        lines.onRun(number, of, what);
    }

    @Override
    public void onSampler(Function<float[], Sample> sampler) {
        lines.onSampler(sampler);
    }

    @Override
    public void onBegin(Trainer trainer) {
        lines.onBegin(trainer);
    }

    @Override
    public void onStep(Progress progress) {
        history.goes(progress.seconds(), progress.totalSteps());
        lines.onStep(progress);
    }

    @Override
    public void onValidation(long step, double loss, boolean best) {
        lines.onValidation(step, loss, best);
    }

    @Override
    public boolean asksToPause() {
        return control.state() == RunSwitch.State.PAUSED;
    }

    @Override
    public boolean asksToStop() {
        return control.state() == RunSwitch.State.STOPPING;
    }

    @Override
    public void onEnd(Training.Result result, Standing standing) {
        lines.onEnd(result, standing);
        history.end(result.reason());
    }

    /** Says that the run is over, if it has not said so itself: an error has ended it. */
    @Override
    public void close() {
        history.end("broken off");
    }
}
