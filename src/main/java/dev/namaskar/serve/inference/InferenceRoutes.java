package dev.namaskar.serve.inference;

import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.models.ServedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v2}: the Open Inference Protocol. Its errors have the shape that it asks for, {@code {"error":".."}}. A model has
 * one version, {@code 1}.
 */
public final class InferenceRoutes {
    private static final String VERSION = "1";
    private static final int MOST_TENSORS = 16;
    /** Health is told by the status alone. */
    private static final String NO_TYPE = "text/plain";

    private final ModelShelf shelf;
    private final Inference inference;
    private final BooleanSupplier ready;

    /**
     * The protocol over a shelf.
     *
     * @param inference answers
     * @param ready whether the server takes requests
     */
    public InferenceRoutes(ModelShelf shelf, Inference inference, BooleanSupplier ready) {
        this.shelf = shelf;
        this.inference = inference;
        this.ready = ready;
    }

    /** What is answered. */
    public List<Route> routes() {
        List<Route> all = new ArrayList<>();
        for (String path : List.of("/v2", "/v2/")) {
            all.add(Route.get(path, guarded(exchange -> exchange.reply(server()))));
        }
        all.add(Route.get("/v2/health/live", exchange -> exchange.reply(200, NO_TYPE, new byte[0]))
                .openToAll());
        all.add(Route.get("/v2/health/ready", exchange -> {
                    exchange.reply(ready.getAsBoolean() ? 200 : 503, NO_TYPE, new byte[0]);
                })
                .openToAll());
        for (String path : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            all.add(Route.get(path, guarded(exchange -> exchange.reply(model(asked(exchange, path))))));
            all.add(Route.get(path + "/ready", guarded(exchange -> {
                asked(exchange, path);
                exchange.reply(200, NO_TYPE, new byte[0]);
            })));
            all.add(Route.post(path + "/infer", guarded(exchange -> infer(exchange, asked(exchange, path)))));
        }
        return all;
    }

    private static Route.Answer guarded(Route.Answer answer) {
        return exchange -> {
            try {
                answer.answer(exchange);
            } catch (Refusal refusal) {
                exchange.reply(refusal, Map.of("error", String.valueOf(refusal.getMessage())));
            }
        };
    }

    private ServedModel asked(Exchange exchange, String path) {
        ServedModel model = shelf.get(exchange.parameter("model"));
        if (path.contains("{version}") && !exchange.parameter("version").equals(VERSION)) {
            throw new Refusal(404, "version_not_found", "version", "the model has one version, " + VERSION);
        }
        return model;
    }

    private static Map<String, Object> server() {
        String version = InferenceRoutes.class.getPackage().getImplementationVersion();
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("name", "namaskar");
        server.put("version", version == null ? "unknown" : version);
        server.put("extensions", List.of());
        return server;
    }

    private static Map<String, Object> model(ServedModel model) {
        Signature signature = Signature.of(model);
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("name", model.name());
        card.put("versions", List.of(VERSION));
        card.put("platform", "namaskar_" + model.kind());
        card.put(
                "inputs", signature.inputs().stream().map(Signature.Port::toMap).toList());
        card.put(
                "outputs",
                signature.outputs().stream().map(Signature.Port::toMap).toList());
        return card;
    }

    private void infer(Exchange exchange, ServedModel model) throws Exception {
        Fields fields = new Fields(exchange.object());
        String id = fields.text("id", "");
        List<Tensor> inputs = new ArrayList<>();
        for (Fields input : fields.objects("inputs", MOST_TENSORS)) {
            inputs.add(Tensor.read(input));
        }
        List<String> wanted = wanted(fields, Signature.of(model));
        Fields parameters = fields.object("parameters");
        fields.noOthers();
        List<Tensor> outputs = inference.infer(model, inputs, parameters == null ? new Fields(Map.of()) : parameters);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("model_name", model.name());
        answer.put("model_version", VERSION);
        if (!id.isEmpty()) {
            answer.put("id", id);
        }
        answer.put(
                "outputs",
                outputs.stream()
                        .filter(output -> wanted.isEmpty() || wanted.contains(output.name()))
                        .map(Tensor::toMap)
                        .toList());
        exchange.note(model.name());
        exchange.reply(answer);
    }

    private static List<String> wanted(Fields fields, Signature signature) throws IOException {
        if (fields.value("outputs") == null) {
            return List.of();
        }
        List<String> there =
                signature.outputs().stream().map(Signature.Port::name).toList();
        List<String> wanted = new ArrayList<>();
        for (Fields output : fields.objects("outputs", MOST_TENSORS)) {
            String name = output.text("name");
            if (!there.contains(name)) {
                throw output.wrong("name", "one of " + there, name);
            }
            wanted.add(name);
        }
        return wanted;
    }
}
