package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.files.Json;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the optimizer holds, wherever it is said, or is refused: for texts, series and the benchmark. */
class OptimizerOptionsTest {
    private static final String PROSE = "to be, or not to be: that is the question. whether 'tis nobler\n".repeat(40);

    @TempDir
    Path dir;

    private Ran text(Object... more) throws IOException {
        Path corpus = Files.writeString(dir.resolve("prose.txt"), PROSE);
        return Ran.of(List.of("train", "text", corpus, "--out", dir.resolve("m"), "--hidden", 4, "--threads", 1), more);
    }

    private Ran series(Object... more) {
        return Ran.of(
                List.of(
                        "train",
                        "series",
                        "corpora/AirPassengers.csv",
                        "--horizon",
                        2,
                        "--context",
                        12,
                        "--hidden",
                        4,
                        "--starts",
                        12,
                        "--calibration",
                        0,
                        "--threads",
                        1,
                        "--out",
                        dir.resolve("m")),
                more);
    }

    private Ran train(String kind, Object... more) throws IOException {
        return kind.equals("text") ? text(more) : series(more);
    }

    /** The learning rate of every step, as the log has it. */
    private List<Double> rates(String kind, Object... more) throws IOException {
        Path log = dir.resolve("log.jsonl");
        Files.deleteIfExists(log);
        List<Object> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--log", log));
        if (!all.contains("--steps")) {
            all.addAll(List.of("--steps", 3));
        }
        train(kind, all.toArray()).good();
        List<Double> rates = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (Json.readObject("log", line).get("lr") instanceof Number rate) {
                rates.add(rate.doubleValue());
            }
        }
        return rates;
    }

    @ParameterizedTest
    @CsvSource({
        "text,adam:lr=1,1", "series,adam:lr=1,1", "text,adam,0.002", "series,adam,0.002", "text,adadelta,1",
        "series,adadelta,1", "text,sgd,0.001", "series,rmsprop,0.01", "text,ADAM,0.002", "series,momentum:lr=0.25,0.25",
    })
    void eachRunsWithTheRateThatWasGivenOrItsOwn(String kind, String optimizer, double rate) throws IOException {
        assertThat(rates(kind, "--optimizer", optimizer, "--schedule", "constant"))
                .containsExactly(rate, rate, rate);
    }

    @Test
    void aListOfWordsIsLearntFasterByAdamAlone() throws IOException {
        Object[] words = {"--read", "words", "--schedule", "constant"};
        assertThat(rates("text", words)).containsOnly(0.01);
        assertThat(rates("text", "--read", "words", "--schedule", "constant", "--optimizer", "sgd"))
                .containsOnly(0.001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "series"})
    void scheduleAndClippingWithinTheOptimizerHold(String kind) throws IOException {
        assertThat(rates(kind, "--optimizer", "adam:lr=1,schedule=step(1,0.5)")).containsExactly(1.0, 0.5, 0.25);
        assertThat(rates(kind, "--optimizer", "sgd:lr=1", "--schedule", "step(1,0.5)"))
                .containsExactly(1.0, 0.5, 0.25);
        byte[] tight = model(kind, "--optimizer", "sgd:lr=1,clip=0.001");
        assertThat(tight).isEqualTo(model(kind, "--optimizer", "sgd:lr=1", "--clip", 0.001));
        assertThat(tight).isNotEqualTo(model(kind, "--optimizer", "sgd:lr=1"));
    }

    private byte[] model(String kind, Object... more) throws IOException {
        List<Object> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--steps", 3));
        train(kind, all.toArray()).good();
        return Files.readAllBytes(dir.resolve("m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adam:lr=1 | --lr | 0.1 | expected one lr, found 0.1 beside the optimizer \"adam:lr=1\"",
                "adam:clip=1 | --clip | 5 | expected one clip, found 5 beside the optimizer \"adam:clip=1\"",
                "adam:schedule=constant | --schedule | cosine | expected one schedule, found cosine beside",
                "adam:lr=nan | --seed | 1 | expected a number for \"lr\"",
                "adam:lr=NaN | --seed | 1 | expected a finite number for \"lr\"",
                "adam:clip=Infinity | --seed | 1 | expected a finite number for \"clip\"",
                "adam:clip=-1 | --seed | 1 | expected clip to be 0 or more",
                "adam:lr=1,lr=2 | --seed | 1 | found lr twice",
                "adam:rate=1 | --seed | 1 | no setting \"rate\"",
                "adm | --seed | 1 | no optimizer \"adm\"; there are adam, ",
                "adam | --schedule | cosin | no schedule \"cosin\"; there are cosine, ",
            })
    void whatContradictsItselfOrCannotHoldIsWrongUsage(String optimizer, String flag, String value, String message)
            throws IOException {
        for (String kind : List.of("text", "series")) {
            train(kind, "--optimizer", optimizer, flag, value).wrongUsage(message);
        }
        assertThat(dir.resolve("m")).doesNotExist();
    }

    @Test
    void twoPlacesMaySayTheSame() throws IOException {
        assertThat(model("text", "--optimizer", "adam:lr=0.5,clip=5", "--lr", 0.5, "--clip", "5.0"))
                .isEqualTo(model("text", "--lr", 0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "text,ema:0.5",
        "text,polyak:0.5",
        "text,nt-asgd:1",
        "series,ema:0.5",
        "series,polyak:0.5",
        "series,nt-asgd:1"
    })
    void theMeanOfTheWeightsIsStoredAndAStoppedRunEndsWithTheSameBits(String kind, String rule) throws IOException {
        List<Object> settings =
                List.of("--average", rule, "--schedule", "constant", "--validate-every", 2, "--lr", 0.1);
        String plain = weights(kind, settings.subList(2, settings.size()), "--steps", 12);
        String whole = weights(kind, settings, "--steps", 12);
        if (!rule.startsWith("nt")) { // which may keep what was best before it began to average
            assertThat(whole).isNotEqualTo(plain);
        }
        Files.deleteIfExists(dir.resolve("m.checkpoint"));
        if (rule.startsWith("polyak")) { // a shorter run would begin to average sooner
            return;
        }
        weights(kind, settings, "--steps", 8, "--checkpoint-every", 3); // ends where it validates
        assertThat(weights(kind, settings, "--steps", 12, "--resume")).isEqualTo(whole);
        List<Object> other = new ArrayList<>(settings);
        other.set(1, "ema:0.25");
        Ran refused = train(
                kind,
                Stream.concat(other.stream(), Stream.of("--steps", 14, "--resume"))
                        .toArray());
        refused.failed("average ema:0.25, the checkpoint has " + rule);
    }

    private String weights(String kind, List<Object> settings, Object... more) throws IOException {
        train(kind, Stream.concat(settings.stream(), Stream.of(more)).toArray()).good();
        try (Safetensors file = Safetensors.open(dir.resolve("m"))) {
            StringBuilder all = new StringBuilder();
            for (Tensor tensor : file.tensors().values()) {
                all.append(tensor.name())
                        .append(Arrays.hashCode(file.floats(tensor)))
                        .append(' ');
            }
            return all.toString();
        }
    }

    @Test
    void averagingThatCannotBeIsWrongUsage() throws IOException {
        for (String kind : List.of("text", "series")) {
            train(kind, "--average", "mean").wrongUsage("--average: expected averaging by ema:0.999");
            train(kind, "--average", "ema:1").wrongUsage("--average: expected a decay above 0 and below 1");
        }
        series("--average", "nt-asgd", "--val-fraction", 0).wrongUsage("--val-fraction", "--average nt-asgd");
    }

    @Test
    void theBenchmarkTakesAnOptimizerToo() {
        Object[] small = {
            "bench",
            "train",
            "--hidden",
            2,
            "--vocab",
            3,
            "--batch",
            1,
            "--seq-len",
            2,
            "--threads",
            1,
            "--seconds",
            0.01
        };
        Ran.of(List.of(small), "--optimizer", "adadelta").good();
        Ran.of(List.of(small), "--optimizer", "adam:lr=nan").wrongUsage("--optimizer: expected a number");
        Ran.of(List.of(small), "--optimizer", "adam:schedule=step(3)").wrongUsage("expected one schedule");
    }
}
