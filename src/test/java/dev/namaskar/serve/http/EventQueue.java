package dev.namaskar.serve.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events that any thread offers and one stream takes. Offering never waits: whoever reads too slowly loses the oldest
 * events, so that neither a training run nor the heap suffers from a client that sleeps.
 */
public final class EventQueue implements EventSource {
    private final int most;
    private final ArrayDeque<Event> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private long lost;
    private boolean closed;

    /**
     * An empty queue.
     *
     * @param most events that wait at most
     */
    public EventQueue(int most) {
        this.most = most;
    }

    /**
     * Adds an event.
     *
     * @return false if nobody takes any more
     */
    public boolean offer(Event event) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (waiting.size() == most) {
                waiting.removeFirst();
                lost++;
            }
            waiting.addLast(event);
            some.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many events were dropped because the reader was too slow. */
    public long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Event next(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && left > 0) {
                left = some.awaitNanos(left);
            }
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
