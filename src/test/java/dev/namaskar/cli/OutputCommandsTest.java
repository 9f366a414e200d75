package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What commands write: never what they read, never over somebody's work of another kind, again over their own. */
class OutputCommandsTest {
    private static final Path PEERS = Path.of("src/test/resources/peers");

    @TempDir
    static Path made;

    @TempDir
    Path dir;

    /** A command line in which names of files in the folder stand in braces; the last is what it writes. */
    private record Line(String words, String target) {
        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Line> lines() {
        String train = "train text {text} --hidden 3 --steps 2 --threads 1 --out {fresh}";
        String series = "train series {table} --horizon 2 --hidden 2 --steps 1 --threads 1 --out {fresh}";
        return Stream.of(
                new Line("train text {text} --hidden 3 --steps 2 --threads 1 --out {TARGET}", "model"),
                new Line(train + " --log {TARGET}", "log"),
                new Line(train + " --checkpoint-every 1 --log {log} --seq-len 4", "fresh.checkpoint"),
                new Line("train series {table} --horizon 2 --hidden 2 --steps 1 --threads 1 --out {TARGET}", "model"),
                new Line(series + " --log {TARGET}", "log"),
                new Line("import pytorch {state} --vocabulary {vocab} --out {TARGET}", "model"),
                new Line("import keras {keras} --out {TARGET}", "model"),
                new Line("import dl4j {dl4j} --out {TARGET}", "model"),
                new Line("export onnx {textmodel} --out {TARGET}", "onnx"),
                new Line("export onnx {seriesmodel} --forecaster --out {TARGET}", "onnx"),
                new Line("export pytorch {textmodel} --out {TARGET}", "statedict"),
                new Line("inspect {textmodel} --out {TARGET}", "weights.png"),
                new Line("inspect {textmodel} --text nam --out {TARGET}", "units.html"),
                new Line("forecast {table} --model {seriesmodel} --out {TARGET}", "forecasts"),
                new Line("forecast {table} --model {seriesmodel} --out {fresh.csv} --plot {TARGET}", "plot.png"),
                new Line("forecast {table} --model {seriesmodel} --out {fresh.csv} --plot {TARGET}", "plot.svg"),
                new Line(
                        "backtest {table} --horizon 2 --folds 2 --hidden 2 --steps 1 --threads 1 --forecasts {TARGET}",
                        "folds"),
                new Line(
                        "backtest {table} --horizon 2 --folds 2 --hidden 2 --steps 1 --threads 1 --plot {TARGET}",
                        "folds.png"));
    }

    @BeforeAll
    static void models() throws IOException {
        Files.writeString(made.resolve("text"), "namaskar ".repeat(60));
        Files.copy(Path.of("corpora/AirPassengers.csv"), made.resolve("table"));
        Files.copy(PEERS.resolve("pytorch/lstm-1.safetensors"), made.resolve("state"));
        Files.copy(PEERS.resolve("keras/mixed.keras"), made.resolve("keras"));
        Files.copy(PEERS.resolve("dl4j/lstm-1.zip"), made.resolve("dl4j"));
        Files.writeString(made.resolve("vocab"), "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]");
        run(made, "train text {text} --hidden 3 --steps 2 --threads 1 --out {textmodel}", "")
                .good();
        run(
                        made,
                        "train series {table} --horizon 2 --starts 1 --hidden 2 --steps 1 --threads 1 --out"
                                + " {seriesmodel}",
                        "")
                .good();
    }

