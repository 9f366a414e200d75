package dev.namaskar.serve.predict;

import dev.namaskar.serve.http.Exchange;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.http.Route;
import dev.namaskar.serve.models.ModelShelf;
import dev.namaskar.serve.models.ServedModel;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.translation.TranslationModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/predict}: what a model that knows its task says of inputs, each as {@code predict --json} says it. A
 * model that reads files gets them in the request, never from the server's own disk.
 */
public final class Predictions {
    private final ModelShelf shelf;
    private final PredictLimits limits;
    private final Turns turns;

    /** Predictions by the models of a shelf. */
    public Predictions(ModelShelf shelf, PredictLimits limits, Turns turns) {
        this.shelf = shelf;
        this.limits = limits;
        this.turns = turns;
    }

    /** What is answered. */
    public List<Route> routes() {
        return List.of(Route.post("/v1/predict", this::answer));
    }

    private void answer(Exchange exchange) throws Exception {
        Fields fields = new Fields(exchange.object());
        ServedModel.Task task = shelf.get(fields.text("model"), ServedModel.Task.class);
        List<Map<String, Object>> predictions = predict(task, fields);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model", task.name());
        answer.put("task", task.kind());
        answer.put("predictions", predictions);
        exchange.note(task.name() + " inputs " + predictions.size());
        exchange.reply(answer);
    }

    /**
     * What a model says of the inputs of a request.
     *
     * @param fields {@code inputs} and settings
     * @throws Refusal naming the field that is wrong
     */
    public List<Map<String, Object>> predict(ServedModel.Task task, Fields fields) throws Exception {
        fields.value("model");
        PredictionSettings settings = settings(fields, task);
        boolean attention = fields.flag("attention");
        return turns.take(() -> predict(task, fields, settings, attention));
    }

    private PredictionSettings settings(Fields fields, ServedModel.Task task) {
        for (String setting : List.of("top", "beam", "nbest")) {
            if (fields.value(setting) != null && !task.model().kind().settings().contains(setting)) {
                throw Refusal.wrong(
                        "unsupported_setting",
                        setting,
                        "`" + setting + "` has no effect for a "
                                + task.model().kind().modelName());
            }
        }
        return new PredictionSettings(
                fields.whole("top", 1, 1, limits.search()),
                fields.whole("beam", 1, limits.search()),
                fields.whole("nbest", 1, 1, limits.search()));
    }

    private List<Map<String, Object>> predict(
            ServedModel.Task task, Fields fields, PredictionSettings settings, boolean attention) throws IOException {
        if (task.readsFiles()) {
            if (attention) {
                throw Refusal.wrong("unsupported_setting", "attention", "`attention` needs a model of translation");
            }
            List<Fields> given = fields.objects("inputs", limits.inputs());
            fields.noOthers();
            return predictFiles(task, given, settings);
        }
        List<String> inputs = fields.texts("inputs", limits.inputs());
        if (inputs == null) {
            throw Refusal.wrong("missing_field", "inputs", "expected the field `inputs`, a text or a list of texts");
        }
        fields.noOthers();
        List<Map<String, Object>> all = predictTexts(task, inputs, settings);
        if (attention) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).put("attention", attention(task, inputs.get(i), all.get(i)));
            }
        }
        return all;
    }

    private List<Map<String, Object>> predictTexts(
            ServedModel.Task task, List<String> inputs, PredictionSettings settings) throws IOException {
        for (String input : inputs) {
            if (input.length() > limits.characters()) {
                throw Refusal.wrong(
                        "out_of_range",
                        "inputs",
                        "expected inputs of at most " + limits.characters() + " characters, found " + input.length());
            }
        }
        try {
            return maps(task.model().predict(inputs, settings));
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong("invalid_input", "inputs", Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private static List<Map<String, Object>> predictFiles(
            ServedModel.Task task, List<Fields> given, PredictionSettings settings) throws IOException {
        try (Uploads uploads = Uploads.of(given)) {
            try {
                List<Map<String, Object>> all = maps(task.model().predict(uploads.paths(), settings));
                all.forEach(map -> map.computeIfPresent("input", (key, path) -> uploads.named(path.toString())));
                return all;
            } catch (IOException | IllegalArgumentException e) {
                // What a file is not is its sender's mistake, whichever exception says so.
                throw Refusal.wrong(
                        "invalid_input", "inputs", uploads.named(Objects.requireNonNullElse(e.getMessage(), "")));
            }
        }
    }

    private static List<Map<String, Object>> maps(List<Prediction> predictions) {
        List<Map<String, Object>> all = new ArrayList<>();
        predictions.forEach(prediction -> all.add(new LinkedHashMap<>(prediction.fields())));
        return all;
    }

    /** What was read for what was written, {@code [symbols written][symbols read]}, of the best translation. */
    private static Map<String, Object> attention(ServedModel.Task task, String input, Map<String, Object> answer) {
        if (!(task.model() instanceof TranslationModel translator)) {
            throw Refusal.wrong("unsupported_setting", "attention", "`attention` needs a model of translation");
        }
        @Nullable Object text = answer.get("text");
        List<List<Float>> weights = new ArrayList<>();
        if (text != null) {
            for (float[] row : translator.attention(input, text.toString())) {
                List<Float> values = new ArrayList<>();
                for (float value : row) {
                    values.add(value);
                }
                weights.add(values);
            }
        }
        Map<String, Object> attention = new LinkedHashMap<>();
        attention.put("read", translator.sources().cut().symbols(input));
        attention.put("weights", weights);
        return attention;
    }
}
