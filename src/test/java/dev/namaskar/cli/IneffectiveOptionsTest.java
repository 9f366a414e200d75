package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An option that is given holds or is refused; none is taken and ignored. */
class IneffectiveOptionsTest {
    private static final String PROSE = "to be, or not to be: that is the question. whether 'tis nobler\n".repeat(40);

    @TempDir
    static Path dir;

    @BeforeAll
    static void models() throws IOException {
        Path prose = Files.writeString(dir.resolve("prose.txt"), PROSE);
        Ran.of("train", "text", prose, "--out", dir.resolve("text"), "--hidden", 3, "--steps", 2, "--threads", 1)
                .good();
        Ran.of(
                        "train",
                        "series",
                        "corpora/AirPassengers.csv",
                        "--horizon",
                        2,
                        "--context",
                        12,
                        "--hidden",
                        3,
                        "--steps",
                        2,
                        "--calibration",
                        0,
                        "--threads",
                        1,
                        "--out",
                        dir.resolve("series"))
                .good();
    }

    private static Ran run(String line) {
        return Ran.of(Arrays.stream(line.split(" ", -1))
                .map(word -> word.replace("TEXT", dir.resolve("text").toString())
                        .replace("SERIES", dir.resolve("series").toString())
                        .replace("PROSE", dir.resolve("prose.txt").toString())
                        .replace("OUT", dir.resolve("out").toString()))
                .toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train text PROSE --out OUT --forget-bias 1 | --forget-bias: has no effect with --cell rnn",
                "train text PROSE --out OUT --cell gru --forget-bias 1 | --forget-bias: has no effect with --cell gru",
                "train text PROSE --out OUT --cell gru --order 2 | --order: expected order 1 for gru",
                "train text PROSE --out OUT --cell sru --dropout-state 0.2 | --dropout-state: expected none for sru",
                "train text PROSE --out OUT --dropout-between 0.2 | --dropout-between: expected two recurrent layers",
                "train text PROSE --out OUT --dropout-input 0.2 | --dropout-input: expected an embedding",
                "train text PROSE --out OUT --cell mingru --drop-connect 0.2 | --drop-connect: expected 0 where there"
                        + " are no recurrent weights, found 0.2",
                "generate --model TEXT --temperature 0 --top-k 3 | --top-k: has no effect with --temperature 0",
                "generate --model TEXT --temperature 0 --top-p 0.5 | --top-p: has no effect with --temperature 0",
                "evaluate text PROSE --model TEXT --val-fraction 0.2 | --val-fraction: has no effect without --split"
                        + " val",
                "inspect TEXT --units h_l0 | --units: has no effect without --text",
                "inspect TEXT --unknown skip | --unknown: expected none without --text, found skip",
                "inspect TEXT --theme dark | --theme: has no effect without a picture",
                "inspect TEXT --out OUT.html --theme dark | --theme: has no effect without a picture",
                "forecast corpora/AirPassengers.csv --model SERIES --series x | --series: has no effect without --plot",
                "forecast corpora/AirPassengers.csv --model SERIES --unit people | --unit: has no effect without"
                        + " --plot",
                "backtest corpora/AirPassengers.csv --horizon 2 --theme dark | --theme: has no effect without --plot",
                "train series corpora/AirPassengers.csv --horizon 2 --out OUT --dropout 0.2 | --dropout: has no effect",
                "train series corpora/AirPassengers.csv --horizon 2 --out OUT --layers 1 --dropout 0.2 | one recurrent"
                        + " layer",
                "train series corpora/AirPassengers.csv --horizon 2 --out OUT --layers 0 --hidden 8 | --hidden: has no"
                        + " effect",
                "train series corpora/AirPassengers.csv --horizon 2 --out OUT --layers 0 --cell gru | --cell: has no"
                        + " effect",
                "train series corpora/AirPassengers.csv --horizon 2 --out OUT --calibration 0 --calibration-networks 2"
                        + " | --calibration-networks: has no effect with --calibration 0",
                "train series corpora/AirPassengers.csv --horizon 2 --out OUT --val-fraction 0 --schedule plateau"
                        + " | --val-fraction: expected a number > 0",
            })
    void whatWouldChangeNothingIsWrongUsage(String line, String message) {
        run(line).wrongUsage(message.strip());
        assertThat(dir.resolve("out")).doesNotExist();
        assertThat(dir.resolve("out.html")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train text PROSE --out TEXT2 --cell lstm --forget-bias 1 --hidden 3 --steps 1 --threads 1",
                "train text PROSE --out TEXT2 --cell rnn --forget-bias 0 --hidden 3 --steps 1 --threads 1",
                "generate --model TEXT --temperature 0 --seed 3 --length 2",
                "generate --model TEXT --temperature 1 --top-k 3 --top-p 0.9 --length 2 --seed 1",
                "evaluate text PROSE --model TEXT --split val --val-fraction 0.2",
                "train series corpora/AirPassengers.csv --horizon 2 --context 12 --hidden 3 --layers 2 --dropout 0.2"
                        + " --steps 1 --calibration 0 --threads 1 --out SERIES2",
            })
    void neighboursThatHaveAnEffectGoThrough(String line) {
        run(line).good();
    }

    /** A schedule that goes by validation losses gets them, where nobody says how often. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "train text PROSE --out TEXT3",
                "train series corpora/AirPassengers.csv --horizon 2 --context 12 --calibration 0 --out SERIES3"
            })
    void aPlateauIsMeasured(String start) throws IOException {
        Path log = dir.resolve("log.jsonl");
        Files.deleteIfExists(log);
        run(start + " --hidden 3 --threads 1 --steps 60 --lr 1e-9 --schedule plateau(0.5,0,0.5) --log " + log)
                .good();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines.stream().filter(line -> line.contains("validation_loss")))
                .hasSizeGreaterThan(3);
        List<Double> rates = lines.stream()
                .filter(line -> line.contains("\"lr\""))
                .map(line -> {
                    try {
                        return (Double) Json.readObject("log", line).get("lr");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        assertThat(rates.get(0)).isEqualTo(1e-9);
        assertThat(rates.get(rates.size() - 1))
                .as("lowered, as nothing gets better")
                .isLessThan(0.3e-9);
    }
}
