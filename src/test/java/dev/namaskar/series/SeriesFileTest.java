package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.cli.Main;
import dev.namaskar.exchange.onnx.OnnxModelTest;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Predictions;
import dev.namaskar.files.Safetensors;
import dev.namaskar.net.Sequences;
import dev.namaskar.params.Params;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class SeriesFileTest {
    @TempDir
    Path folder;

    static String csv() {
        StringBuilder csv = new StringBuilder("time,value\n");
        for (int i = 0; i < 72; i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d-%02d,%.3f%n",
                    2015 + i / 12,
                    1 + i % 12,
                    10 + i * 0.1 + 3 * Math.sin(i * Math.PI / 6)));
        }
        return csv.toString();
    }

    public static Table table() throws IOException {
        return TableReader.read(
                new StringReader(csv()),
                "t",
                TableFormat.AUTO.time("time", "auto").targets(List.of("value")));
    }

    /** A forecaster of so many networks, hardly trained. */
    public static SeriesFile.Stored stored(int members) throws IOException {
        return stored(members, "level");
    }

    public static SeriesFile.Stored stored(int members, String transform) throws IOException {
        Table table = table();
        ForecastSpec spec = ForecastSpec.of(4)
                .context(12)
                .season(12)
                .lags(12)
                .transform(transform)
                .recurrent("gru", 5, 2, 0);
        Fitting fitting = Fitting.of(5, 3).batch(8).members(members).threads(1);
        return new SeriesFile.Stored(
                new NetworkForecaster(spec, fitting).fit(table.series()),
                TableFormat.AUTO.time("time", "auto").targets(List.of("value")),
                table.frequency());
    }

    @Test
    void aForecasterComesBack() throws IOException {
        SeriesFile.Stored stored = stored(3);
        Path file = folder.resolve("m");
        SeriesFile.write(file, stored);
        Forecast before = stored.model().forecast(table().series().get(0), 4, new double[] {0.8});
        Forecast after = SeriesFile.read(file).model().forecast(table().series().get(0), 4, new double[] {0.8});
        assertThat(after.point()).containsExactly(before.point());
        assertThat(after.lower()[0]).containsExactly(before.lower()[0]);
        Params third;
        try (Safetensors opened = Safetensors.open(file)) {
            assertThat(ModelFile.members(opened)).isEqualTo(3);
            third = ModelFile.readMember(opened, 2).params();
        }
        assertThat(third.values()).isEqualTo(stored.model().members().get(2).values());
    }

    @Test
    void itsNetworksGoOutOneByOne() throws Exception {
        SeriesFile.Stored stored = stored(2);
        Path file = folder.resolve("m");
        SeriesFile.write(file, stored);
        StringWriter err = new StringWriter();
        String onnx = folder.resolve("m.onnx").toString();
        assertThat(run(err, "export", "onnx", file.toString(), "--out", onnx)).isEqualTo(1);
        assertThat(err.toString()).contains("an ensemble of 2 networks").contains("--member 1 to 2");
        assertThat(run(err, "export", "onnx", file.toString(), "--out", onnx, "--member", "2"))
                .isZero();
        assertThat(run(err, "export", "pytorch", file.toString(), "--out", onnx + ".st", "--member", "1"))
                .isZero();
        assertThat(run(err, "export", "pytorch", file.toString(), "--out", onnx + ".st", "--member", "3"))
                .isEqualTo(1);
        Model second =
                new Model(stored.model().network(), stored.model().members().get(1));
        Sequences x = Predictions.randomInput(second.spec(), 12, 3, new Random(4));
        float[] ours = Predictions.predict(second, x, second.network().zeroState(3));
        assertThat(Predictions.distance(
                        ours, Predictions.doubles(OnnxModelTest.output(Files.readAllBytes(Path.of(onnx)), second, x))))
                .isLessThan(1e-5);
    }

    @Test
    void anotherKindOfModelIsRefused() throws IOException {
        Path file = folder.resolve("m");
        ModelFile.write(file, Predictions.random(stored(1).model().network().spec(), 1));
        assertThatThrownBy(() -> SeriesFile.read(file)).hasMessageContaining("expected a model of series");
    }

    private static int run(StringWriter err, String... args) {
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    }
}
