package dev.namaskar.serve.openai;

import dev.namaskar.files.Json;
import dev.namaskar.serve.http.Event;
import dev.namaskar.serve.http.EventSource;
import dev.namaskar.serve.stepping.Texts;
import dev.namaskar.serve.stepping.Texts.Growth;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Completions as they grow. The first character comes at once; then what was written since the last event comes together,
 * some fifty times a second, as often as anybody can see: an event a character would cost more than the character.
 */
final class CompletionStream implements EventSource {
    private static final Duration PACE = Duration.ofMillis(20);

    private final Texts texts;
    private final CompletionJson json;
    private final Deadline deadline;
    private final long read;
    private final boolean usage;
    private final Queue<Event> ready = new ArrayDeque<>();
    private long last = System.nanoTime() - PACE.toNanos();
    private int growing;

    /** A stream of the texts of a request. */
    CompletionStream(Texts texts, CompletionRequest request, CompletionJson json, Deadline deadline) {
        this.texts = texts;
        this.json = json;
        this.deadline = deadline;
        read = request.read();
        usage = request.usage();
        growing = request.prompts().size() * request.choices();
    }

    @Override
    public @Nullable Event next(Duration atMost) throws InterruptedException {
        if (ready.isEmpty()) {
            Duration early = PACE.minusNanos(System.nanoTime() - last);
            if (!early.isNegative()) {
                texts.awaitEnd(early);
            }
            List<Growth> growths = texts.take(deadline.left(atMost));
            last = System.nanoTime();
            growths.forEach(this::add);
            if (growths.isEmpty()) {
                deadline.check();
            }
        }
        return ready.poll();
    }

    private void add(Growth growth) {
        ready.add(new Event(Json.write(part(List.of(growth), null))));
        if (growth.end() != null && --growing == 0) {
            if (usage) {
                ready.add(new Event(Json.write(part(List.of(), CompletionJson.usage(read, texts.written())))));
            }
            ready.add(new Event("[DONE]").asLast());
        }
    }

    private Map<String, @Nullable Object> part(List<Growth> growths, @Nullable Map<String, Object> sum) {
        Map<String, @Nullable Object> part = json.completion(growths, sum);
        if (usage) {
            part.putIfAbsent("usage", null);
        }
        return part;
    }

    @Override
    public void close() {
        texts.cancel();
    }
}
