package dev.namaskar.serve.openai;

import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Metrics;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.models.ServedModel;
import dev.namaskar.serve.stepping.StepLimits;
import dev.namaskar.serve.stepping.StepLoop;
import dev.namaskar.serve.stepping.Texts;
import dev.namaskar.serve.stepping.Texts.Growth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST /v1/completions}: texts that models of text go on writing, all that wait for one model in shared steps. */
public final class Completions {
    private final ModelShelf shelf;
    private final CompletionLimits limits;
    private final StepLimits steps;
    private final Metrics metrics;
    private final Map<String, StepLoop> loops = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(System.nanoTime());

    /**
     * Completions by the models of a shelf.
     *
     * @param metrics counts the characters
     */
    public Completions(ModelShelf shelf, CompletionLimits limits, StepLimits steps, Metrics metrics) {
        this.shelf = shelf;
        this.limits = limits;
        this.steps = steps;
        this.metrics = metrics;
    }

    /** What is answered. */
    public List<Route> routes() {
        return List.of(Route.post("/v1/completions", this::complete));
    }

    private void complete(Exchange exchange) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(limits.time());
        CompletionRequest request = CompletionRequest.read(new Fields(exchange.object()), limits);
        Texts texts = submit(request);
        try {
            if (request.stream()) {
                exchange.stream(new CompletionStream(texts, request, json(request), deadline));
            } else {
                List<Growth> whole = whole(texts, deadline);
                exchange.reply(json(request).completion(whole, CompletionJson.usage(request.read(), texts.written())));
            }
        } finally {
            texts.cancel();
            metrics.characters(request.model(), request.read(), texts.written());
            exchange.note(request.model() + " read " + request.read() + " wrote " + texts.written());
        }
    }

    /**
     * The texts of a request, when all have ended.
     *
     * @param fields as the route takes them
     * @throws Refusal naming the field that is wrong
     */
    public List<String> texts(Fields fields) throws InterruptedException {
        CompletionRequest request = CompletionRequest.read(fields, limits);
        if (request.stream()) {
            throw Refusal.wrong("unsupported_setting", "stream", "`stream` is not supported here");
        }
        Texts texts = submit(request);
        try {
            return whole(texts, new Deadline(limits.time())).stream()
                    .map(Growth::text)
                    .toList();
        } finally {
            texts.cancel();
            metrics.characters(request.model(), request.read(), texts.written());
        }
    }

    private Texts submit(CompletionRequest request) {
        StepLoop loop = loop(request.model());
        return loop.submit(request.prompts(loop.model().vocabulary()));
    }

    private static List<Growth> whole(Texts texts, Deadline deadline) throws InterruptedException {
        if (!texts.awaitEnd(deadline.left())) {
            deadline.check();
        }
        return texts.take(Duration.ZERO);
    }

    private CompletionJson json(CompletionRequest request) {
        String id = "cmpl-" + HexFormat.of().toHexDigits(ids.incrementAndGet());
        return new CompletionJson(id, Instant.now(), request.model(), request.logprobs() != null);
    }

    /** How many texts wait or grow, in all models. */
    public int open() {
        return loops.values().stream().mapToInt(StepLoop::open).sum();
    }

    /** The loop of a model that is on the shelf now; what an earlier one of that name has begun, it ends. */
    private StepLoop loop(String name) {
        ServedModel.Text text = shelf.get(name, ServedModel.Text.class);
        loops.keySet().removeIf(other -> !shelf.has(other));
        StepLoop loop = loops.compute(
                name,
                (same, before) ->
                        before != null && before.model() == text.model() ? before : new StepLoop(text.model(), steps));
        return loop;
    }
}
