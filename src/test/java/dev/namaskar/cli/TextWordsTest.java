package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.files.ModelFile;
import dev.namaskar.text.TextModelFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts on the command line are texts, whatever they begin with, and may come from standard input. */
class TextWordsTest {
    private static final String TEXT = "@bob hi @@amy --seed -x $h\"e'llo\" %s ${HOME} \\n 'q' -- = @cat\n".repeat(40);

    @TempDir
    Path dir;

    private Path corpus = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void train() throws IOException {
        corpus = Files.writeString(dir.resolve("@odd -- name.txt"), TEXT);
        model = dir.resolve("m.safetensors");
        Ran.of("train", "text", corpus, "--out", model, "--hidden", 8, "--steps", 3, "--threads", 1)
                .good();
    }

    private static Ran withInput(byte[] input, Object... args) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(input));
            return Ran.of(args);
        } finally {
            System.setIn(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@bob",
                "@@a",
                "-x",
                "-hi",
                "--",
                "--seed",
                "--seed=3",
                "--model",
                "--json",
                "=",
                "${HOME}",
                "%s",
                "\"e",
                "'q'",
                "-h",
                "--help",
                "\\n",
                " ",
                "@",
                "next"
            })
    void aPrimeIsTakenAsItStands(String prime) throws IOException {
        Files.writeString(dir.resolve("bob"), "amy");
        for (List<?> given : List.of(List.of("--prime=" + prime), List.of("--prime", prime))) {
            Map<String, @Nullable Object> written = Ran.of(
                            List.of(
                                    "generate",
                                    "--model",
                                    model,
                                    "--length",
                                    2,
                                    "--seed",
                                    1,
                                    "--json",
                                    "--unknown",
                                    "skip"),
                            given.toArray())
                    .good()
                    .json();
            assertThat(written.get("prime")).isEqualTo(prime);
        }
    }

    /** Wherever the text stands, the answer is the library's. */
    @ParameterizedTest
    @ValueSource(strings = {"@bob", "@@a", "-x", "-hi", "--se", "-", "--top", "="})
    void soIsTheTextOfNext(String text) throws IOException {
        String expected = Ran.of(
                        "next", "--model", model, "--json", "--unknown", "skip", "--", text.equals("-") ? "@" : text)
                .good()
                .out();
        byte[] input = "@\n".getBytes(UTF_8);
        if (!text.equals("--top")) {
            assertThat(withInput(input, "next", text, "--model", model, "--json", "--unknown", "skip")
                            .good()
                            .out())
                    .isEqualTo(expected);
            assertThat(withInput(input, "next", "--model", model, text, "--json", "--unknown", "skip")
                            .good()
                            .out())
                    .isEqualTo(expected);
            assertThat(withInput(input, "next", "--unknown=skip", "--json", "--model=" + model, text)
                            .good()
                            .out())
                    .isEqualTo(expected);
        }
    }

    @Test
    void aTypingErrorBesideATextIsStillOne() {
        Ran ran = Ran.of("next", "hi", "--modle", model);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--model");
        assertThat(Ran.of("next", "hi", "--model", model, "--tpo", 3).exit()).isEqualTo(2);
        assertThat(Ran.of("next", "hi", "there", "--model", model).exit()).isEqualTo(2);
        assertThat(Ran.of("next", "--model", model).exit()).isEqualTo(2);
        assertThat(Ran.of("next", "--help").out()).startsWith("Usage: namaskar next");
        assertThat(Ran.of("generate", "--model", model, "--prime").exit()).isEqualTo(2);
    }

    @Test
    void unknownCharactersMayBeReplacedByAnyOther() throws IOException {
        assertThat(Ran.of("next", "é", "--model", model, "--unknown", "replace:@", "--json")
                        .good()
                        .out())
                .isEqualTo(
                        Ran.of("next", "@", "--model", model, "--json").good().out());
        assertThat(Ran.of("next", "é", "--model", model, "--unknown=replace:=", "--json")
                        .good()
                        .out())
                .isEqualTo(
                        Ran.of("next", "=", "--model", model, "--json").good().out());
    }

    @Test
    void standardInputIsReadAsADash() throws IOException {
        byte[] text = TEXT.getBytes(UTF_8);
        Path piped = dir.resolve("piped.safetensors");
        Ran ran = withInput(text, "train", "text", "-", "--out", piped, "--hidden", 8, "--steps", 3, "--threads", 1)
                .good();
        assertThat(ran.err()).contains("standard input: " + TEXT.length() + " characters");
        assertThat(Ran.of("next", "hi", "--model", piped, "--json").good().out())
                .isEqualTo(
                        Ran.of("next", "hi", "--model", model, "--json").good().out());
        assertThat(withInput(text, "evaluate", "text", "-", "--model", model, "--json")
                        .good()
                        .out())
                .isEqualTo(Ran.of("evaluate", "text", corpus, "--model", model, "--json")
                        .good()
                        .out());
        Object[] write = {"generate", "--model", model, "--length", 5, "--seed", 1, "--json"};
        for (String ending : new String[] {"", "\n", "\r\n"}) {
            assertThat(withInput(("hi" + ending).getBytes(UTF_8), joined(new Object[] {"--prime", "-"}, write))
                            .good()
                            .json())
                    .containsEntry("prime", "hi");
        }
        assertThat(withInput("hi\n".getBytes(UTF_8), joined(new Object[] {"--prime-file", "-"}, write))
                        .good()
                        .json())
                .containsEntry("prime", "hi\n");
        assertThat(withInput(text, "train", "text", "-", "-", "--out", piped).exit())
                .isEqualTo(2);
    }

    @Test
    void theEncodingIsSaidOrNamed() throws IOException {
        Path latin = Files.write(
                dir.resolve("latin.txt"), "caf\u00e9 ol\u00e9\n".repeat(100).getBytes("windows-1252"));
        Path other = dir.resolve("latin.safetensors");
        Ran.of("train", "text", latin, "--out", other, "--steps", 2)
                .failed("latin.txt", "caf\u00e9".substring(3), "--encoding windows-1252 reads it so");
        for (String unit : List.of("codepoint", "byte")) {
            Ran.of(
                            "train",
                            "text",
                            latin,
                            "--out",
                            other,
                            "--steps",
                            2,
                            "--hidden",
                            4,
                            "--encoding",
                            "cp1252",
                            "--unit",
                            unit)
                    .good();
            assertThat(Ran.of("next", "caf\u00e9", "--model", other, "--json").exit())
                    .isZero();
            Ran.of("evaluate", "text", latin, "--model", other).failed("windows-1252");
            Ran.of("evaluate", "text", latin, "--model", other, "--encoding", "latin1")
                    .good();
            assertThat(Ran.of(
                                    "generate",
                                    "--model",
                                    other,
                                    "--prime-file",
                                    latin,
                                    "--encoding",
                                    "latin1",
                                    "--length",
                                    0,
                                    "--seed",
                                    1)
                            .good()
                            .out())
                    .startsWith("caf\u00e9 ol\u00e9\n");
        }
        for (String command : List.of("next a", "generate", "evaluate text " + latin.getFileName(), "train text x")) {
            List<String> words = List.of(command.split(" ", -1));
            String where = command.startsWith("train") ? "--out" : "--model";
            Ran ran = Ran.of(words, where, other, "--encoding", "klingon");
            assertThat(ran.exit()).as(command).isEqualTo(2);
            assertThat(ran.err()).contains("--encoding", "klingon", "windows-1252");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "--hidden,x,'x' is not a whole number",
                "--hidden,1.5,'1.5' is not a whole number",
                "--hidden,99999999999,'99999999999' is beyond the range",
                "--steps,1e3,'1e3' is not a whole number",
                "--seed,99999999999999999999,is beyond the range",
                "--lr,fast,'fast' is not a number",
                "--lr,|0,5|,|'0,5' is not a number, which has a point|",
                "--lr,1f,'1f' is not a number",
                "--minutes,0x1p3,is not a number",
                "--forget-bias,one,'one' is not a number",
            })
    void numbersAreRefusedWithoutWordsOfJava(String flag, String value, String said) {
        Ran ran = Ran.of("train", "text", corpus, "--out", model, flag, value);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err())
                .contains(flag, said)
                .doesNotContain("int ", "long", "double", "float", "java", "Exception");
    }

    @Test
    void noFileTellsWhereItsMakerLives() throws IOException {
        Path home =
                Files.createDirectories(dir.resolve("home").resolve("someone").resolve("secret"));
        Path text = Files.writeString(home.resolve("diary.txt"), TEXT);
        Path first = home.resolve("first.safetensors");
        Path second = home.resolve("second.safetensors");
        Path log = home.resolve("log.jsonl");
        Object[] small = {"--steps", 4, "--checkpoint-every", 2, "--threads", 1, "--log", log};
        Ran.of(joined(small, "train", "text", text, "--hidden", 4, "--out", first))
                .good();
        Ran.of(joined(small, "train", "text", text, corpus, "--from", first, "--out", second))
                .good();
        Path table = Files.writeString(
                home.resolve("takings.csv"),
                "step,load\n"
                        + IntStream.range(1, 60)
                                .mapToObj(i -> i + "," + (5 + i % 3))
                                .collect(Collectors.joining("\n")));
        Path series = home.resolve("series.safetensors");
        Ran.of(joined(small, "train", "series", table, "--horizon", 2, "--hidden", 4, "--out", series))
                .good();
        Path next = home.resolve("next.safetensors");
        Ran.of(joined(small, "train", "series", table, "--from", series, "--out", next))
                .good();
        try (Stream<Path> files = Files.list(home)) {
            for (Path file :
                    files.filter(f -> !f.equals(text) && !f.equals(table)).toList()) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("someone", "secret", dir.toString());
            }
        }
        assertThat(Ran.of("inspect", second, "--json").good().json().get("corpus"))
                .isInstanceOfSatisfying(
                        Map.class, corpus -> assertThat(corpus.get("name")).isEqualTo("diary.txt and 1 more"));
        Ran shown = Ran.of("inspect", second).good();
        assertThat(shown.out()).contains("name diary.txt and 1 more, fingerprint ", "from first.safetensors");
        assertThat(shown.out()).doesNotContain("someone");
        String fingerprint = shown.out().replaceAll("(?s).*fingerprint ([0-9a-f]{16}),.*", "$1");
        Path third = home.resolve("third.safetensors");
        Files.writeString(text, TEXT.replace("bob", "bab"));
        Ran.of(joined(small, "train", "text", text, corpus, "--hidden", 4, "--out", third))
                .good();
        assertThat(Ran.of("inspect", third).out()).contains("fingerprint ").doesNotContain(fingerprint);
    }

    @Test
    void thePathThatAnOldFileHoldsIsNotShown() throws IOException {
        for (String path : List.of("/home/someone/diary.txt", "C:\\Users\\someone\\diary.txt")) {
            Path old = dir.resolve("old.safetensors");
            ModelFile.write(
                    old,
                    TextModelFile.model(TextModelFile.read(model))
                            .withText("corpus", Json.write(Map.of("name", path + " and 2 more", "val_fraction", 0.5)))
                            .withText("run", Json.write(Map.of("from", path, "steps", 3))));
            for (Ran ran : List.of(
                    Ran.of("inspect", old).good(),
                    Ran.of("inspect", old, "--json").good())) {
                assertThat(ran.out()).contains("diary.txt and 2 more").doesNotContain("someone");
            }
            Path page = dir.resolve("old.html");
            Ran.of("inspect", old, "--out", page).good();
            assertThat(page).content().contains("diary.txt").doesNotContain("someone");
            Ran.of("evaluate", "text", corpus, "--model", old, "--split", "val").good();
        }
    }

    private static Object[] joined(Object[] last, Object... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray();
    }
}
