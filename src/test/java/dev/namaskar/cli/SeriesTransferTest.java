package dev.namaskar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.params.Params;
import dev.namaskar.series.SeriesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train series --from --freeze}: a trained forecaster goes on with another table. */
class SeriesTransferTest {
    @TempDir
    Path dir;

    private Path table = Path.of("");
    private Path first = Path.of("");

    @BeforeEach
    void trainTheFirstModel() throws IOException {
        StringBuilder csv = new StringBuilder("time,load,price\n");
        for (int i = 0; i < 120; i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d-%02d,%.3f,%d%n",
                    2000 + i / 12,
                    1 + i % 12,
                    50 + 0.2 * i + 9 * Math.cos(i * Math.PI / 6),
                    i % 7));
        }
        table = Files.writeString(dir.resolve("load.csv"), csv);
        first = dir.resolve("first");
        Ran.of(
                        "train",
                        "series",
                        "corpora/AirPassengers.csv",
                        "--horizon",
                        6,
                        "--context",
                        24,
                        "--starts",
                        12,
                        "--transform",
                        "standard",
                        "--hidden",
                        7,
                        "--ensemble",
                        2,
                        "--steps",
                        6,
                        "--threads",
                        1,
                        "--out",
                        first)
                .good();
    }

    private Ran go(Path out, Object... more) {
        return Ran.of(
                List.of("train", "series", table, "--target", "load", "--from", first, "--out", out, "--threads", 1),
                more);
    }

    private static List<Params> members(Path file) throws IOException {
        return SeriesFile.read(file).model().members();
    }

    @Test
    void aRunBeginsWithTheTrainedNetworks() throws IOException {
        Path second = dir.resolve("second");
        Ran ran = go(second, "--steps", 1, "--lr", 1e-12, "--ensemble", 3).good();
        assertThat(ran.err()).contains("going on with " + first);
        List<Params> before = members(first);
        List<Params> after = members(second);
        for (int m = 0; m < 3; m++) {
            assertThat(after.get(m).values()).containsExactly(before.get(m % 2).values(), offset());
        }
        assertThat(SeriesFile.read(second).model().spec())
                .hasToString(SeriesFile.read(first).model().spec().toString());
        Ran.of("forecast", table, "--model", second).good();

        go(first, "--steps", 20).good();
        assertThat(members(first).get(0).values()).isNotEqualTo(before.get(0).values());
    }

    private static org.assertj.core.data.Offset<Float> offset() {
        return org.assertj.core.data.Offset.offset(1e-6f);
    }

    @Test
    void frozenSlotsKeepEveryBit() throws IOException {
        Path second = dir.resolve("second");
        go(second, "--steps", 10, "--freeze", "rnn.*", "--optimizer", "adam:freeze=head.bias")
                .good();
        Params before = members(first).get(0);
        Params after = members(second).get(0);
        for (String name : List.of("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "head.bias")) {
            assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
        }
        assertThat(after.get("head.weight")).isNotEqualTo(before.get("head.weight"));
        go(dir.resolve("third"), "--freeze", "lstm.*").failed("\"lstm.*\"", "rnn.weight_hh_l0");
        assertThat(dir.resolve("third")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--horizon, 12, 6",
        "--context, 12, 24",
        "--patch, 2, 1",
        "--starts, 6, [12]",
        "--transform, level, standard",
        "--levels, 50, '80,95'",
        "--calendar, month, []",
        "--cell, lstm, gru",
        "--hidden, 8, 7",
        "--layers, 2, 1",
        "--known, price, 0 columns",
    })
    void optionsThatContradictTheModelAreWrongUsage(String flag, String value, String expected) {
        go(dir.resolve("second"), flag, value).wrongUsage(flag + ": expected " + expected);
    }

    @Test
    void whatTheNetworksDoNotDependOnMayChange() throws IOException {
        Path second = dir.resolve("second");
        Object[] same = {"--horizon", 6, "--context", 24, "--cell", "gru", "--seasons", "12", "--levels", "80,95"};
        Object[] other = {"--season", 6, "--loss", "smape", "--dropout", 0.2, "--steps", 2};
        go(second, Stream.concat(Stream.of(same), Stream.of(other)).toArray()).good();
        assertThat(SeriesFile.read(second).model().spec().toString())
                .contains("season=6", "objective=smape", "dropout=0.2", "hidden=7");
    }

    @Test
    void withoutAModelTheHorizonIsToBeSaid() {
        Ran.of("train", "series", table, "--out", dir.resolve("m")).wrongUsage("--horizon: expected a number of steps");
        Ran.of("backtest", table).wrongUsage("--horizon: expected a number of steps");
    }

    @Test
    void aRunIsResumedWithWhatItFroze() throws IOException {
        Path second = dir.resolve("second");
        Object[] settings = {"--freeze", "rnn.bias*", "--validate-every", 5, "--steps", 10, "--checkpoint-every", 5};
        go(second, settings).good();
        byte[] whole = Files.readAllBytes(second);
        go(second, Stream.concat(Stream.of(settings), Stream.of("--resume")).toArray())
                .good();
        assertThat(second).hasBinaryContent(whole);
        go(second, "--freeze", "rnn.weight*", "--resume").failed("resume with the data and the settings");
    }
}
