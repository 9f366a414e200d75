package dev.namaskar.serve.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import dev.namaskar.files.Json;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.serve.Asking;
import dev.namaskar.serve.RunningServer;
import dev.namaskar.serve.ServedModels;
import dev.namaskar.serve.Server;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.text.CharacterModel;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Open Inference Protocol, its paths and fields written down from its public description, and the server's description
 * of itself: requests and replies are held to both by a validator that others wrote.
 */
class OpenInferenceTest {
    @TempDir
    private static Path folder;

    private static Path models;
    private static RunningServer server;
    private static Asking asking;
    private static OpenApiInteractionValidator protocol;
    private static OpenApiInteractionValidator own;

    @BeforeAll
    static void serve() throws Exception {
        models = ServedModels.in(folder);
        server = Server.of(models).port(0).start();
        asking = new Asking(server.address());
        protocol = OpenApiInteractionValidator.createForInlineApiSpecification(
                        Files.readString(Path.of("src/test/resources/serve/open-inference.json")))
                .build();
        own = OpenApiInteractionValidator.createForInlineApiSpecification(
                        asking.get("/openapi.json").body())
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ValidationReport reply(
            OpenApiInteractionValidator validator, String path, Request.Method method, int status, String body) {
        SimpleResponse.Builder reply = SimpleResponse.Builder.status(status);
        return validator.validateResponse(
                path,
                method,
                (body.isEmpty()
                                ? reply
                                : reply.withContentType("application/json").withBody(body))
                        .build());
    }

    private static HttpResponse<String> good(String path) throws Exception {
        HttpResponse<String> answer = asking.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        for (OpenApiInteractionValidator validator : List.of(protocol, own)) {
            ValidationReport report = reply(validator, path, Request.Method.GET, answer.statusCode(), answer.body());
            assertThat(report.getMessages()).as(path + ": " + answer.body()).isEmpty();
        }
        return answer;
    }

    private static Map<String, Object> infer(String model, Map<String, Object> request) throws Exception {
        String path = "/v2/models/" + model + "/versions/1/infer";
        HttpResponse<String> answer = asking.post(path, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (OpenApiInteractionValidator validator : List.of(protocol, own)) {
            assertThat(validator
                            .validateRequest(SimpleRequest.Builder.post(path)
                                    .withContentType("application/json")
                                    .withBody(Json.write(request))
                                    .build())
                            .getMessages())
                    .isEmpty();
            assertThat(reply(validator, path, Request.Method.POST, 200, answer.body())
                            .getMessages())
                    .isEmpty();
        }
        Map<String, Object> outputs = new LinkedHashMap<>();
        for (Object output : Json.array("outputs", Asking.object(answer).get("outputs"))) {
            Map<String, Object> tensor = Json.object("output", output);
            outputs.put(tensor.get("name").toString(), tensor.get("data"));
        }
        return outputs;
    }

    private static Map<String, Object> tensor(String name, String datatype, List<Integer> shape, List<?> data) {
        return Map.of("name", name, "datatype", datatype, "shape", shape, "data", data);
    }

    @Test
    void tellsOfItselfAndOfEachModel() throws Exception {
        good("/v2/");
        good("/v2/health/live");
        good("/v2/health/ready");
        for (String model : List.of("v1-text", "v1-series", "letters", "capitals", "waves")) {
            assertThat(Asking.object(good("/v2/models/" + model + "/versions/1")))
                    .containsEntry("name", model);
            good("/v2/models/" + model + "/versions/1/ready");
        }
        HttpResponse<String> none = asking.get("/v2/models/other/versions/1");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(reply(protocol, "/v2/models/other/versions/1", Request.Method.GET, 404, none.body())
                        .getMessages())
                .isEmpty();
    }

    @Test
    void textsGoOn() throws Exception {
        CharacterModel model = CharacterModel.read(models.resolve("v1-text.safetensors"));

        Map<String, Object> outputs = infer(
                "v1-text",
                Map.of(
                        "id",
                        "7",
                        "inputs",
                        List.of(tensor("prompt", "BYTES", List.of(1), List.of("na"))),
                        "parameters",
                        Map.of("max_tokens", 12, "seed", 3)));

        assertThat(outputs)
                .containsEntry("text", List.of(model.generate("na", 12, 3).substring(2)));
    }

    @Test
    void labelsComeAsTheLibrarySaysThem() throws Exception {
        List<String> inputs = List.of("abca", "c", "bb");
        var expected = TaskKind.read(models.resolve("letters.safetensors")).predict(inputs, PredictionSettings.USUAL);

        Map<String, Object> outputs =
                infer("letters", Map.of("inputs", List.of(tensor("input", "BYTES", List.of(3), inputs))));

        assertThat(outputs.get("label"))
                .isEqualTo(
                        expected.stream().map(one -> one.fields().get("label")).toList());
        assertThat(outputs.get("probability"))
                .isEqualTo(expected.stream()
                        .map(one -> one.fields().get("probability"))
                        .toList());
        assertThat(outputs.get("prediction"))
                .isEqualTo(expected.stream()
                        .map(one -> Json.write(new LinkedHashMap<>(one.fields())))
                        .toList());
    }

    @Test
    void seriesAreForecast() throws Exception {
        Table table = Table.read(Path.of("corpora/AirPassengers.csv"));
        double[] values = table.series().get(0).values();
        List<Double> history = new ArrayList<>();
        List<String> times = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            history.add(values[t]);
            times.add(table.text(table.series().get(0).time(t)));
        }
        Forecast expected = SeriesModel.read(models.resolve("v1-series.safetensors"))
                .forecast(table.series(), 3, new double[] {0.8})
                .get(0);

        Map<String, Object> outputs = infer(
                "v1-series",
                Map.of(
                        "inputs",
                        List.of(
                                tensor("history", "FP64", List.of(1, values.length), history),
                                tensor("time", "BYTES", List.of(values.length), times)),
                        "parameters",
                        Map.of("horizon", 3, "levels", List.of(80)),
                        "outputs",
                        List.of(Map.of("name", "forecast"), Map.of("name", "upper"))));

        assertThat(outputs).containsOnlyKeys("forecast", "upper");
        assertThat(numbers(outputs.get("forecast"))).containsExactly(expected.point());
        assertThat(numbers(outputs.get("upper"))).containsExactly(expected.upper()[0]);
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }

    @Test
    void errorsHaveTheProtocolsShape() throws Exception {
        String path = "/v2/models/letters/versions/1/infer";
        for (Object wrong : List.of(
                Map.of(),
                Map.of("inputs", List.of()),
                Map.of("inputs", List.of(tensor("input", "BYTES", List.of(2), List.of("a")))),
                Map.of("inputs", List.of(tensor("input", "FP64", List.of(1), List.of("a")))),
                Map.of("inputs", List.of(tensor("other", "BYTES", List.of(1), List.of("a")))),
                Map.of("inputs", List.of(tensor("input", "BYTES", List.of(-1), List.of("a")))),
                Map.of("inputs", List.of(tensor("input", "BYTES", List.of(1), List.of("a"))), "x", 1),
                "{")) {
            HttpResponse<String> answer = asking.post(path, wrong);
            assertThat(answer.statusCode()).as(wrong + ": " + answer.body()).isEqualTo(400);
            assertThat(reply(protocol, path, Request.Method.POST, 400, answer.body())
                            .getMessages())
                    .isEmpty();
        }
    }

    /** The validator is one that notices. */
    @Test
    void aSpoiledReplyIsRejected() throws Exception {
        String path = "/v2/models/letters/versions/1/infer";
        String body = asking.post(path, Map.of("inputs", List.of(tensor("input", "BYTES", List.of(1), List.of("a")))))
                .body();

        for (OpenApiInteractionValidator validator : List.of(protocol, own)) {
            assertThat(reply(validator, path, Request.Method.POST, 200, body).hasErrors())
                    .isFalse();
            for (String spoiled : List.of(
                    body.replace("\"model_name\"", "\"model\""),
                    body.replace("\"shape\":[1]", "\"shape\":[\"one\"]"),
                    body.replace("\"datatype\"", "\"type\""),
                    body.replace("\"outputs\":[", "\"outputs\":[3,"))) {
                assertThat(spoiled).isNotEqualTo(body);
                assertThat(reply(validator, path, Request.Method.POST, 200, spoiled)
                                .hasErrors())
                        .as(spoiled)
                        .isTrue();
            }
        }
    }

    @Test
    void theServersOwnDescriptionFitsItsReplies() throws Exception {
        for (String path : List.of("/v1/models", "/v1/models/letters", "/healthz", "/readyz")) {
            HttpResponse<String> answer = asking.get(path);
            assertThat(reply(own, path, Request.Method.GET, 200, answer.body()).getMessages())
                    .as(path)
                    .isEmpty();
        }
        Map<String, Object> questions = Map.of(
                "/v1/completions",
                Map.of("model", "v1-text", "prompt", "na", "logprobs", 2, "echo", true, "max_tokens", 3),
                "/v1/predict",
                Map.of("model", "letters", "inputs", List.of("a")),
                "/v1/forecast",
                Map.of("model", "v1-series", "table", Files.readString(Path.of("corpora/AirPassengers.csv"))));
        for (Map.Entry<String, Object> question : questions.entrySet()) {
            HttpResponse<String> answer = asking.post(question.getKey(), question.getValue());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(reply(own, question.getKey(), Request.Method.POST, 200, answer.body())
                            .getMessages())
                    .as(answer.body())
                    .isEmpty();
            assertThat(own.validateRequest(SimpleRequest.Builder.post(question.getKey())
                                    .withContentType("application/json")
                                    .withBody(Json.write(question.getValue()))
                                    .build())
                            .getMessages())
                    .isEmpty();
            HttpResponse<String> wrong = asking.post(question.getKey(), Map.of("model", "v1-text", "nonsense", 1));
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(reply(own, question.getKey(), Request.Method.POST, 400, wrong.body())
                            .getMessages())
                    .isEmpty();
        }
    }
}
