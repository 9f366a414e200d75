package dev.namaskar.serve.openai;

import dev.namaskar.serve.http.Refusal;
import java.time.Duration;

/** The moment by which a request has to be answered. */
final class Deadline {
    private final Duration time;
    private final long end;

    Deadline(Duration time) {
        this.time = time;
        end = System.nanoTime() + time.toNanos();
    }

    /** What is left. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** The same, at most this long. */
    Duration left(Duration atMost) {
        Duration left = left();
        return left.compareTo(atMost) < 0 ? left : atMost;
    }

    /**
     * Ends what takes too long.
     *
     * @throws Refusal if the moment has passed
     */
    void check() {
        if (System.nanoTime() - end >= 0) {
            throw new Refusal(
                    504,
                    "deadline_exceeded",
                    null,
                    "the texts were not written in " + time.toSeconds() + " s; ask for fewer characters");
        }
    }
}
