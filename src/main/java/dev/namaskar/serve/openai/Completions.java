package dev.namaskar.serve.openai;

import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.models.ServedModel;
import dev.namaskar.serve.stepping.Prompt;
import dev.namaskar.serve.stepping.StepLimits;
import dev.namaskar.serve.stepping.StepLoop;
import dev.namaskar.serve.stepping.Texts;
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
    private final Map<String, StepLoop> loops = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(System.nanoTime());

    /** Completions by the models of a shelf. */
    public Completions(ModelShelf shelf, CompletionLimits limits, StepLimits steps) {
        this.shelf = shelf;
        this.limits = limits;
        this.steps = steps;
    }

    /** What is answered. */
    public List<Route> routes() {
        return List.of(Route.post("/v1/completions", this::complete));
    }

    private void complete(Exchange exchange) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(limits.time());
        CompletionRequest request = CompletionRequest.read(new Fields(exchange.object()), limits);
        StepLoop loop = loop(request.model());
        List<Prompt> prompts = request.prompts(loop.model().vocabulary());
        long read = request.prompts().stream()
                .mapToLong(prompt -> prompt.codePointCount(0, prompt.length()))
                .sum();
        CompletionJson json = new CompletionJson(
                "cmpl-" + HexFormat.of().toHexDigits(ids.incrementAndGet()),
                Instant.now(),
                request.model(),
                request.logprobs() != null);
        Texts texts = loop.submit(prompts);
        try {
            if (request.stream()) {
                int count = prompts.size() * request.choices();
                exchange.stream(new CompletionStream(texts, count, json, deadline, read, request.usage()));
            } else {
                if (!texts.awaitEnd(limits.time())) {
                    deadline.check();
                }
                exchange.reply(json.completion(texts.take(Duration.ZERO), CompletionJson.usage(read, texts.written())));
            }
        } finally {
            texts.cancel();
            exchange.note(request.model() + " read " + read + " wrote " + texts.written());
        }
    }

    /** The loop of a model that is on the shelf now; what an earlier one of that name has begun, it ends. */
    private StepLoop loop(String name) {
        ServedModel served = shelf.get(name);
        if (!(served instanceof ServedModel.Text text)) {
            throw Refusal.wrong(
                    "wrong_kind",
                    "model",
                    "expected a model of text, found one for " + served.kind() + "; /v1/predict and"
                            + " /v1/forecast ask the others");
        }
        loops.keySet().removeIf(other -> !shelf.has(other));
        StepLoop loop = loops.compute(
                name,
                (same, before) ->
                        before != null && before.model() == text.model() ? before : new StepLoop(text.model(), steps));
        return loop;
    }
}
