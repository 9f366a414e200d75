package dev.namaskar.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
                .hasSize(2)
                .allSatisfy(line -> assertThatCode(() -> SparkMain.program()
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
        String[] columns = {"--time=day", "--target=value", "--group=name"};

        Ran refused = run(
                "train",
                "series",
                table.toString(),
                columns[0],
                columns[1],
                columns[2],
                "--horizon=3",
                "--replicas=2",
                "--round-steps=3",
                "--rounds-dir=" + folder.resolve("rounds"),
                "--steps=5",
                "--threads=1",
                "--out=" + model);
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

    @Test
    void forecastsWithAModelThatWasTrainedHere() throws IOException {
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
        Path table = Files.writeString(folder.resolve("t.csv"), csv.toString());
        String model = folder.resolve("m.safetensors").toString();
        String[] columns = {"--time=row", "--target=value", "--group=name"};
        Ran trained = run(
                "train",
                "series",
                table.toString(),
                columns[0],
                columns[1],
                columns[2],
                "--horizon=3",
                "--replicas=2",
                "--round-steps=3",
                "--rounds-dir=" + folder.resolve("rounds"),
                "--steps=5",
                "--hidden=4",
                "--ensemble=1",
                "--threads=1",
                "--out=" + model);
        assertThat(trained.code()).as(trained.err()).isZero();

        Ran asked = run(
                "forecast",
                table.toString(),
                columns[0],
                columns[1],
                columns[2],
                "--model=" + model,
                "--out=" + folder.resolve("forecasts"));
        assertThat(asked.code()).as(asked.err()).isZero();
        Dataset<Row> forecasts = SparkCluster.session()
                .read()
                .parquet(folder.resolve("forecasts").toString());
        assertThat(forecasts.count()).isEqualTo(12);
        assertThat(forecasts.columns()).startsWith("series", "time", "step", "forecast", "lo_80");
    }
}
