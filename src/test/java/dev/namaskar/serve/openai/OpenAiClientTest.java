package dev.namaskar.serve.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import dev.namaskar.cli.Main;
import dev.namaskar.files.Json;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.serve.ServedProcess;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.CharacterModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client, which knows nothing of this server, speaks to one in a process of its own. */
class OpenAiClientTest {
    private static final Path MODEL = Path.of("src/test/resources/models/v1-text.safetensors");
    private static final String NAME = "v1-text";
    private static final String TEXT = "namaskar, namaste!\n".repeat(100);

    @TempDir
    private static Path folder;

    private static ServedProcess server;
    private static OpenAIClient client;
    private static CharacterModel model;

    @BeforeAll
    static void serve() throws IOException {
        Vocabulary vocabulary = Vocabulary.of(TEXT, Unit.CODEPOINT);
        Network network = NetworkSpec.tokens(vocabulary.size())
                .recurrent("lstm", 24)
                .recurrent("gru", 24)
                .dense(vocabulary.size())
                .build();
        new CharacterModel(network, network.initialize(1), vocabulary).write(folder.resolve("reader.safetensors"));
        server = new ServedProcess(
                folder, MODEL, "src/test/resources/models/v1-series.safetensors", folder.resolve("reader.safetensors"));
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.address().resolve("v1").toString())
                .apiKey("none")
                .maxRetries(0)
                .build();
        model = CharacterModel.read(MODEL);
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        server.close();
    }

    private static CompletionCreateParams.Builder asking(String prompt) {
        return CompletionCreateParams.builder().model(NAME).prompt(prompt);
    }

    @Test
    void listsModels() {
        List<Model> models = client.models().list().data();

        assertThat(models).extracting(Model::id).containsExactly("reader", "v1-series", NAME);
        assertThat(client.models().retrieve(NAME).validate().ownedBy()).isEqualTo("namaskar");
    }

    @Test
    void completesAsTheCommandLineWouldWithTheSameSeed() {
        Completion completion = client.completions()
                .create(asking("na").maxTokens(40).seed(7).temperature(0.8).build())
                .validate();

        CompletionChoice choice = completion.choices().get(0);
        assertThat("na" + choice.text()).isEqualTo(commandLine("na", 40, "--temperature", "0.8", "--seed", "7"));
        assertThat(choice.finishReason()).isEqualTo(CompletionChoice.FinishReason.LENGTH);
        assertThat(completion.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.promptTokens()).isEqualTo(2);
            assertThat(usage.completionTokens()).isEqualTo(40);
        });
    }

    private static String commandLine(String prime, int length, String... more) {
        StringWriter out = new StringWriter();
        List<String> args = new ArrayList<>(List.of(
                "generate", "--model", MODEL.toString(), "--prime", prime, "--length", Integer.toString(length)));
        args.addAll(List.of(more));
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), args.toArray(String[]::new)))
                .isZero();
        return out.toString().stripTrailing();
    }

    @Test
    void answersSeveralPromptsWithSeveralTexts() {
        CompletionCreateParams params = CompletionCreateParams.builder()
                .model(NAME)
                .promptOfArrayOfStrings(List.of("na", "ma", ""))
                .n(2)
                .seed(3)
                .maxTokens(5)
                .echo(true)
                .build();
        Completion completion = client.completions().create(params).validate();

        assertThat(completion.choices()).extracting(CompletionChoice::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(completion.choices().get(2).text()).startsWith("ma").hasSize(7);
        assertThat(completion.choices().get(4).text()).hasSize(5);
        assertThat(client.completions().create(params).choices()).isEqualTo(completion.choices());
    }

    @Test
    void streamsToTheEndMark() {
        CompletionCreateParams params = asking("na")
                .maxTokens(300)
                .seed(11)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<Completion> stream = client.completions().createStreaming(params)) {
            List<Completion> parts = stream.stream().toList();

            assertThat(parts.stream()
                            .flatMap(part -> part.choices().stream())
                            .map(CompletionChoice::text)
                            .collect(Collectors.joining()))
                    .isEqualTo(client.completions()
                            .create(asking("na").maxTokens(300).seed(11).build())
                            .choices()
                            .get(0)
                            .text());
            assertThat(parts)
                    .extracting(Completion::id)
                    .containsOnly(parts.get(0).id());
            Completion last = parts.get(parts.size() - 1);
            assertThat(last.choices()).isEmpty();
            assertThat(last.usage().orElseThrow().totalTokens()).isEqualTo(302);
            assertThat(parts.subList(0, parts.size() - 1))
                    .allMatch(part -> part.usage().isEmpty());
        }
    }

    @Test
    @SuppressWarnings("deprecation") // the whole of that API is of an older kind, and still what clients call
    void logProbabilitiesOfAnEchoAreWhatEvaluateTextSays() throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), TEXT);
        StringWriter out = new StringWriter();
        int exit = Main.run(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                "evaluate",
                "text",
                file.toString(),
                "--model",
                folder.resolve("reader.safetensors").toString(),
                "--split",
                "all",
                "--json");
        assertThat(exit).isZero();
        List<String> lines = out.toString().lines().toList();
        Map<String, Object> score = Json.readObject("score", lines.get(lines.size() - 1));
        double nats = ((Number) score.get("nats_per_char")).doubleValue();
        long characters = ((Number) score.get("chars")).longValue();

        CompletionChoice.Logprobs logprobs = client.completions()
                .create(CompletionCreateParams.builder()
                        .model("reader")
                        .prompt(TEXT)
                        .echo(true)
                        .maxTokens(0)
                        .logprobs(2)
                        .build())
                .choices()
                .get(0)
                .logprobs()
                .orElseThrow();

        List<Double> logs = logprobs.tokenLogprobs().orElseThrow();
        assertThat(String.join("", logprobs.tokens().orElseThrow())).isEqualTo(TEXT);
        assertThat(logs.get(0)).isNull();
        double sum =
                logs.subList(1, logs.size()).stream().mapToDouble(log -> log).sum();
        assertThat(characters).isEqualTo(TEXT.length() - 1);
        assertThat(-sum / characters).isEqualTo(nats, within(1e-6));
        assertThat(logprobs.textOffset().orElseThrow()).hasSize(TEXT.length()).endsWith(TEXT.length() - 1L);
        assertThat(logprobs.topLogprobs().orElseThrow().get(5)._additionalProperties())
                .hasSizeBetween(2, 3)
                .containsKey(TEXT.substring(5, 6));
    }

    @Test
    void saysOfErrorsWhichSettingIsWrong() {
        assertThatThrownBy(() -> client.completions()
                        .create(asking("na").temperature(-1.0).build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).hasValue("temperature");
                    assertThat(e.code()).hasValue("out_of_range");
                    assertThat(e.getMessage()).contains("expected a number of 0 to 100, found the value -1");
                });
        assertThatThrownBy(() -> client.completions()
                        .create(asking("na")
                                .putAdditionalBodyProperty("beams", JsonValue.from(2))
                                .build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(List.of(e.param(), e.code()))
                                .isEqualTo(List.of(Optional.of("beams"), Optional.of("unknown_field"))));
        assertThatThrownBy(() -> client.completions().create(asking("naé").build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).hasValue("prompt");
                    assertThat(e.getMessage()).contains("'é' (U+00E9) at character 3");
                });
        assertThatThrownBy(() -> client.completions()
                        .create(CompletionCreateParams.builder()
                                .model("other")
                                .prompt("na")
                                .build()))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).hasValue("model_not_found"));
        assertThatThrownBy(() -> client.completions()
                        .create(CompletionCreateParams.builder()
                                .model("v1-series")
                                .prompt("na")
                                .build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.code()).hasValue("wrong_kind"));
    }

    @Test
    void endsBeforeAStop() {
        String whole = model.generate("na", 200, 5).substring(2);
        String stop = whole.substring(60, 63);

        CompletionChoice choice = client.completions()
                .create(asking("na").maxTokens(200).seed(5).stop(stop).build())
                .choices()
                .get(0);

        assertThat(choice.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(choice.finishReason()).isEqualTo(CompletionChoice.FinishReason.STOP);
    }
}
