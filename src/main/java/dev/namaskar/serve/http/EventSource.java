package dev.namaskar.serve.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a stream's events come from. The request's own thread asks for one after the other and writes them. */
@FunctionalInterface
public interface EventSource extends AutoCloseable {
    /**
     * Waits for the next event.
     *
     * @param atMost how long; after that a heartbeat is written, and it is asked again
     * @return null where there is none so far; an event that is the {@link Event#last() last} ends the stream
     * @throws Refusal to end the stream with an event that is an error
     * @throws InterruptedException when the server ends; the stream then ends with an event that says so
     */
    @Nullable
    Event next(Duration atMost) throws InterruptedException;

    /** Called when the stream has ended, whoever ended it. */
    @Override
    default void close() {}
}
