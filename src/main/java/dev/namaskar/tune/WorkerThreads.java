package dev.namaskar.tune;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Carries out trials on threads of this process, each thread one trial after the other. */
record WorkerThreads(int count) implements TrialPool {
    @Override
    public <M> void carryOut(Trials<M> trials, Tunable<M> tunable, Tunable.Setup setup) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> work(trials, tunable, setup), "trials-" + (i + 1));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                trials.fail(new IllegalStateException("the search was interrupted", e));
            }
        }
    }

    private static <M> void work(Trials<M> trials, Tunable<M> tunable, Tunable.Setup setup) {
        try {
            for (Trial trial = trials.next(); trial != null; trial = trials.next()) {
                Trial handed = trial;
                TrialPool.Done<M> done = TrialPool.carryOut(trial, tunable, setup, () -> trials.stops(handed));
                if (done == null) {
                    trials.leave(trial);
                } else {
                    trials.finish(done.result(), done.model());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            trials.fail(e);
        }
    }
}
