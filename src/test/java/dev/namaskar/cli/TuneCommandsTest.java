package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for settings from the command line, and in a process that is killed. */
class TuneCommandsTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    static Path folder;

    private static Path words;

    @BeforeAll
    static void words() throws IOException {
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            boolean vowel = random.nextBoolean();
            for (int j = 2 + random.nextInt(5); j > 0; j--) {
                lines.append((vowel ? "aeioun" : "bdfgkn").charAt(random.nextInt(6)));
            }
            lines.append('\t').append(vowel ? "soft" : "hard").append('\n');
        }
        words = Files.writeString(folder.resolve("words.tsv"), lines);
    }

    private static Ran tune(String line) {
        List<Object> args = new ArrayList<>(List.of("tune"));
        for (String word : line.split(" ", -1)) {
            args.add(word.replace("WORDS", words.toString())
                    .replace("OUT", folder.resolve("out").toString()));
        }
        return Ran.of(args.toArray());
    }

    @Test
    void theBestModelAndAllTrialsAreWritten() throws IOException {
        Ran ran = tune("classify WORDS --out OUT1 --trials 6 --steps 18 --hidden 4 --space embedding=3..6,batch=16|32"
                        + " --gemm java --json")
                .good();
        Map<String, @Nullable Object> figures = ran.json();
        assertThat(figures)
                .containsEntry("trials", 6L)
                .containsEntry("measure", "val_nats")
                .containsEntry("log", folder.resolve("out1.trials.jsonl").toString());
        assertThat((double) figures.get("score")).isLessThanOrEqualTo((double) figures.get("usual_score"));
        assertThat(ran.err()).contains("trial 0: ").contains("1/3 of a run");

        List<String> lines = Files.readAllLines(folder.resolve("out1.trials.jsonl"));
        assertThat(lines.get(0)).contains("\"options\":\"--gemm=java --hidden=4 --steps=18\"");
        assertThat(lines).hasSize(1 + 1 + 5 + 1);
        assertThat(Json.readObject("line", lines.get(1)))
                .containsKeys("trial", "rung", "part", "settings", "seed", "steps", "score", "seconds", "elapsed");
        Ran.of("evaluate", "classify", words, "--model", folder.resolve("out1")).good();

        assertThat(tune("classify WORDS --out OUT2 --trials 2 --steps 2 --hidden 4")
                        .good()
                        .out())
                .startsWith(folder.resolve("out2") + ": ");
    }

    @Test
    void seriesAndTextsAreTunedToo() throws IOException {
        Ran series = tune("series corpora/AirPassengers.csv --target passengers --horizon 6 --out OUT3 --trials 2"
                        + " --folds 2 --steps 5 --ensemble 1 --calibration 0 --starts 12 --transform log --hidden 4"
                        + " --search random --workers 2 --json")
                .good();
        assertThat(series.json()).containsEntry("measure", "mase").containsEntry("runs", 2L);
        assertThat(Files.readAllLines(folder.resolve("out3.trials.jsonl")).get(0))
                .as("a loss that does not go with logarithms is not tried")
                .doesNotContain("loss");
        Ran.of("forecast", "corpora/AirPassengers.csv", "--model", folder.resolve("out3"), "--out", folder.resolve("f"))
                .good();

        Path text =
                Files.writeString(folder.resolve("text.txt"), "to be, or not to be: that is the question\n".repeat(60));
        Ran.of("tune", "text", text, "--out", folder.resolve("out4"), "--trials", 3, "--steps", 6, "--hidden", 4)
                .good();
        Ran.of("next", "to b", "--model", folder.resolve("out4")).good();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "classify WORDS --out OUT --trials 0; --trials: expected a whole number >= 1, found 0",
                "classify WORDS --out OUT --minutes 0; --minutes: expected a number > 0",
                "classify WORDS --out OUT --workers 0; --workers",
                "classify WORDS --out OUT --threads 0; --threads",
                "classify WORDS --out OUT --search grid; --search: expected halving or random, found grid",
                "classify WORDS --out OUT --space hiden=3..4; --space: expected one of lr, cell, hidden, layers,",
                "classify WORDS --out OUT --hidden 3 --space hidden=3..4; hidden, which is asked for by itself too",
                "classify WORDS --out OUT --space hidden=4..3; from <= to",
                "classify WORDS --out OUT --space dropout=0..1; `dropout`",
                "classify WORDS --out OUT --from x; --from",
                "classify WORDS --out OUT --hidden 0; --hidden",
                "classify WORDS; --out",
                "series WORDS --out OUT; --horizon",
                "series WORDS --horizon 3 --folds 0 --out OUT; --folds",
                "text WORDS --out OUT --folds 2; --folds",
                "guess WORDS --out OUT; guess",
            })
    void whatCannotBeMeantIsWrongUsage(String line, String message) {
        Ran ran = tune(line);
        ran.wrongUsage(message.replace("`dropout`", "--dropout"));
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("out.trials.jsonl")).doesNotExist();
    }

    @Test
    void aFileOfAnotherKindIsNotWrittenOver() throws IOException {
        Path poem = Files.writeString(folder.resolve("poem.txt"), "roses are red");
        tune("classify WORDS --out OUT5 --trials 2 --log " + poem).failed("poem.txt");
        assertThat(poem).hasContent("roses are red");
        tune("classify WORDS --out " + words + " --trials 2").failed("words.tsv");
    }

    @Test
    void aLogOfOtherOptionsIsRefused() {
        tune("classify WORDS --out OUT6 --trials 2 --steps 2 --hidden 3").good();
        tune("classify WORDS --out OUT6 --trials 2 --steps 2 --hidden 4 --resume")
                .failed("another");
        tune("classify WORDS --out OUT6 --trials 3 --steps 2 --hidden 3 --resume")
                .good();
    }

    @Test
    void theHelpPageHasAnExampleThatParses() {
        String page = Ran.of("tune", "classify", "--help").good().out();
        assertThat(page).contains("Trials:").contains("--space").contains("Find settings to learn to label");
        assertThat(page).contains("Example: namaskar tune classify names.tsv").contains("--trials 20");
        assertThat(page).doesNotContain("--checkpoint-every", "--watch");
    }

    @Test
    @Timeout(120)
    void aSearchKilledByTheSystemGoesOnWithoutDoingATrialAgain() throws Exception {
        Path quiet = Files.createDirectory(folder.resolve("quiet"));
        assertThat(start(quiet).waitFor()).as(said(quiet)).isZero();
        List<String> expected = trials(quiet);

        Path rough = Files.createDirectory(folder.resolve("rough"));
        Random random = new Random(20);
        int ended = 0;
        for (int kill = 0; kill < 2; kill++) {
            Process process = start(rough);
            int until = ended + 1 + random.nextInt(4);
            while (process.isAlive() && trials(rough).size() < until) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said(rough)).isEqualTo(KILLED);
            assertThat(rough.resolve("model")).doesNotExist();
            assertThat(trials(rough)).hasSizeGreaterThanOrEqualTo(until);
            ended = trials(rough).size();
        }
        assertThat(start(rough).waitFor()).as(said(rough)).isZero();

        assertThat(said(rough)).contains("going on with").contains(ended + " trials have ended");
        assertThat(trials(rough)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rough.resolve("model")).hasSameBinaryContentAs(quiet.resolve("model"));
        // Killed after the last trial, before the model was written: it is made again, to the byte.
        Files.delete(rough.resolve("model"));
        assertThat(start(rough).waitFor()).as(said(rough)).isZero();
        assertThat(rough.resolve("model")).hasSameBinaryContentAs(quiet.resolve("model"));
        assertThat(trials(rough)).hasSameSizeAs(expected);
    }

    /** The whole lines of a log behind its first, without times. */
    private static List<String> trials(Path run) throws IOException {
        Path log = run.resolve("model.trials.jsonl");
        String text = Files.exists(log) ? Files.readString(log) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .skip(1)
                .map(line -> line.replaceAll(",\"seconds\":.*", ""))
                .toList();
    }

    private static Process start(Path run) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Dnamaskar.gemm=java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "tune",
                        "classify",
                        words.toString(),
                        "--out=" + run.resolve("model"),
                        "--trials=15",
                        "--steps=90",
                        "--space=hidden=4..8,embedding=4..8,batch=16|32",
                        "--workers=2",
                        "--resume"))
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("said").toFile())
                .start();
    }

    private static String said(Path run) throws IOException {
        return Files.readString(run.resolve("said"));
    }
}
