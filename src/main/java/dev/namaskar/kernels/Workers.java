package dev.namaskar.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed crew of threads that do one task together: the caller is worker 0. Built for tasks of a few hundred
 * microseconds, thousands of times: waiting threads spin for a moment before they sleep, and nothing is allocated.
 */
public final class Workers implements AutoCloseable {
    /** About 20 microseconds of spinning: longer than a barrier needs, shorter than a wake-up would cost. */
    private static final int SPINS = 2_000;

    private final List<Thread> threads = new ArrayList<>();
    private final int count;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int round;
    private volatile int barrier;
    private volatile boolean closed;
    private @Nullable IntConsumer task;
    private volatile @Nullable Throwable failure;

    /** A crew of this many, of which {@code count - 1} are new daemon threads. */
    public Workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + count);
        }
        this.count = count;
        for (int index = 1; index < count; index++) {
            int worker = index;
            Thread thread = new Thread(() -> serve(worker), "namaskar-worker-" + worker);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Number of workers, the caller among them. */
    public int count() {
        return count;
    }

    /** First item of a worker's share when {@code items} are dealt out in order. */
    public int shareStart(int worker, int items) {
        return (int) ((long) items * worker / count);
    }

    /**
     * Runs the task once on every worker, {@code task.accept(worker)}, and returns when all are done.
     *
     * @throws RuntimeException whatever a worker threw first
     * @throws IllegalStateException if the crew has been closed
     */
    public void run(IntConsumer work) {
        if (closed) {
            throw new IllegalStateException("expected a crew at work, found a closed one");
        }
        task = work;
        failure = null;
        running.set(count - 1);
        int next = round + 1;
        round = next;
        threads.forEach(LockSupport::unpark);
        attempt(work, 0);
        for (int spin = 0; running.get() != 0 && !closed; spin++) {
            pause(spin);
        }
        rethrow();
    }

    /**
     * Called by every worker inside a task: none goes on before all have come this far. Once a worker has failed, the
     * others stop here.
     */
    public void awaitAll() {
        int mine = barrier;
        if (arrived.incrementAndGet() == count) {
            arrived.set(0);
            barrier = mine + 1;
            threads.forEach(LockSupport::unpark);
            return;
        }
        for (int spin = 0; barrier == mine && failure == null; spin++) {
            pause(spin);
        }
        if (failure != null) {
            throw new Abandoned();
        }
    }

    private void serve(int worker) {
        int seen = 0;
        while (true) {
            for (int spin = 0; round == seen && !closed; spin++) {
                pause(spin);
            }
            if (closed) {
                return;
            }
            seen = round;
            IntConsumer work = task;
            if (work != null) {
                attempt(work, worker);
            }
            running.decrementAndGet();
        }
    }

    private void attempt(IntConsumer work, int worker) {
        try {
            work.accept(worker);
        } catch (Abandoned other) {
            // the first failure is the one to tell
        } catch (Throwable thrown) {
            keep(thrown);
        }
    }

    private synchronized void keep(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        if (thrown == null) {
            return;
        }
        arrived.set(0);
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    private static void pause(int spin) {
        if (spin < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(50_000);
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
    }

    /** Thrown where a worker stops because another one failed. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1;

        Abandoned() {
            super(null, null, false, false);
        }
    }
}