    @BeforeEach
    void copies() throws IOException {
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.copy(file, dir.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void somebodysFileIsLeftAndTheirOwnReplaced(Line line) throws IOException {
        Path target = dir.resolve(line.target());
        run(dir, line.words(), line.target()).good();
        byte[] own = Files.readAllBytes(target);
        assertThat(own).isNotEmpty();
        run(dir, line.words(), line.target()).good();
        assertThat(target).isNotEmptyFile();

        Map<String, byte[]> foreign = foreign();
        for (Map.Entry<String, byte[]> kind : foreign.entrySet()) {
            Files.write(target, kind.getValue());
            Map<String, byte[]> before = contents();
            run(dir, line.words(), line.target()).failed(target.toString(), "exists and is not ");
            assertThat(contents()).as(kind.getKey()).containsExactlyInAnyOrderEntriesOf(before);
        }
        run(dir, line.words() + " --force", line.target()).good();
        assertThat(Files.readAllBytes(target)).isNotIn(foreign.values());
    }

    /** Files of others, some of the same format as ours. */
    private static Map<String, byte[]> foreign() throws IOException {
        Map<String, byte[]> foreign = new TreeMap<>();
        foreign.put("notes", "buy milk\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        foreign.put("table", Files.readAllBytes(made.resolve("table")));
        foreign.put("state dict by PyTorch", Files.readAllBytes(made.resolve("state")));
        foreign.put("zip", Files.readAllBytes(made.resolve("dl4j")));
        foreign.put("PNG", Files.readAllBytes(Path.of("src/site/markdown/pictures/passengers.png")));
        foreign.put("HTML", "<!DOCTYPE html><html></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        foreign.put("SVG", "<?xml version=\"1.0\"?>\n<svg/>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        foreign.put("JSON lines", "{\"step\":1}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        foreign.put("JSON", Files.readAllBytes(made.resolve("vocab")));
        return foreign;
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatIsReadIsNotWritten(Line line) throws IOException {
        if (!line.words().contains("{TARGET}")) {
            return; // its name follows from the model's
        }
        String ending = line.target().contains(".")
                ? line.target().substring(line.target().indexOf('.'))
                : "";
        for (String read : List.of("text", "table", "state", "vocab", "keras", "dl4j", "textmodel", "seriesmodel")) {
            if (!line.words().contains("{" + read + "}")) {
                continue;
            }
            Path link = Files.createLink(dir.resolve("link" + ending), dir.resolve(read));
            Map<String, byte[]> before = contents();
            run(dir, line.words() + " --force", "link" + ending).failed(link + " is what is read");
            assertThat(contents()).as(read).containsExactlyInAnyOrderEntriesOf(before);
            Files.delete(link);
        }
    }

    @Test
    void twoResultsNeedTwoFiles() {
        run(dir, "train text {text} --out {a} --log {a}", "").failed("the same one twice");
        run(dir, "train text {text} --out {a} --checkpoint-every 1 --log {a.checkpoint}", "")
                .failed("the same one twice");
        run(dir, "forecast {table} --model {seriesmodel} --out {a.png} --plot {a.png}", "")
                .failed("the same one twice");
        assertThat(dir.resolve("a")).doesNotExist();
    }

    @Test
    void aModelAndACheckpointDoNotTakeEachOthersPlace() throws IOException {
        String train = "train text {text} --hidden 3 --steps 2 --threads 1 --out ";
        run(dir, train + "{m} --checkpoint-every 1", "").good();
        run(dir, train + "{m.checkpoint}", "").failed("is not a model");
        Files.move(dir.resolve("m"), dir.resolve("other.checkpoint"));
        run(dir, train + "{other} --checkpoint-every 1", "").failed("is not a checkpoint");
    }

    @Test
    void aModelThatIsGoneOnWithIsProtectedFromTheLogAlone() {
        String train = "train text {text} --from {textmodel} --steps 1 --threads 1 ";
        run(dir, train + "--out {fresh} --force --log {textmodel}", "").failed("is what is read");
        run(dir, train + "--out {textmodel}", "").good();
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static Ran run(Path folder, String words, String target) {
        return Ran.of(Stream.of(words.split(" ", -1))
                .map(word -> word.startsWith("{")
                        ? folder.resolve(word.substring(1, word.length() - 1).replace("TARGET", target))
                        : word)
                .toArray());
    }
}
