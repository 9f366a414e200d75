package dev.namaskar.serve.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.namaskar.files.Json;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.ForecastTable;
import dev.namaskar.serve.Asking;
import dev.namaskar.serve.RunningServer;
import dev.namaskar.serve.ServedModels;
import dev.namaskar.serve.Server;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.Trace;
import dev.namaskar.translation.TranslationModel;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions and forecasts over HTTP, held to what the library says. */
class PredictRoutesTest {
    @TempDir
    private static Path folder;

    private static Path models;
    private static RunningServer server;
    private static Asking asking;

    @BeforeAll
    static void serve() throws Exception {
        models = ServedModels.in(folder);
        server = Server.of(models).port(0).start();
        asking = new Asking(server.address());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TaskModel read(String name) throws Exception {
        return TaskKind.read(models.resolve(name + ".safetensors"));
    }

    private static Object asJson(Object value) throws Exception {
        return Json.read("value", Json.write(value));
    }

    @Test
    void aClassifierSaysWhatItSaysInJava() throws Exception {
        List<String> inputs = List.of("abca", "c");
        HttpResponse<String> answer =
                asking.post("/v1/predict", Map.of("model", "letters", "inputs", inputs, "top", 3));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Asking.object(answer)).containsEntry("task", "classify");
        assertThat(Asking.object(answer).get("predictions"))
                .isEqualTo(asJson(read("letters").predict(inputs, new PredictionSettings(3, null, 1)).stream()
                        .map(prediction -> prediction.fields())
                        .toList()));
    }

