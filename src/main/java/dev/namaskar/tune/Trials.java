package dev.namaskar.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a search: which come next, and what came of those that have ended. The usual settings come first and are
 * tried for a whole run, whatever else there is time for; then bracket after bracket of others. Which trials there are
 * depends on the scores alone, not on who carries them out, how many at once, or which ends first. Any number of threads
 * may ask at once.
 *
 * @param <M> the model of a trial
 */
public final class Trials<M> {
    private final int most;
    private final int reduction;
    private final IntFunction<Map<String, Object>> settings;
    private final Map<Trial, TrialResult> known;
    private final Consumer<TrialResult> told;
    private final BooleanSupplier timeIsUp;
    private final BooleanSupplier stopped;
    private final int lastKnown;
    private final List<Bracket> brackets = new ArrayList<>();
    private final Map<Trial, Bracket> running = new HashMap<>();
    private final List<TrialResult> results = new ArrayList<>();
    private int next = 1;
    private @Nullable TrialResult best;
    private @Nullable M model;
    private @Nullable Throwable failure;

    /**
     * The trials of a search.
     *
     * @param most settings that are tried, the usual ones among them
     * @param reduction one in so many of a rung goes on to the next; 1 for whole runs alone
     * @param settings of a number
     * @param known what came of trials of an earlier process
     * @param told of every trial that ends in this one, before anybody goes by it
     * @param timeIsUp whether to begin no more, but for the usual settings
     * @param stopped whether to end at once
     */
    Trials(
            int most,
            int reduction,
            IntFunction<Map<String, Object>> settings,
            Map<Trial, TrialResult> known,
            Consumer<TrialResult> told,
            BooleanSupplier timeIsUp,
            BooleanSupplier stopped) {
        this.most = most;
        this.reduction = reduction;
        this.settings = settings;
        this.known = Map.copyOf(known);
        this.told = told;
        this.timeIsUp = timeIsUp;
        this.stopped = stopped;
        lastKnown = known.keySet().stream().mapToInt(Trial::number).max().orElse(0);
        brackets.add(new Bracket(0, 1, reduction, number -> Map.of()));
    }

    /** A trial to carry out, waited for if that depends on others; null where there is none any more. */
    public synchronized @Nullable Trial next() throws InterruptedException {
        while (true) {
            Trial trial = poll();
            if (trial != null || running.isEmpty() || failure != null) {
                return trial;
            }
            wait();
        }
    }

    /**
     * All trials that can be carried out at once, for those who take them together: whole rungs of as many brackets as
     * make this many, so that trials waited for are not waited for alone.
     *
     * @param least at once, where there are so many
     * @return none where there are none any more
     */
    public synchronized List<Trial> rung(int least) {
        List<Trial> ready = new ArrayList<>();
        for (Trial trial = poll(); trial != null; trial = ready.size() < least ? poll() : waiting()) {
            ready.add(trial);
        }
        return ready;
    }

    /** The next trial that can begin, of the earliest bracket that has one; further brackets are opened as they are needed. */
    private @Nullable Trial poll() {
        while (failure == null) {
            Trial trial = waiting();
            if (trial != null) {
                return trial;
            }
            if (next >= most || (next > lastKnown && (timeIsUp.getAsBoolean() || stopped.getAsBoolean()))) {
                return null;
            }
            int count = Math.min(Bracket.full(reduction), most - next);
            brackets.add(new Bracket(next, count, reduction, settings));
            next += count;
        }
        return null;
    }

    private @Nullable Trial waiting() {
        for (Bracket bracket : brackets) {
            for (Trial trial = bracket.poll(); trial != null; trial = bracket.poll()) {
                TrialResult before = known.get(trial);
                if (before != null) {
                    keep(before, null);
                    bracket.take(before);
                } else if (!stops(trial)) {
                    running.put(trial, bracket);
                    return trial;
                }
            }
        }
        return null;
    }

    /** Whether a trial is to be broken off: another failed, or time is up and it is not that of the usual settings. */
    public synchronized boolean stops(Trial trial) {
        return failure != null || stopped.getAsBoolean() || (trial.number() > 0 && timeIsUp.getAsBoolean());
    }

    /**
     * Takes what came of a trial.
     *
     * @param trained its model, if it is the one to keep of a whole run
     */
    public synchronized void finish(TrialResult result, @Nullable M trained) {
        Bracket bracket = running.remove(result.trial());
        if (bracket == null) {
            throw new IllegalArgumentException("expected a trial that was handed out, found " + result);
        }
        if (result.trial().number() == 0 && !result.scored()) {
            fail(new IllegalArgumentException("the usual settings cannot be tried: " + result.error()));
            return;
        }
        told.accept(result);
        keep(result, trained);
        bracket.take(result);
        notifyAll();
    }

    private void keep(TrialResult result, @Nullable M trained) {
        results.add(result);
        if (result.trial().whole()
                && result.scored()
                && (best == null || TrialResult.BEST_FIRST.compare(result, best) < 0)) {
            best = result;
            model = trained;
        }
    }

    /** Takes back a trial that was broken off. */
    public synchronized void leave(Trial trial) {
        running.remove(trial);
        notifyAll();
    }

    /** Ends the search: something is wrong that no other settings make right. */
    public synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        } else if (failure != cause) {
            failure.addSuppressed(cause);
        }
        notifyAll();
    }

    /** What ended the search; null where nothing did. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** The best of the whole runs so far; null before the first. */
    public synchronized @Nullable TrialResult best() {
        return best;
    }

    /** The best one's model; null where its trial left none here. */
    synchronized @Nullable M model() {
        return model;
    }

    /** Those that have ended, by number and rung. */
    public synchronized List<TrialResult> results() {
        List<TrialResult> sorted = new ArrayList<>(results);
        sorted.sort(TrialResult.BY_NUMBER);
        return Collections.unmodifiableList(sorted);
    }
}
