package dev.namaskar.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.namaskar.cli.Main;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Predictions;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesFile;
import dev.namaskar.series.SeriesFileTest;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.series.calendar.Calendar;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.transform.Transform;
import dev.namaskar.series.transform.Transforms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime on a whole forecaster against the forecaster itself. */
class OnnxForecasterTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
    private static final int LENGTH = 96;

    static Stream<Arguments> forecasters() {
        Stream.Builder<Arguments> all = Stream.builder();
        for (Transform transform : Transforms.all()) {
            for (int[] skips : new int[][] {{}, {1}, {12}, {6, 12, 24}}) {
                all.add(Arguments.of(spec(transform.name(), 1, skips, "gru", 1, List.of(), List.of(), List.of()), 1));
            }
        }
        for (String cell : List.of("rnn", "gru", "lstm")) {
            for (int layers = 1; layers <= 3; layers++) {
                all.add(Arguments.of(
                        spec("standard", layers, new int[] {12, 24}, cell, 4, List.of(), List.of(), List.of()), 2));
            }
        }
        // Without recurrent layers: a mix of starts, and a linear map of the context in one patch.
        for (int patch : new int[] {4, 12}) {
            all.add(Arguments.of(
                    spec("level", 0, new int[] {12, 24}, "gru", patch, List.of(), List.of("o"), List.of()), 1));
        }
        List<Calendar> calendar = List.of(Calendar.MONTH, Calendar.YEARDAY);
        for (int patch : new int[] {1, 4}) {
            int[] skips = {12};
            all.add(Arguments.of(spec("level", 1, skips, "lstm", patch, List.of("k"), List.of(), List.of()), 1));
            all.add(Arguments.of(spec("level", 1, skips, "gru", patch, List.of(), List.of("o"), List.of()), 1));
            all.add(Arguments.of(spec("none", 1, skips, "rnn", patch, List.of(), List.of(), calendar), 1));
            all.add(Arguments.of(
                    spec("logreturn", 2, skips, "gru", patch, List.of("k", "l"), List.of("o", "p"), calendar), 3));
        }
        return all.build();
    }

    private static ForecastSpec spec(
            String transform,
            int layers,
            int[] skips,
            String cell,
            int patch,
            List<String> known,
            List<String> observed,
            List<Calendar> calendar) {
        return ForecastSpec.of(5)
                .context(12)
                .patch(patch)
                .season(12)
                .lags(skips)
                .transform(transform)
                .levels(0.5, 0.8, 0.95)
                .recurrent(cell, 6, layers, 0)
                .columns(known, observed, calendar);
    }

    /** A monthly series that stays positive, with two columns known ahead and two observed. */
    private static Series series(ForecastSpec spec, int seed) {
        Random random = new Random(seed);
        double level = 100 * (seed + 1);
        double[] values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = level * (1.2 + 0.01 * i + 0.3 * Math.sin(i * Math.PI / 6) + 0.05 * random.nextGaussian());
        }
        Frequency frequency = Frequency.parse("month");
        int reach = LENGTH + spec.horizon();
        long[] times = new long[reach];
        times[0] = LocalDateTime.of(2001, 3, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
        for (int i = 1; i < reach; i++) {
            times[i] = frequency.plus(times[0], i);
        }
        return Series.copyOf(
                "s" + seed,
                frequency,
                times,
                values,
                columns(spec.known().size(), reach, random),
                columns(spec.observed().size(), LENGTH, random));
    }

    private static double[][] columns(int count, int length, Random random) {
        double[][] columns = new double[count][];
        Arrays.setAll(columns, i -> random.doubles(length, -10, 30).toArray());
        return columns;
    }

    private static SeriesFile.Stored trained(ForecastSpec spec, int members) {
        Fitting fitting = Fitting.of(8, 3).batch(8).members(members).threads(1);
        List<Series> histories = List.of(series(spec, 1), series(spec, 2));
        return new SeriesFile.Stored(
                new NetworkForecaster(spec, fitting).fit(histories),
                TableFormat.AUTO,
                histories.get(0).frequency());
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void forecastsWhatTheForecasterForecasts(ForecastSpec spec, int members) throws OrtException {
        SeriesFile.Stored stored = trained(spec, members);
        byte[] graph = OnnxForecaster.toBytes(stored);
        OnnxModelTest.assertClean(graph);
        for (int batch : new int[] {1, 3}) {
            List<Series> histories = new ArrayList<>();
            for (int b = 0; b < batch; b++) {
                histories.add(series(spec, 3 + b));
            }
            Map<String, double[]> outputs = run(graph, spec, histories);
            for (int b = 0; b < batch; b++) {
                compare(stored.model(), histories.get(b), outputs, b);
            }
        }
    }

    private static void compare(SeriesModel model, Series history, Map<String, double[]> outputs, int row) {
        ForecastSpec spec = model.spec();
        int horizon = spec.horizon();
        int levels = spec.levels().length;
        Forecast ours = model.forecast(history, horizon, spec.levels());
        double tolerance = 1e-5 * history.value(LENGTH - 1);
        for (int h = 0; h < horizon; h++) {
            assertThat(outputs.get("forecast")[row * horizon + h]).isCloseTo(ours.point()[h], within(tolerance));
            for (int l = 0; l < levels; l++) {
                int at = (row * levels + l) * horizon + h;
                assertThat(outputs.get("lower")[at]).isCloseTo(ours.lower()[l][h], within(tolerance));
                assertThat(outputs.get("upper")[at]).isCloseTo(ours.upper()[l][h], within(tolerance));
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.api.Assertions.within(tolerance);
    }

    /** Feeds the graph as its documentation says, from nothing but the series and the specification's public sizes. */
    private static Map<String, double[]> run(byte[] graph, ForecastSpec spec, List<Series> histories)
            throws OrtException {
        int batch = histories.size();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        double[] history = new double[batch * LENGTH];
        double[] known = new double[batch * spec.known().size() * (spec.context() + spec.horizon())];
        double[] observed = new double[batch * spec.observed().size() * spec.context()];
        float[] calendar = new float[batch * spec.steps() * 2 * spec.calendar().size()];
        int k = 0;
        int o = 0;
        int c = 0;
        for (int b = 0; b < batch; b++) {
            Series series = histories.get(b);
            System.arraycopy(series.values(), 0, history, b * LENGTH, LENGTH);
            int from = LENGTH - spec.context();
            for (int column = 0; column < spec.known().size(); column++) {
                for (int i = from; i < LENGTH + spec.horizon(); i++) {
                    known[k++] = series.known(column, i);
                }
            }
            for (int column = 0; column < spec.observed().size(); column++) {
                for (int i = from; i < LENGTH; i++) {
                    observed[o++] = series.observed(column, i);
                }
            }
            for (int t = 0; t < spec.steps(); t++) {
                LocalDateTime time = LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(series.time(from + t * spec.patch())), ZoneOffset.UTC);
                for (Calendar feature : spec.calendar()) {
                    double phase = feature == Calendar.MONTH
                            ? (time.getMonthValue() - 1) / 12.0
                            : (time.getDayOfYear() - 1.0) / time.toLocalDate().lengthOfYear();
                    calendar[c++] = (float) Math.sin(2 * Math.PI * phase);
                    calendar[c++] = (float) Math.cos(2 * Math.PI * phase);
                }
            }
        }
        inputs.put("history", doubles(history, batch, LENGTH));
        if (known.length > 0) {
            inputs.put("known", doubles(known, batch, spec.known().size(), spec.context() + spec.horizon()));
        }
        if (observed.length > 0) {
            inputs.put("observed", doubles(observed, batch, spec.observed().size(), spec.context()));
        }
        if (calendar.length > 0) {
            inputs.put("calendar", OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(calendar), new long[] {
                batch, spec.steps(), 2L * spec.calendar().size()
            }));
        }
        Map<String, double[]> outputs = new LinkedHashMap<>();
        try (OrtSession session = RUNTIME.createSession(graph);
                OrtSession.Result result = session.run(inputs)) {
            for (var entry : result) {
                DoubleBuffer buffer = ((OnnxTensor) entry.getValue()).getDoubleBuffer();
                double[] values = new double[buffer.remaining()];
                buffer.get(values);
                outputs.put(entry.getKey(), values);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    private static OnnxTensor doubles(double[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(RUNTIME, DoubleBuffer.wrap(values), shape);
    }

    @Test
    void theCommandWritesItAndRefusesWhatIsNoForecaster(@TempDir Path folder) throws Exception {
        Path model = folder.resolve("m");
        SeriesFile.write(model, SeriesFileTest.stored(2));
        Path onnx = folder.resolve("m.onnx");
        StringWriter err = new StringWriter();
        assertThat(export(err, model, onnx, "--forecaster")).as(err.toString()).isZero();
        assertThat(Files.readAllBytes(onnx)).isEqualTo(OnnxForecaster.toBytes(SeriesFile.read(model)));
        assertThat(export(err, model, onnx, "--forecaster", "--member", "1")).isEqualTo(2);
        Path text = folder.resolve("t");
        ModelFile.write(
                text,
                Predictions.random(
                        dev.namaskar.net.NetworkSpec.tokens(3)
                                .recurrent("gru", 2)
                                .dense(3),
                        1));
        assertThat(export(err, text, onnx, "--forecaster")).isEqualTo(1);
        assertThat(err.toString()).contains("expected a model of series");
    }

    @Test
    void whatOnnxCannotSayIsRefusedWithTheReason() throws Exception {
        Table table = SeriesFileTest.table();
        ForecastSpec spec = ForecastSpec.of(4).context(12).season(12).recurrent("gru", 3, 1, 0);
        Fitting fitting = Fitting.of(2, 3).batch(4).members(1).threads(1).calibration(0, null);
        for (ForecastSpec one : List.of(spec.methods(List.of("theta", "ets")), spec.missing(true))) {
            SeriesModel model = new NetworkForecaster(one, fitting).fit(table.series());
            SeriesFile.Stored stored = new SeriesFile.Stored(model, TableFormat.AUTO, table.frequency());
            assertThatThrownBy(() -> OnnxForecaster.toBytes(stored))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(one.missing() ? "reads missing values" : "starts from what theta, ets say")
                    .hasMessageContaining("export the network alone");
        }
    }

    private static int export(StringWriter err, Path model, Path out, String... more) {
        List<String> args = new ArrayList<>(List.of("export", "onnx", model.toString(), "--out", out.toString()));
        args.addAll(List.of(more));
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args.toArray(String[]::new));
    }
}
