package dev.namaskar.serve;

import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.HttpListener;
import dev.namaskar.serve.http.Metrics;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.openai.Completions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of itself: {@code /healthz} whether the process answers at all, {@code /readyz} whether to send it
 * requests and what is wrong with models, {@code /metrics}, {@code /openapi.json}.
 */
final class StatusRoutes {
    private final ModelShelf shelf;
    private final Metrics metrics;
    private volatile @Nullable HttpListener listener;

    StatusRoutes(ModelShelf shelf, Completions completions, Metrics metrics) {
        this.shelf = shelf;
        this.metrics = metrics;
        metrics.gauge(
                "namaskar_models", "Models that are there.", () -> shelf.all().size());
        metrics.gauge(
                "namaskar_models_in_trouble",
                "Files of models that cannot be read.",
                () -> shelf.troubles().size());
        metrics.gauge("namaskar_texts", "Texts that wait or grow.", completions::open);
        metrics.gauge("namaskar_requests_in_flight", "Requests that are being answered.", this::requests);
        metrics.gauge("namaskar_heap_bytes", "Heap in use.", StatusRoutes::heap);
    }

    /** Tells of this listener from now on. */
    void of(HttpListener started) {
        listener = started;
    }

    private int requests() {
        HttpListener at = listener;
        return at == null ? 0 : at.requests();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    boolean ready() {
        HttpListener at = listener;
        return at == null || !at.stopping();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", exchange -> exchange.reply(Map.of("status", "ok")))
                        .openToAll(),
                Route.get("/readyz", this::readyz).openToAll(),
                Route.get(
                        "/metrics",
                        exchange -> exchange.reply(
                                200,
                                "text/plain; version=0.0.4; charset=utf-8",
                                metrics.text().getBytes(StandardCharsets.UTF_8))),
                Route.get("/openapi.json", exchange -> exchange.reply(200, "application/json", description()))
                        .openToAll());
    }

    private void readyz(Exchange exchange) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        boolean ready = ready();
        answer.put("ready", ready);
        if (exchange.trusted()) {
            answer.put("models", shelf.all().size());
            answer.put("troubles", shelf.troubles());
        }
        exchange.reply(ready ? 200 : 503, answer);
    }

    private static byte[] description() throws IOException {
        try (InputStream in = Objects.requireNonNull(StatusRoutes.class.getResourceAsStream("openapi.json"))) {
            return in.readAllBytes();
        }
    }
}
