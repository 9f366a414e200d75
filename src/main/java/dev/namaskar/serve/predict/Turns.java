package dev.namaskar.serve.predict;

import dev.namaskar.serve.http.Refusal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many requests compute at once, in the order in which they came, and turns away those for whom the queue is full. */
public final class Turns {
    private final Semaphore turns;
    private final Semaphore places;
    private final Duration patience;

    /** As many turns and places to wait as these limits say. */
    public Turns(PredictLimits limits) {
        turns = new Semaphore(limits.atOnce(), true);
        places = new Semaphore(limits.atOnce() + limits.waiting());
        patience = limits.patience();
    }

    /**
     * Computes when it is this request's turn.
     *
     * @throws Refusal if too many wait, or it takes too long: 429
     */
    public <T> T take(Callable<T> work) throws Exception {
        if (!places.tryAcquire()) {
            throw Refusal.overloaded("too many requests wait to be computed", 1);
        }
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusal.overloaded("the request waited " + patience.toSeconds() + " s for its turn", 5);
            }
            try {
                return work.call();
            } finally {
                turns.release();
            }
        } finally {
            places.release();
        }
    }
}
