package dev.namaskar.serve.models;

import dev.namaskar.serve.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/models}: which models there are, as OpenAI's service lists them, and what each is for. */
public final class ModelRoutes {
    private ModelRoutes() {}

    /** The routes over a shelf. */
    public static List<Route> of(ModelShelf shelf) {
        return List.of(
                Route.get("/v1/models", exchange -> {
                    Map<String, Object> list = new LinkedHashMap<>();
                    list.put("object", "list");
                    list.put("data", shelf.all().stream().map(ModelRoutes::card).toList());
                    exchange.reply(list);
                }),
                Route.get(
                        "/v1/models/{model}",
                        exchange -> exchange.reply(card(shelf.get(exchange.parameter("model"))))));
    }

    private static Map<String, Object> card(ServedModel model) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("id", model.name());
        card.put("object", "model");
        card.put("created", model.written().getEpochSecond());
        card.put("owned_by", "namaskar");
        card.put("kind", model.kind());
        card.put("reads", model.readsFiles() ? "files" : "text");
        card.put("description", model.description());
        return card;
    }
}
