package dev.namaskar.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.namaskar.cli.Main;
import dev.namaskar.labelling.Classifier;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.testing.Page;
import dev.namaskar.text.CharacterModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program for spark-submit, over the tests' session. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class SparkMainTest {
    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {}

    private static Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = SparkMain.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Ran(code, out.toString(), err.toString());
    }

    @Test
    void theCommandsOfTheGuideParse() {
        List<String> lines = Page.ofGuide("spark").blocks("sh").stream()
                .flatMap(block -> block.replaceAll("\\\\\n\\s*", "").lines())
                .filter(line -> line.startsWith("spark-submit "))
                .toList();

        assertThat(lines)
                .hasSize(5)
                .allSatisfy(line -> assertThatCode(() -> SparkMain.program(List.of())
                                .parseArgs(line.substring(line.indexOf(".jar ") + 5)
                                        .split(" ")))
                        .doesNotThrowAnyException());
    }

    @Test
    void rowsThatAreNoSeriesAreRefusedAndNothingIsWritten() throws IOException {
        StringBuilder csv = new StringBuilder("name,day,value\n");
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            for (int i = 1; i <= 28 * 3; i++) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%s,2024-%02d-%02d,%d%n",
                        name,
                        1 + (i - 1) / 28,
                        1 + (i - 1) % 28,
                        i % 7 + name.hashCode()));
            }
        }
        Path table = Files.writeString(folder.resolve("t.csv"), csv.toString());
        Path model = folder.resolve("m.safetensors");

        Ran refused = trainSeries(table, "--time=day", model);
        assertThat(refused.err())
                .contains("steps missing of day between 2024-01-28 and 2024-02-01")
                .doesNotContain("\tat ");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(model).doesNotExist();
    }

    @Test
    void trainsATextAndSaysWhatIsWrong() throws IOException {
        Path text =
                Files.writeString(folder.resolve("t.txt"), "namaskar, the seven letters and the eighth\n".repeat(40));
        Path model = folder.resolve("m.safetensors");
        String rounds = "--rounds-dir=" + folder.resolve("rounds");

        Ran trained = run(
                "train",
                "text",
                text.toString(),
                "--out=" + model,
                rounds,
                "--replicas=2",
                "--round-steps=3",
                "--steps=7",
                "--hidden=8",
                "--batch=2",
                "--seq-len=8",
                "--threads=1",
                "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("\"steps\":7");
        assertThat(CharacterModel.read(model).next("namaska", 1)).hasSize(1);

        Ran none = run("train", "text", text.toString(), "--out=" + model, rounds, "--replicas=0");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).startsWith("error: --replicas: expected a whole number >= 1, found 0\n");
        Ran missing =
                run("train", "text", folder.resolve("none.txt").toString(), "--out=" + folder.resolve("n"), rounds);
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("none.txt: no such file");
        assertThat(folder.resolve("n")).doesNotExist();
    }

    private Ran trainSeries(Path table, String time, Path model, String... more) {
        List<String> words = List.of(
                "train",
                "series",
                table.toString(),
                time,
                "--target=value",
                "--group=name",
                "--horizon=3",
                "--replicas=2",
                "--round-steps=3",
                "--rounds-dir=" + folder.resolve("rounds"),
                "--steps=5",
                "--threads=1",
                "--out=" + model);
        return run(with(words, more));
    }

    /** Four series of sixty rows. */
    private Path table() throws IOException {
        StringBuilder csv = new StringBuilder("name,row,value\n");
        for (int s = 0; s < 4; s++) {
            for (int i = 1; i <= 60; i++) {
                csv.append("s")
                        .append(s)
                        .append(',')
                        .append(i)
                        .append(',')
                        .append(i % 4 + 10 * s + 1)
                        .append('\n');
            }
        }
        return Files.writeString(folder.resolve("t.csv"), csv.toString());
    }

    @Test
    void forecastsWithAModelThatWasTrainedHere() throws IOException {
        Path table = table();
        Path model = folder.resolve("m.safetensors");
        Ran trained = trainSeries(table, "--time=row", model, "--hidden=4", "--ensemble=1");
        assertThat(trained.code()).as(trained.err()).isZero();

        Ran asked = run(
                "forecast",
                table.toString(),
                "--time=row",
                "--target=value",
                "--group=name",
                "--model=" + model,
                "--out=" + folder.resolve("forecasts"));
        assertThat(asked.code()).as(asked.err()).isZero();
        Dataset<Row> forecasts = SparkCluster.session()
                .read()
                .parquet(folder.resolve("forecasts").toString());
        assertThat(forecasts.count()).isEqualTo(12);
        assertThat(forecasts.columns()).startsWith("series", "time", "step", "forecast", "lo_80");
    }

    /** The same words to the program of one machine. */
    private static Ran alone(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Ran(code, out.toString(), err.toString());
    }

    @Test
    void aBackTestSaysWhatOneMachineSays() throws IOException {
        Path table = table();
        Path here = folder.resolve("here.csv");
        Path there = folder.resolve("there.csv");
        List<String> words = List.of(
                "backtest",
                table.toString(),
                "--time=row",
                "--target=value",
                "--group=name",
                "--horizon=3",
                "--folds=2",
                "--refit",
                "--steps=5",
                "--hidden=4",
                "--ensemble=2",
                "--threads=1",
                "--gemm=java",
                "--json");
        Ran one = alone(with(words, "--forecasts=" + here));
        Ran many = run(with(words, "--forecasts=" + there));

        assertThat(many.code()).as(many.err()).isZero();
        assertThat(many.out()).isEqualTo(one.out()).contains("\"p_value\"");
        assertThat(there).hasSameTextualContentAs(here);
        assertThat(run(with(words, "--plot=f.png")).err())
                .as("the cluster's jar draws nothing")
                .contains("Unknown option: '--plot=f.png'");
        Ran wrong = run(with(words, "--stride=0"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("error: --stride: expected a whole number >= 1, found 0\n");
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    /** Words of vowels or of consonants, and which they are. */
    private Path words(String name, long seed, int count) throws IOException {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean vowel = random.nextBoolean();
            for (int j = 2 + random.nextInt(5); j > 0; j--) {
                lines.append((vowel ? "aeioun" : "bdfgkn").charAt(random.nextInt(6)));
            }
            lines.append('\t').append(vowel ? "soft" : "hard").append('\n');
        }
        return Files.writeString(folder.resolve(name), lines);
    }

    @Test
    void oneReplicaLearnsLabelsAsOneMachineDoesAndSeveralLearnThemTogether() throws IOException {
        Path begin = folder.resolve("begin");
        List<String> words = List.of(
                "train",
                "classify",
                words("words.tsv", 5, 120).toString(),
                "--validation=" + words("asked.tsv", 6, 30),
                "--gemm=java",
                "--threads=1",
                "--steps=9",
                "--batch=8");
        assertThat(alone(with(words, "--out=" + begin, "--hidden=4")).code()).isZero();
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        String from = "--from=" + begin;
        String rounds = "--rounds-dir=" + folder.resolve("rounds");
        Ran one = alone(with(words, "--out=" + here, from));
        Ran many = run(with(words, "--out=" + there, from, rounds, "--round-steps=4"));
        assertThat(many.code()).as(many.err()).isZero();
        assertThat(there).hasSameBinaryContentAs(here);
        String seconds = " in [\\d.]+ s\n";
        assertThat(many.out().replace(there.toString(), "").replaceAll(seconds, ""))
                .isEqualTo(one.out().replace(here.toString(), "").replaceAll(seconds, ""))
                .contains("validation");

        Ran two = run(with(words, "--out=" + there, "--force", from, rounds, "--round-steps=4", "--replicas=2"));
        assertThat(two.code()).as(two.err()).isZero();
        assertThat(Classifier.read(there).labels()).containsExactly("hard", "soft");
        assertThat(Files.readAllBytes(there)).isNotEqualTo(Files.readAllBytes(here));

        Ran none = run(with(words, "--out=" + folder.resolve("none"), rounds, "--replicas=0"));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).startsWith("error: --replicas: expected a whole number >= 1, found 0\n");
        assertThat(run("train", "transcribe", "--help").out()).contains("--replicas", "--round-steps", "each replica");
    }

    @Test
    void aSearchHasTheTrialsAndTheModelOfOneMachine() throws IOException {
        Path examples = words("words.tsv", 5, 200);
        Path asked = words("asked.tsv", 6, 60);
        List<String> words = List.of(
                "tune",
                "classify",
                examples.toString(),
                "--validation=" + asked,
                "--steps=9",
                "--space=hidden=3..6",
                "--trials=4",
                "--gemm=java");
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        Ran one = alone(with(words, "--out=" + here));
        Ran many = run(with(words, "--out=" + there));

        assertThat(many.code()).as(many.err()).isZero();
        assertThat(there).hasSameBinaryContentAs(here);
        assertThat(many.out().replace(there.toString(), "")).isEqualTo(one.out().replace(here.toString(), ""));
        List<String> log = Files.readAllLines(folder.resolve("there.trials.jsonl"));
        Path broken = Files.writeString(folder.resolve("broken.tsv"), "no label\n");
        Ran refused = run(
                "tune",
                "classify",
                examples.toString(),
                "--validation=" + broken,
                "--steps=2",
                "--out=" + folder + "/b");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("trial 0: " + broken + ", line 1: expected a text, one tab and a label");
        Ran again = run(with(words, "--out=" + there, "--resume", "--force"));
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("there.trials.jsonl"))).isEqualTo(log);
    }

    @Test
    void whatASearchCannotBeIsSaidAsOnOneMachine() throws IOException {
        Ran none = run("tune");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .contains("expected classify, describe, series, tag, text, transcribe, translate")
                .contains("found none");
        String out = "--out=" + folder.resolve("m");
        Ran wrong = run("tune", "classify", "words.tsv", out, "--trials=0");
        assertThat(wrong.err()).startsWith("error: --trials: expected a whole number >= 1, found 0\n");
        assertThat(run("tune", "text", "words.txt", out, "--workers=2").err())
                .contains("Unknown option: '--workers=2'");
        Ran missing = run("tune", "classify", folder.resolve("none.tsv").toString(), out);
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("none.tsv").doesNotContain("\tat ");
        assertThat(folder.resolve("m")).doesNotExist();
        String help = run("tune", "series", "--help").out();
        assertThat(help).contains("--folds", "--space", "--trials").doesNotContain("--workers");
    }
}