    @Test
    void unitsAreThoseThatTheLibrarySeesWhileItReads() throws Exception {
        CharacterModel model = CharacterModel.read(models.resolve("v1-text.safetensors"));
        String text = "namanana";
        Map<String, float[][]> trace =
                Trace.of(model, text, 1, new UnknownPolicy.Refuse()).units();
        String part = List.copyOf(trace.keySet()).get(0);
        float[][] expected = trace.get(part);

        Map<String, Object> told =
                Asking.object(asking.post("/v1/units", Map.of("model", "v1-text", "text", text, "units", 3)));

        assertThat(told)
                .containsEntry("part", part)
                .containsEntry("parts", List.copyOf(trace.keySet()))
                .containsEntry("of", (long) expected[0].length)
                .containsEntry("characters", List.of(text.split("")));
        List<?> units = Json.array("units", told.get("units"));
        List<?> values = Json.array("values", told.get("values"));
        double last = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            int unit = ((Number) units.get(i)).intValue();
            double[] own = new double[text.length()];
            for (int t = 0; t < own.length; t++) {
                own[t] = expected[t][unit];
                assertThat(((Number) Json.array("row", values.get(i)).get(t)).doubleValue())
                        .isCloseTo(own[t], within(5.01e-4));
            }
            double mean = DoubleStream.of(own).average().orElseThrow();
            double moves =
                    DoubleStream.of(own).map(v -> (v - mean) * (v - mean)).sum();
            assertThat(moves).isLessThanOrEqualTo(last);
            last = moves;
        }
    }

    @Test
    void whatHasNoUnitsToShowIsToldSo() throws Exception {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("model", "letters", "text", "a"),
                Map.of("model", "v1-text", "text", ""),
                Map.of("model", "v1-text", "text", "n".repeat(8193)),
                Map.of("model", "v1-text", "text", "\u0001"),
                Map.of("model", "v1-text", "text", "na", "part", "h_l9"),
                Map.of("model", "v1-text", "text", "na", "units", 65),
                Map.of("model", "v1-text", "text", "na", "top", 1))) {
            HttpResponse<String> answer = asking.post("/v1/units", wrong);
            assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(400);
            assertThat(Asking.error(answer).get("param")).as(wrong.toString()).isNotNull();
        }
        assertThat(asking.post("/v1/units", Map.of("model", "nobody", "text", "a"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTranslatorSaysWhatItAttendedTo() throws Exception {
        HttpResponse<String> answer = asking.post(
                "/v1/predict", Map.of("model", "capitals", "inputs", "abc", "nbest", 2, "beam", 3, "attention", true));

        Map<String, Object> first = Json.object(
                "prediction",
                Json.array("predictions", Asking.object(answer).get("predictions"))
                        .get(0));
        TranslationModel model = TranslationModel.read(models.resolve("capitals.safetensors"));
        assertThat(first.get("translations"))
                .isEqualTo(asJson(model.predict(List.of("abc"), new PredictionSettings(1, 3, 2))
                        .get(0)
                        .fields()
                        .get("translations")));
        Map<String, Object> attention = Json.object("attention", first.get("attention"));
        assertThat(attention.get("read")).isEqualTo(List.of("a", "b", "c"));
        float[][] weights = model.attention("abc", first.get("text").toString());
        List<List<Double>> expected = new ArrayList<>();
        for (float[] row : weights) {
            List<Double> values = new ArrayList<>();
            for (float value : row) {
                values.add(Double.parseDouble(Float.toString(value)));
            }
            expected.add(values);
        }
        assertThat(attention.get("weights")).isEqualTo(expected);
    }

    @Test
    void aModelThatReadsFilesReadsThoseOfTheRequestAndNoOther() throws Exception {
        Path file = ServedModels.waves(folder, new Random(5));
        byte[] content = Files.readAllBytes(file);
        List<Object> expected = new ArrayList<>();
        for (var prediction : read("waves").predict(List.of(file.toString()), PredictionSettings.USUAL)) {
            expected.add(asJson(prediction.fields().get("labels")));
        }

        HttpResponse<String> answer = asking.post(
                "/v1/predict",
                Map.of(
                        "model",
                        "waves",
                        "inputs",
                        List.of(Map.of(
                                "name", "mine.ts", "base64", Base64.getEncoder().encodeToString(content)))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<?> predictions = Json.array("predictions", Asking.object(answer).get("predictions"));
        assertThat(predictions).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(((Map<?, ?>) predictions.get(i)).get("labels")).isEqualTo(expected.get(i));
            assertThat(((Map<?, ?>) predictions.get(i)).get("input")).isEqualTo("mine.ts, sequence " + (i + 1));
        }
        HttpResponse<String> path = asking.post("/v1/predict", Map.of("model", "waves", "inputs", file.toString()));
        assertThat(path.statusCode()).isEqualTo(400);
        assertThat(Asking.error(path)).containsEntry("param", "inputs");
        HttpResponse<String> other = asking.post(
                "/v1/predict",
                Map.of("model", "waves", "inputs", List.of(Map.of("name", "../../x.ts", "text", "no sequences"))));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).doesNotContain(System.getProperty("java.io.tmpdir") + "/namaskar");
    }

    @Test
    void aForecastIsTheModelsFromATableOrFromNumbers() throws Exception {
        SeriesModel model = SeriesModel.read(models.resolve("v1-series.safetensors"));
        String text = Files.readString(Path.of("corpora/AirPassengers.csv"), StandardCharsets.UTF_8);
        Table table = Table.read(Path.of("corpora/AirPassengers.csv"));
        Forecast expected =
                model.forecast(table.series(), 4, new double[] {0.5, 0.9}).get(0);
        List<Object> times = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        text.lines().skip(1).forEach(line -> {
            times.add(line.split(",", -1)[0]);
            values.add(Double.valueOf(line.split(",", -1)[1]));
        });

        HttpResponse<String> fromTable = asking.post(
                "/v1/forecast", Map.of("model", "v1-series", "table", text, "horizon", 4, "levels", List.of(90, 50)));
        HttpResponse<String> fromNumbers = asking.post(
                "/v1/forecast",
                Map.of(
                        "model",
                        "v1-series",
                        "series",
                        List.of(Map.of("id", "passengers", "values", values, "times", times)),
                        "horizon",
                        4,
                        "levels",
                        List.of(50, 90)));

        Object forecast = asJson(List.of(ForecastTable.toMap(table, expected)));
        assertThat(fromTable.statusCode()).as(fromTable.body()).isEqualTo(200);
        assertThat(Asking.object(fromTable).get("forecasts")).isEqualTo(forecast);
        assertThat(fromNumbers.statusCode()).as(fromNumbers.body()).isEqualTo(200);
        Map<String, Object> numbers = Json.object(
                "forecast",
                Json.array("forecasts", Asking.object(fromNumbers).get("forecasts"))
                        .get(0));
        assertThat(numbers).isEqualTo(((List<?>) forecast).get(0));
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertRefused("/v1/predict", Map.of("model", "letters"), "inputs", "missing_field");
        assertRefused(
                "/v1/predict", Map.of("model", "letters", "inputs", "a", "beam", 2), "beam", "unsupported_setting");
        assertRefused("/v1/predict", Map.of("model", "letters", "inputs", "a", "x", 2), "x", "unknown_field");
        assertRefused("/v1/predict", Map.of("model", "letters", "inputs", "a", "top", 0), "top", "out_of_range");
        assertRefused(
                "/v1/predict", Map.of("model", "letters", "inputs", "a".repeat(10_000)), "inputs", "out_of_range");
        assertRefused("/v1/predict", Map.of("model", "v1-text", "inputs", "a"), "model", "wrong_kind");
        assertRefused("/v1/forecast", Map.of("model", "letters", "table", "a"), "model", "wrong_kind");
        assertRefused("/v1/forecast", Map.of("model", "v1-series"), "table", "missing_field");
        assertRefused("/v1/forecast", Map.of("model", "v1-series", "table", "nothing"), "table", "invalid_input");
        assertRefused(
                "/v1/forecast", Map.of("model", "v1-series", "table", "a", "horizon", 1000), "horizon", "out_of_range");
        assertRefused(
                "/v1/forecast",
                Map.of("model", "v1-series", "table", "a", "levels", List.of(80, 200)),
                "levels",
                "wrong_type");
        assertRefused(
                "/v1/forecast",
                Map.of("model", "v1-series", "series", List.of(Map.of("values", List.of(1, "x")))),
                "series[0].times",
                "wrong_type");
    }

    private static void assertRefused(String path, Map<String, Object> request, String param, String code)
            throws Exception {
        HttpResponse<String> answer = asking.post(path, request);
        assertThat(answer.statusCode()).as(request + ": " + answer.body()).isEqualTo(400);
        assertThat(Asking.error(answer)).containsEntry("param", param).containsEntry("code", code);
    }
}
