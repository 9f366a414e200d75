package dev.namaskar.serve;

import dev.namaskar.serve.http.Route;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code /healthz}: whether the process answers at all. {@code /readyz}: whether to send it requests. */
final class HealthRoutes {
    private volatile BooleanSupplier stopping = () -> false;

    void watch(BooleanSupplier whetherStopping) {
        stopping = whetherStopping;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", exchange -> exchange.reply(Map.of("status", "ok")))
                        .openToAll(),
                Route.get("/readyz", exchange -> {
                            boolean ready = !stopping.getAsBoolean();
                            exchange.reply(ready ? 200 : 503, Map.of("ready", ready));
                        })
                        .openToAll());
    }
}
