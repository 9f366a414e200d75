package dev.namaskar.serve.inference;

import dev.namaskar.files.Json;
import dev.namaskar.series.Forecast;
import dev.namaskar.serve.http.Fields;
import dev.namaskar.serve.http.Refusal;
import dev.namaskar.serve.models.ServedModel;
import dev.namaskar.serve.openai.Completions;
import dev.namaskar.serve.predict.Forecasts;
import dev.namaskar.serve.predict.Predictions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tensors in, tensors out, by the same answers that the other routes give. The request's parameters are their settings:
 * {@code max_tokens} and its like for texts, {@code top}, {@code beam} and {@code nbest} for tasks, {@code horizon} and
 * {@code levels} for series.
 */
public final class Inference {
    private final Completions completions;
    private final Predictions predictions;
    private final Forecasts forecasts;

    /** Inference by these answers. */
    public Inference(Completions completions, Predictions predictions, Forecasts forecasts) {
        this.completions = completions;
        this.predictions = predictions;
        this.forecasts = forecasts;
    }

    List<Tensor> infer(ServedModel model, List<Tensor> inputs, Fields parameters) throws Exception {
        if (model instanceof ServedModel.Text text) {
            Map<String, @Nullable Object> request = new HashMap<>(parameters.toMap());
            request.put("model", text.name());
            request.put("prompt", input(inputs, "prompt", true).texts());
            return List.of(Tensor.ofTexts("text", completions.texts(new Fields(request))));
        }
        if (model instanceof ServedModel.Forecasting forecasting) {
            return forecast(forecasting, inputs, parameters);
        }
        return predict((ServedModel.Task) model, inputs, parameters);
    }

    private static Tensor input(List<Tensor> inputs, String name, boolean texts) {
        for (Tensor input : inputs) {
            if (input.name().equals(name)
                    && input.datatype().equals("BYTES") == texts
                    && !input.data().isEmpty()) {
                return input;
            }
        }
        throw Refusal.wrong(
                "missing_field",
                "inputs",
                "expected an input \"" + name + "\" of " + (texts ? "BYTES" : "numbers") + " that is not empty");
    }

    private List<Tensor> predict(ServedModel.Task task, List<Tensor> inputs, Fields parameters) throws Exception {
        boolean files = task.model().kind().readsFiles(task.model().stored());
        List<String> given = input(inputs, files ? "file" : "input", true).texts();
        Map<String, @Nullable Object> request = new HashMap<>(parameters.toMap());
        request.put("model", task.name());
        request.put(
                "inputs",
                files ? given.stream().map(base64 -> Map.of("base64", base64)).toList() : given);
        List<Map<String, Object>> answers = predictions.predict(task, new Fields(request));
        List<Tensor> outputs = new ArrayList<>();
        outputs.add(
                Tensor.ofTexts("prediction", answers.stream().map(Json::write).toList()));
        if (task.kind().equals("classify")) {
            outputs.add(Tensor.ofTexts(
                    "label",
                    answers.stream()
                            .map(answer -> String.valueOf(answer.get("label")))
                            .toList()));
            List<Double> probabilities = new ArrayList<>();
            answers.forEach(answer ->
                    probabilities.add(answer.get("probability") instanceof Number number ? number.doubleValue() : 0.0));
            outputs.add(Tensor.ofNumbers("probability", probabilities, probabilities.size()));
        }
        return outputs;
    }

    private List<Tensor> forecast(ServedModel.Forecasting model, List<Tensor> inputs, Fields parameters)
            throws Exception {
        Tensor history = input(inputs, "history", false);
        List<Long> shape = history.shape();
        if (shape.isEmpty() || shape.size() > 2) {
            throw Refusal.wrong("wrong_type", "inputs", "expected a history of shape [steps] or [series, steps]");
        }
        int steps = Math.toIntExact(shape.get(shape.size() - 1));
        int count = history.data().size() / steps;
        List<Map<String, Object>> series = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("values", history.data().subList(i * steps, (i + 1) * steps));
            inputs.stream()
                    .filter(input -> input.name().equals("time"))
                    .forEach(times -> one.put("times", times.texts()));
            series.add(one);
        }
        Map<String, @Nullable Object> request = new HashMap<>(parameters.toMap());
        request.put("model", model.name());
        request.put("series", series);
        List<Forecast> all =
                forecasts.forecast(model.model(), new Fields(request)).forecasts();
        return tensors(all);
    }

    private static List<Tensor> tensors(List<Forecast> all) {
        int count = all.size();
        int horizon = all.get(0).horizon();
        double[] levels = all.get(0).levels();
        List<Double> percent = new ArrayList<>();
        for (double level : levels) {
            percent.add(level);
        }
        return List.of(
                Tensor.ofNumbers("forecast", flat(all, forecast -> new double[][] {forecast.point()}), count, horizon),
                Tensor.ofNumbers("level", percent, levels.length),
                Tensor.ofNumbers("lower", flat(all, Forecast::lower), count, levels.length, horizon),
                Tensor.ofNumbers("upper", flat(all, Forecast::upper), count, levels.length, horizon));
    }

    private static List<@Nullable Double> flat(List<Forecast> all, Function<Forecast, double[][]> part) {
        List<@Nullable Double> flat = new ArrayList<>();
        for (Forecast forecast : all) {
            for (double[] row : part.apply(forecast)) {
                for (double value : row) {
                    flat.add(Double.isNaN(value) ? null : value);
                }
            }
        }
        return flat;
    }
}
