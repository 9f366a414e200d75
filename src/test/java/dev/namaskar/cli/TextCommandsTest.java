package dev.namaskar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextCommandsTest {
    private static final String PROSE = "to be, or not to be: that is the question. whether 'tis nobler\n".repeat(40);

    @TempDir
    Path dir;

    private Path word = Path.of("");
    private Path prose = Path.of("");

    @BeforeEach
    void writeCorpora() throws IOException {
        word = Files.writeString(dir.resolve("word.txt"), "namaskar\n");
        prose = Files.writeString(dir.resolve("prose.txt"), PROSE);
    }

    private static Ran run(Object... args) {
        return Ran.of(args);
    }

    private Ran train(Path corpus, Path model, Object... more) {
        Object[] start = {"train", "text", corpus, "--out", model, "--threads", 1};
        return run(Stream.concat(Stream.of(start), Stream.of(more)).toArray());
    }

    private Path model(String name) {
        return dir.resolve(name + ".safetensors");
    }

    private Path trained(Path corpus, Object... more) {
        Path model = model("m");
        assertThat(train(corpus, model, more).err()).doesNotContain("error:");
        return model;
    }

    @Test
    void onRequestTheRunSaysWhatItWorksWith() {
        Ran tiny = train(word, model("tiny"), "--steps", 2, "--cell", "rnn", "--hidden", 4, "--verbose");
        assertThat(tiny.err())
                .contains("parameters; batches of 1 rows in 1 parts on 1 threads; matrix products by java");
        Ran larger = train(prose, model("larger"), "--steps", 2, "--hidden", 40, "--batch", 4, "--verbose");
        assertThat(larger.err())
                .contains("matrix products by " + GemmLibrary.best().name().toLowerCase(Locale.ROOT));
        assertThat(train(word, model("quiet"), "--steps", 2).err()).doesNotContain("matrix products");
    }

    @Test
    void theWordIsLearntAndAskedFor() throws IOException {
        Path model = model("word");
        Ran learnt = train(word, model, "--steps", 300, "--hidden", 32, "--json");
        assertThat(learnt.exit()).isZero();
        assertThat(learnt.out().lines()).hasSize(1);
        assertThat(learnt.json())
                .containsEntry("steps", 300L)
                .containsEntry("model", model.toString())
                .containsEntry("val_nats", null)
                .containsKeys("val_bpc", "train_nats", "ms_per_step", "chars_per_s", "seconds");
        assertThat(learnt.err()).contains("read as a list of words, nothing held out");

        Ran next = run("next", "namaska", "--model", model, "--top", 2, "--json");
        assertThat(next.exit()).isZero();
        assertThat(next.out().lines()).hasSize(1);
        List<?> candidates = (List<?>) next.json().get("next");
        assertThat(candidates).hasSize(2);
        Map<?, ?> first = (Map<?, ?>) candidates.get(0);
        assertThat(first.get("symbol")).isEqualTo("r");
        assertThat((Double) first.get("probability")).isGreaterThan(0.9);

        Ran plain = run("next", "namaskar", "--model", model, "--top", 1);
        assertThat(plain.out()).startsWith("\\n ").contains(".9");
        Ran written = run("generate", "--model", model, "--prime", "nam", "--length", 5, "--temperature", 0);
        assertThat(written.out()).isEqualTo("namaskar" + System.lineSeparator());
        assertThat(written.err()).isEmpty();
    }

    @Test
    void validationIsWhatEvaluateSaysOfTheHeldOutPart() throws IOException {
        Path model = model("prose");
        Ran learnt = train(prose, model, "--steps", 30, "--cell", "gru", "--hidden", 16, "--batch", 8, "--json");
        double nats = (Double) learnt.json().get("val_nats");
        assertThat((Double) learnt.json().get("val_bpc")).isCloseTo(nats / Math.log(2), within(2e-4));
        assertThat(learnt.json()).containsEntry("seq_len", 64L).containsKey("bigram_nats");

        Map<String, @Nullable Object> score = run(
                        "evaluate", "text", prose, "--model", model, "--split", "val", "--json")
                .json();
        assertThat((Double) score.get("nats_per_char")).isCloseTo(nats, within(1e-4));
        assertThat((Double) score.get("bits_per_char")).isCloseTo(nats / Math.log(2), within(2e-4));
        assertThat((Double) score.get("perplexity")).isCloseTo(Math.exp(nats), within(2e-3));
        int characters = PROSE.length() - (int) (PROSE.length() * 0.9);
        assertThat(score.get("chars")).isEqualTo((long) characters - 1);
        assertThat(run("evaluate", "text", prose, "--model", model, "--json").json())
                .containsEntry("chars", (long) PROSE.length() - 1);
        assertThat(run("evaluate", "text", prose, "--model", model).out()).contains("nats per character");
        byte[] before = Files.readAllBytes(model);
        assertThat(run("evaluate", "text", prose, "--model", model, "--adapt", "--json")
                        .json())
                .as("figures of their own, never beside the plain ones")
                .containsOnlyKeys("adapted_nats_per_char", "adapted_bits_per_char", "adapted_perplexity", "chars");
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    @Test
    void aResumedRunMakesTheSameModelBitForBit() throws IOException {
        Object[] settings = {"--cell", "lstm", "--hidden", 12, "--layers", 2, "--dropout", 0.2, "--batch", 4};
        Path whole = model("whole");
        train(
                prose,
                whole,
                Stream.concat(Stream.of(settings), Stream.of("--steps", 30)).toArray());
        Path cut = model("cut");
        Object[] first = {"--steps", 20, "--schedule", "cosine(30)", "--checkpoint-every", 10};
        train(prose, cut, Stream.concat(Stream.of(settings), Stream.of(first)).toArray());
        assertThat(TextModelFile.read(cut).params().values())
                .isNotEqualTo(TextModelFile.read(whole).params().values());
        Path log = dir.resolve("log.jsonl");
        Object[] rest = {"--steps", 30, "--resume", "--log", log};
        Ran resumed = train(
                prose, cut, Stream.concat(Stream.of(settings), Stream.of(rest)).toArray());

        assertThat(resumed.err()).contains("going on from step 20");
        assertThat(TextModelFile.read(cut).params().values())
                .isEqualTo(TextModelFile.read(whole).params().values());
        List<String> lines = Files.readAllLines(log);
        assertThat(Json.readObject("log", lines.get(0)))
                .containsEntry("step", 21L)
                .containsKeys("loss", "lr", "ms");
        assertThat(lines)
                .as("behind the last step, and a sample where it took long")
                .filteredOn(line -> line.contains("validation_loss"))
                .singleElement()
                .satisfies(line -> assertThat(Json.readObject("log", line)).containsKeys("validation_loss", "best"));
        assertThat(Json.readObject("log", lines.get(lines.size() - 1))).containsEntry("ended", "all 30 steps done");

        Ran other = train(prose, cut, "--steps", 30, "--hidden", 13, "--resume");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("cell rnn, the checkpoint has lstm");
        Path swapped = Files.writeString(dir.resolve("swapped.txt"), PROSE.replace("to be", "ot be"));
        Ran otherText = train(
                swapped,
                cut,
                Stream.concat(Stream.of(settings), Stream.of(rest)).toArray());
        assertThat(otherText.exit()).isEqualTo(1);
        assertThat(otherText.err()).contains("this run reads another text than the checkpoint's");
        Ran otherBatch = train(
                prose,
                cut,
                "--cell",
                "lstm",
                "--hidden",
                12,
                "--layers",
                2,
                "--dropout",
                0.2,
                "--batch",
                5,
                "--steps",
                30,
                "--resume");
        assertThat(otherBatch.err()).contains("batch 5, the checkpoint has 4");
        Ran done = train(
                prose,
                cut,
                Stream.concat(Stream.of(settings), Stream.of("--steps", 5, "--resume"))
                        .toArray());
        assertThat(done.exit()).isZero();
    }

    @Test
    void theSameSeedMakesTheSameModelAndAnotherDoesNot() throws IOException {
        float[] first = TextModelFile.read(trained(prose, "--steps", 5, "--hidden", 8))
                .params()
                .values();
        assertThat(TextModelFile.read(trained(prose, "--steps", 5, "--hidden", 8))
                        .params()
                        .values())
                .isEqualTo(first);
        assertThat(TextModelFile.read(trained(prose, "--steps", 5, "--hidden", 8, "--seed", 2))
                        .params()
                        .values())
                .isNotEqualTo(first);
    }

    @Test
    void runsEndByEpochsByMinutesByLossAndByPatience() throws IOException {
        Object[] small = {"--hidden", 8, "--batch", 8, "--json"};
        assertThat(train(prose, model("a"), with(small, "--epochs", 2)).json()).containsEntry("steps", 8L);
        assertThat(train(prose, model("a"), with(small, "--epochs", 3, "--steps", 5))
                        .json())
                .containsEntry("steps", 5L);
        Ran timed = train(prose, model("a"), with(small, "--minutes", 0.005, "--epochs", 10_000_000));
        assertThat((Long) timed.json().get("steps")).isPositive();
        assertThat((String) timed.json().get("ended")).contains("minutes are over");
        Ran easy = train(prose, model("a"), with(small, "--steps", 500, "--stop-at", 3.2));
        assertThat((Long) easy.json().get("steps")).isLessThan(500);
        assertThat((Double) easy.json().get("val_nats")).isLessThanOrEqualTo(3.2);
        Ran stuck = train(
                prose,
                model("a"),
                with(
                        small,
                        "--steps",
                        500,
                        "--optimizer",
                        "sgd",
                        "--lr",
                        1e-9,
                        "--patience",
                        2,
                        "--validate-every",
                        3));
        assertThat((Long) stuck.json().get("steps")).isLessThan(500);
    }

    private static Object[] with(Object[] some, Object... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray();
    }

    @Test
    void everyScriptSurvivesInCodePointsAndInBytes() throws IOException {
        String text = "नमस्कार। 🙏 雲日𠀀層\n".repeat(80);
        Path corpus = Files.writeString(dir.resolve("scripts.txt"), text);
        for (String unit : List.of("codepoint", "byte", "bpe:300", "word:270")) {
            Path model = trained(corpus, "--steps", 20, "--hidden", 16, "--unit", unit);
            Ran written = run("generate", "--model", model, "--prime", "न🙏𠀀", "--length", 200, "--seed", 1, "--json");
            String added = (String) written.json().get("text");
            assertThat(added.codePointCount(0, added.length())).isEqualTo(200);
            assertThat(new String(added.getBytes(UTF_8), UTF_8))
                    .isEqualTo(added)
                    .doesNotContain("\ufffd");
            assertThat(run("next", "नम", "--model", model, "--json").exit()).isZero();
            Map<String, Object> score =
                    run("evaluate", "text", corpus, "--model", model, "--json").json();
            if (!unit.contains(":")) {
                assertThat(score).containsEntry("chars", (long) text.codePointCount(0, text.length()) - 1);
            } else {
                // the first symbol is not predicted, and may have been several characters
                assertThat((Long) score.get("chars"))
                        .isBetween(
                                text.codePointCount(0, text.length()) - 20L,
                                text.codePointCount(0, text.length()) - 1L);
            }
        }
        assertThat(run("next", "é", "--model", model("m"), "--json").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bhagavad-gita-sanskrit-devanagari.txt", "quan-tang-shi-8000-zh-Hant.txt"})
    void realTextsTrainPrimeAndGenerate(String name) throws IOException {
        Path corpus = Path.of(System.getProperty("shared.dir", "../shared"), "data", "text", name);
        assumeTrue(Files.isReadable(corpus), () -> corpus + " is absent; set -Dshared.dir");
        String text = Files.readString(corpus);
        Path part = Files.writeString(dir.resolve("part.txt"), text.substring(0, 20_000) + "\n𠀀𠀀𠀀𠀀\n".repeat(300));
        Path model = trained(part, "--steps", 10, "--hidden", 16);
        String prime = text.substring(0, 300) + "𠀀";
        Ran written =
                run("generate", "--model", model, "--prime", prime, "--length", 300, "--temperature", 3, "--seed", 2);
        assertThat(written.exit()).isZero();
        assertThat(written.out()).startsWith(prime).doesNotContain("\ufffd").contains("𠀀");
        assertThat(written.out().codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        assertThat(written.out().strip().codePointCount(0, written.out().strip().length()))
                .isGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "--hidden,0,whole number >= 1",
        "--hidden,abc,not a whole number",
        "--layers,0,whole number >= 1",
        "--order,0,whole number >= 1",
        "--batch,0,whole number >= 1",
        "--seq-len,-1,whole number >= 1",
        "--embedding,-1,whole number >= 0",
        "--steps,0,whole number >= 1",
        "--epochs,0,whole number >= 1",
        "--minutes,0,number > 0",
        "--dropout,1,0 <= number < 1",
        "--val-fraction,2,0 <= number < 1",
        "--val-fraction,NaN,0 <= number < 1",
        "--lr,0,number > 0",
        "--lr,NaN,number > 0",
        "--clip,-1,number >= 0",
        "--patience,0,whole number >= 1",
        "--threads,0,whole number >= 1",
        "--checkpoint-every,0,whole number >= 1",
        "--cell,foo,no cell",
        "--optimizer,foo,no optimizer",
        "--schedule,foo,no schedule",
        "--unit,letters,codepoint",
        "--read,lines,stream or words",
    })
    void nonsenseIsWrongUsageAndNamesFlagRangeAndValue(String flag, String value, String expected) {
        Ran ran = run("train", "text", word, "--out", model("x"), flag, value);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(2);
        assertThat(ran.err().lines().findFirst().orElseThrow()).contains(flag, expected, value);
        assertThat(model("x")).doesNotExist();
    }

    @Test
    void badCorporaFailInOneLineAndLeaveNothing() throws IOException {
        Path model = model("x");
        Path empty = Files.writeString(dir.resolve("empty.txt"), "");
        Path bad = Files.write(dir.resolve("bad.txt"), new byte[] {'a', 'b', (byte) 0xE9, 'c'});
        Path one = Files.writeString(dir.resolve("one.txt"), "a");
        assertFails(train(dir.resolve("absent.txt"), model), "absent.txt does not exist");
        assertFails(train(empty, model), "empty.txt is empty");
        assertFails(train(bad, model), "malformed UTF-8 at byte offset 2");
        assertFails(train(one, model), "one.txt has one character alone");
        assertFails(train(word, model, "--batch", 64, "--seq-len", 64), "4097");
        assertFails(train(word, model, "--val-fraction", 0.1), "--val-fraction");
        assertFails(train(word, dir.resolve("absent").resolve("m")), "does not exist");
        assertFails(train(prose, model, "--optimizer", "sgd", "--lr", 1e30, "--steps", 50), "at step ");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("word.txt", "prose.txt", "empty.txt", "bad.txt", "one.txt");
        }
    }

    private static void assertFails(Ran ran, String message) {
        ran.failed(message);
    }

    @Test
    void nothingThatExistsIsLost() throws IOException {
        Path model = trained(word, "--steps", 5, "--hidden", 8);
        byte[] before = Files.readAllBytes(model);
        assertFails(train(prose, model, "--optimizer", "sgd", "--lr", 1e30, "--steps", 50), "at step ");
        assertThat(Files.readAllBytes(model)).isEqualTo(before);

        assertFails(train(prose, word, "--steps", 5), "is not a model; it was left as it is");
        assertFails(train(prose, prose, "--steps", 5), "is what is read");
        assertFails(train(prose, model, "--steps", 5, "--log", prose), "is what is read");
        assertThat(prose).hasContent(PROSE);
        assertThat(word).hasContent("namaskar\n");
    }

    @Test
    void questionsThatCannotBeAnswered() throws IOException {
        Path model = trained(word, "--steps", 5, "--hidden", 8);
        assertFails(
                run("next", "namaské", "--model", model),
                "'é' (U+00E9) at character 7 is not in the model's vocabulary of 7 symbols; --unknown skip leaves");
        assertThat(run("next", "namaské", "--model", model, "--unknown", "skip").exit())
                .isZero();
        assertFails(run("next", "", "--model", model), "an empty text");
        assertFails(run("generate", "--model", model, "--prime", "x"), "'x' (U+0078) at character 1");
        assertFails(run("evaluate", "text", prose, "--model", model), "(U+0074) at character 1");
        assertThat(run("evaluate", "text", prose, "--model", model, "--unknown", "skip")
                        .exit())
                .isZero();
        assertFails(run("evaluate", "text", word, "--model", model, "--split", "val"), "held out no part");
        assertFails(run("next", "n", "--model", dir.resolve("absent")), "absent");
        assertFails(run("next", "n", "--model", word), "word.txt");
        byte[] whole = Files.readAllBytes(model);
        Path cut = Files.write(dir.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertFails(run("generate", "--model", cut), "cut");
        for (String[] wrong : new String[][] {
            {"--temperature", "-1"}, {"--top-k", "0"}, {"--top-p", "1.5"}, {"--length", "-1"}, {"--unknown", "maybe"}
        }) {
            Ran ran = run("generate", "--model", model, wrong[0], wrong[1]);
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains(wrong[0]).contains("found " + wrong[1]);
        }
        assertThat(run("next", "n", "--model", model, "--top", 0).exit()).isEqualTo(2);
        assertThat(run("next", "n").exit()).isEqualTo(2);
        assertThat(run("evaluate", "text", word, "--model", model, "--split", "some")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void writingIsSeededAndPrimesMayComeFromFiles() throws IOException {
        Path model = trained(prose, "--steps", 20, "--hidden", 16);
        Ran first = run("generate", "--model", model, "--length", 80, "--seed", 5, "--prime", "to ");
        assertThat(run("generate", "--model", model, "--length", 80, "--seed", 5, "--prime", "to ")
                        .out())
                .isEqualTo(first.out());
        assertThat(run("generate", "--model", model, "--length", 80, "--seed", 6, "--prime", "to ")
                        .out())
                .isNotEqualTo(first.out());
        assertThat(run("generate", "--model", model, "--length", 8).err()).startsWith("seed ");
        Ran fromFile = run("generate", "--model", model, "--length", 10, "--seed", 1, "--prime-file", prose);
        assertThat(fromFile.out())
                .startsWith(PROSE)
                .hasSize(PROSE.length() + 10 + System.lineSeparator().length());
        assertThat(run("generate", "--model", model, "--prime", "a", "--prime-file", prose)
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void severalFilesAreOneCorpusAndTheModelKnowsItsOrigin() throws IOException {
        Path model = model("both");
        Ran ran = run("train", "text", word, prose, "--out", model, "--steps", 2, "--hidden", 4, "--threads", 1);
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("and 1 more: " + (PROSE.length() + 9) + " characters");
        CharacterModel read = TextModelFile.read(model);
        assertThat(read.vocabulary().size())
                .isEqualTo((int) (PROSE + "namaskar").chars().distinct().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train text", "next", "generate", "evaluate text"})
    void helpHasAnExample(String command) {
        Ran ran = run((Object[]) (command + " --help").split(" ", -1));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Usage: namaskar " + command).contains("Example: namaskar " + command);
    }
}
