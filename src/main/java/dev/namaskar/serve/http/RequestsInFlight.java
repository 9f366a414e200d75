package dev.namaskar.serve.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that are being answered: bounded, and on the server's end given time and then asked to come to theirs. */
final class RequestsInFlight {
    private final int most;
    private final Set<Thread> threads = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private boolean stopping;

    RequestsInFlight(int most) {
        this.most = most;
    }

    /**
     * Lets this thread's request in.
     *
     * @throws Refusal if there are too many, or the server is stopping
     */
    void enter() {
        lock.lock();
        try {
            if (stopping) {
                throw Refusal.stopping();
            }
            if (threads.size() >= most) {
                throw Refusal.overloaded("the server answers " + most + " requests at once, and has them", 1);
            }
            threads.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /** This thread's request has ended. */
    void leave() {
        lock.lock();
        try {
            threads.remove(Thread.currentThread());
            // Whoever was interrupted at its very end must not carry that into the next request.
            Thread.interrupted();
            if (threads.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean stopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return threads.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all have ended.
     *
     * @param asked whether they are asked to end, by an interrupt
     * @return whether none is left
     */
    boolean awaitNone(Duration atMost, boolean asked) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            if (asked) {
                threads.forEach(Thread::interrupt);
            }
            while (!threads.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
            return threads.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
