package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trained forecaster is asked beside its forecasts: strange values, reasons, paths and sums. */
class AnomaliesCommandTest {
    @TempDir
    static Path folder;

    private static Path table;
    private static Path model;

    private static Ran run(Object... args) {
        return Ran.of(Stream.of(args)
                .flatMap(arg ->
                        arg instanceof String words ? Stream.of(words.strip().split(" +", -1)) : Stream.of(arg))
                .toArray());
    }

    /** Three shops of two kinds; on the hundredth day one sells ten times as much. */
    private static List<String> sales(int days) {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("day,shop,kind,sales"));
        for (int d = 0; d < days; d++) {
            for (String shop : List.of("north", "south", "west")) {
                double value = 50 + 20 * Math.sin(2 * Math.PI * d / 7) + random.nextGaussian();
                lines.add(LocalDate.of(2024, 1, 1).plusDays(d) + "," + shop + ","
                        + (shop.equals("west") ? "toys" : "food") + ","
                        + (d == 99 && shop.equals("south") ? 10 * value : value));
            }
        }
        return lines;
    }

    /** With one shop that opened a few days ago. */
    private static List<String> brief() {
        List<String> lines = new ArrayList<>(sales(140));
        IntStream.range(15, 20).forEach(day -> lines.add("2024-05-" + day + ",east,food,5"));
        return lines;
    }

    @BeforeAll
    static void train() throws IOException {
        table = Files.write(folder.resolve("sales.csv"), sales(140));
        model = folder.resolve("m.safetensors");
        run(
                        "train series",
                        table,
                        "--group shop --target sales --static kind --holidays DE-BY --calendar weekday --horizon 5"
                                + " --starts 7 --transform level --steps 150 --hidden 8 --threads 1 --series-vectors"
                                + " --out",
                        model)
                .good();
    }

    @Test
    void strangeValuesAreNamedWrittenAndDrawn() throws IOException {
        Path csv = folder.resolve("scores.csv");
        Path picture = folder.resolve("south.png");
        Map<String, Object> found = run(
                        "anomalies", table, "--model", model, "--out", csv, "--plot", picture, "--series south --json")
                .good()
                .json();
        assertThat(found).containsEntry("series", 3L).containsEntry("step", 1L);
        assertThat(found.get("anomalies").toString()).contains("series=south", "time=2024-04-09");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0))
                .isEqualTo("series,time,step,actual,forecast,lo_95,hi_95,score,p_value,q_value,anomaly");
        assertThat(lines).anyMatch(line -> line.startsWith("south,2024-04-09,1,") && line.endsWith(",1"));
        assertThat(lines.stream().filter(line -> line.endsWith(",1"))).hasSizeLessThan(4);
        assertThat((long) lines.size() - 1).isEqualTo(found.get("scored"));
        assertThat(picture).isNotEmptyFile();
        assertThat(run("anomalies", table, "--model", model).good().out())
                .contains("values were not expected", "south 2024-04-09");
        run("anomalies", table, "--model", model, "--rate 1.5").wrongUsage("--rate");
        run("anomalies", table, "--model", model, "--step 6").failed("--step");
    }

    @Test
    void forecastsAreExplained() throws IOException {
        Path csv = folder.resolve("next.csv");
        Path picture = folder.resolve("next.png");
        String words = run("forecast", table, "--model", model, "--explain --out", csv, "--plot", picture)
                .good()
                .out();
        assertThat(words).contains("starts from the value 7 steps back", "kind changes", "weekday changes");
        assertThat(words).contains("holidays of DE-BY changes", "the series itself changes");
        assertThat(csv).isNotEmptyFile();
        assertThat(picture).isNotEmptyFile();
        Map<String, Object> json = run("forecast", table, "--model", model, "--explain --json")
                .good()
                .json();
        assertThat(json.get("forecasts").toString()).contains("lo_80", "weight=", "changed_by", "added_by_networks");
    }

    @Test
    void pathsAndSumsHaveFilesOfTheirOwn() throws IOException {
        Path paths = folder.resolve("paths.csv");
        Path sums = folder.resolve("sums.csv");
        Path all = folder.resolve("all.csv");
        String to = "--out " + folder.resolve("f.csv");
        run("forecast", table, "--model", model, to, "--paths 40 --paths-out", paths, "--sums", sums, "--sum-by kind")
                .good();
        List<String> lines = Files.readAllLines(paths);
        assertThat(lines.get(0)).isEqualTo("series,path,time,step,value");
        assertThat(lines).hasSize(1 + 3 * 40 * 5);
        List<String> summed = Files.readAllLines(sums);
        assertThat(summed.get(0)).isEqualTo("series,time,step,forecast,lo_80,hi_80,lo_95,hi_95");
        assertThat(summed).hasSize(1 + 2 * 5);
        assertThat(summed.get(1)).startsWith("kind=food,2024-05-20,1,");
        run("forecast", table, "--model", model, to, "--sums", all).good();
        assertThat(Files.readAllLines(all)).hasSize(1 + 5).last().asString().startsWith("all,2024-05-24,5,");
        List<String> begun = new ArrayList<>(sales(140));
        begun.add("2024-05-19,east,food,");
        Path opened = Files.write(folder.resolve("opened.csv"), begun);
        Ran beside =
                run("forecast", opened, "--model", model, to, "--sums", all).good();
        assertThat(beside.err()).contains("paths and sums are without series that have no values yet: east");
        assertThat(run("anomalies", Files.write(folder.resolve("b.csv"), brief()), "--model", model)
                        .good()
                        .err())
                .contains("1 series not forecast, for the model needs");
        run("forecast", table, "--model", model, "--paths 40").wrongUsage("--paths-out");
        run("forecast", table, "--model", model, to, "--sums", folder.resolve("x.csv"), "--sum-by size")
                .failed("size");
        run("forecast", table, "--model", model, to, "--paths-out", table).failed("is what is read");
    }

    @Test
    void whatIsNoRegionOrNoStaticColumnIsRefused() {
        Path out = folder.resolve("n.safetensors");
        String train = "--group shop --target sales --horizon 5 --steps 3 --threads 1 --out";
        run("train series", table, train, out, "--holidays XX").wrongUsage("no holidays of \"XX\"");
        run("train series", table, train, out, "--static shape").failed("no column \"shape\"");
        assertThat(out).doesNotExist();
    }
}
