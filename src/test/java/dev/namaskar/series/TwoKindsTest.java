package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.namaskar.exchange.onnx.OnnxForecaster;
import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.SafetensorsWriter;
import dev.namaskar.params.Params;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forecasters of two kinds, whose forecasts are averaged. */
class TwoKindsTest {
    private static final double[] LEVELS = {0.8, 0.95};
    private static final int HORIZON = 7;

    @TempDir
    Path folder;

    /** Weeks whose pattern is each series' own, and the last series too short for the second kind. */
    private static List<Series> histories() {
        Random random = new Random(8);
        List<Series> all = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            double[] pattern = random.doubles(7, 5, 15).toArray();
            double[] values = new double[s == 3 ? 20 : 90 + 7 * s];
            Arrays.setAll(values, t -> pattern[t % 7] + 0.5 * random.nextGaussian());
            all.add(Series.of("s" + s, values));
        }
        return all;
    }

    private static ForecastSpec first() {
        return ForecastSpec.of(HORIZON)
                .season(7)
                .context(14, 7)
                .lags(new int[0])
                .methods(List.of("theta", "seasonal_naive", "combined"))
                .transform("level")
                .recurrent("gru", 4, 1, 0);
    }

    private static ForecastSpec second() {
        return ForecastSpec.of(HORIZON)
                .season(7)
                .patch(7)
                .context(28)
                .lags(7, 14)
                .transform("level")
                .recurrent("gru", 5, 1, 0);
    }

    private static ForecastSpec linear() {
        return ForecastSpec.of(HORIZON)
                .season(7)
                .patch(21)
                .context(21)
                .lags(7)
                .transform("level")
                .recurrent("gru", 1, 0, 0);
    }

    private static List<ForecastSpec> seconds() {
        return List.of(second(), linear());
    }

    private static Fitting fitting() {
        return Fitting.of(6, 3).batch(4).threads(1).members(2);
    }

    private static SeriesModel fit(ForecastSpec spec) {
        return new NetworkForecaster(spec, fitting()).fit(histories());
    }

    /** Neither kind changes the other's training, so that each alone says what the mean is made of. */
    @ParameterizedTest
    @MethodSource("seconds")
    void aForecastIsTheMeanOfBothKinds(ForecastSpec second) {
        Forecaster.Fitted both = fit(first().beside(second)).base();
        Forecaster.Fitted one = fit(first()).base();
        Forecaster.Fitted other = fit(second).base();
        for (Series series : histories().subList(0, 3)) {
            Forecast mean = both.forecast(series, HORIZON, LEVELS);
            Forecast a = one.forecast(series, HORIZON, LEVELS);
            Forecast b = other.forecast(series, HORIZON, LEVELS);
            for (int h = 0; h < HORIZON; h++) {
                assertThat(mean.point()[h]).isEqualTo((a.point()[h] + b.point()[h]) / 2);
                assertThat(mean.lower()[1][h]).isEqualTo((a.lower()[1][h] + b.lower()[1][h]) / 2);
                assertThat(mean.upper()[0][h]).isEqualTo((a.upper()[0][h] + b.upper()[0][h]) / 2);
            }
            assertThat(a.point()).isNotEqualTo(b.point());
        }
        Series shorter = histories().get(3);
        assertThat(both.forecast(shorter, HORIZON, LEVELS).point())
                .isEqualTo(one.forecast(shorter, HORIZON, LEVELS).point());
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void whereNoHistoryIsLongEnoughForTheSecondKindTheFirstIsTaken(ForecastSpec second) {
        List<Series> few = List.of(histories().get(3), histories().get(3).upTo(19));

        SeriesModel model = new NetworkForecaster(first().beside(second), fitting()).fit(few);

        assertThat(model.spec()).isEqualTo(first());
        assertThat(model.beside()).isNull();
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void aFileKeepsBothKinds(ForecastSpec second) throws IOException {
        SeriesModel model = fit(first().beside(second));
        Path file = folder.resolve("m");
        model.write(file);
        SeriesModel read = SeriesModel.read(file);

        assertThat(read.spec()).isEqualTo(model.spec());
        for (Series series : histories()) {
            assertThat(read.forecast(series, HORIZON, LEVELS).lower())
                    .isDeepEqualTo(model.forecast(series, HORIZON, LEVELS).lower());
        }
        Path half = folder.resolve("half");
        try (Safetensors open = Safetensors.open(file)) {
            SafetensorsWriter writer = ModelFile.writer(ModelFile.readMember(open, 0));
            for (int m = 1; m < model.members().size(); m++) {
                ModelFile.add(writer, ModelFile.memberPrefix(m), model.members().get(m));
            }
            writer.write(half);
        }
        assertThatThrownBy(() -> SeriesModel.read(half))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("beside0.");
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void networksTrainedApartAreTheSame(ForecastSpec second) throws IOException {
        List<Series> histories = histories();
        NetworkForecaster forecaster = new NetworkForecaster(first().beside(second), fitting());
        NetworkForecaster far = NetworkForecaster.fromText(forecaster.text());
        List<Integer> asked = new ArrayList<>();
        SeriesModel apart = forecaster
                .with(number -> {
                    asked.add(number);
                    return far.network(histories, number);
                })
                .fit(histories);

        assertThat(asked).hasSize(far.networks(histories, false)).doesNotHaveDuplicates();
        assertSame(apart, forecaster.fit(histories));
    }

    /** A linear map is fitted at once and comes to the same whatever the seed: there is one, however many networks there are. */
    @Test
    void ofALinearMapThereIsOne() {
        List<Series> histories = histories();
        NetworkForecaster forecaster = new NetworkForecaster(
                first().beside(linear()), fitting().members(null).run(r -> RunSettings.NONE.withSeed(3)));
        int networks = forecaster.networks(histories, false);
        List<Integer> none = new ArrayList<>();
        SeriesModel apart = forecaster
                .with(number -> {
                    float[] values = forecaster.network(histories, number);
                    if (values == null) {
                        none.add(number);
                    }
                    return values;
                })
                .fit(histories);

        assertThat(apart.members()).hasSize(2 * 3);
        assertThat(apart.beside().members()).hasSize(1);
        assertThat(none).isEmpty();
        assertThat(IntStream.range(0, networks).filter(n -> forecaster.network(histories, n) == null))
                .containsExactly(3, 5);
        assertSame(apart, forecaster.fit(histories));
    }

    private static void assertSame(SeriesModel one, SeriesModel other) {
        assertThat(values(one)).usingRecursiveComparison().isEqualTo(values(other));
        for (Series series : histories()) {
            assertThat(one.forecast(series, HORIZON, LEVELS).upper())
                    .isDeepEqualTo(other.forecast(series, HORIZON, LEVELS).upper());
        }
    }

    private static List<float[]> values(SeriesModel model) {
        SeriesModel other = model.beside();
        List<Params> all = new ArrayList<>(model.members());
        all.addAll(other == null ? List.of() : other.members());
        return all.stream().map(Params::values).toList();
    }

    /** Killed in a network of the first kind or of the second, a run goes on from the checkpoints to the same bits. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 13, 20, 31, 35})
    void aRunThatWasKilledGoesOn(int killed) {
        Table table = Table.of(histories().get(1));
        SeriesModel whole = training(0, false).on(table, first().beside(second()));
        assertThatThrownBy(() -> training(killed, false).on(table, first().beside(second())))
                .hasMessage("killed");

        assertSame(training(0, true).on(table, first().beside(second())), whole);
    }

    private SeriesTraining training(int killed, boolean resume) {
        TrainingListener kill = new TrainingListener() {
            private int steps;

            @Override
            public void onStep(Progress progress) {
                if (++steps == killed) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        Path file = folder.resolve(killed == 0 && !resume ? "whole" : "checkpoint");
        return SeriesTraining.of(ForecastSettings.of(HORIZON), fitting().listen(kill))
                .checkpoints(new Checkpoints(file, 2, resume));
    }

    @Test
    void bothKindsAreGoneOnWith() {
        SeriesModel model = fit(first().beside(second()));

        SeriesModel further = new NetworkForecaster(
                        ForecastSettings.of(HORIZON).over(model.spec(), List.of(), List.of()),
                        fitting().run(r -> r.withSteps(1)).from(model))
                .fit(histories());

        assertThat(further.spec()).isEqualTo(model.spec());
        List<float[]> before = values(model);
        List<float[]> after = values(further);
        List<float[]> fresh =
                values(new NetworkForecaster(model.spec(), fitting().run(r -> r.withSteps(1))).fit(histories()));
        for (int i : new int[] {0, before.size() - 1}) {
            assertThat(distance(after.get(i), before.get(i))).isLessThan(distance(after.get(i), fresh.get(i)));
        }
    }

    /** What was learned of another table is kept: a linear map that is gone on with is not fitted anew. */
    @Test
    void aLinearMapIsGoneOnWith() {
        SeriesModel model = fit(linear());
        List<Series> others = histories().subList(0, 1);

        SeriesModel further = new NetworkForecaster(linear(), fitting().from(model)).fit(others);

        float[] kept = model.members().get(0).get("head.weight");
        assertThat(further.members().get(0).get("head.weight")).isEqualTo(kept);
        assertThat(new NetworkForecaster(linear(), fitting())
                        .fit(others)
                        .members()
                        .get(0)
                        .get("head.weight"))
                .isNotEqualTo(kept);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void anExplanationAddsUpToTheForecast() {
        SeriesModel model = fit(first().beside(second()));
        Series series = histories().get(2);
        Explanation why = model.explain(series);
        double[] said = model.base().forecast(series, HORIZON, LEVELS).point();

        assertThat(why.starts())
                .extracting(Explanation.Start::name)
                .containsExactly("theta", "seasonal_naive", "combined", "7", "14");
        ExplanationTest.assertAddsUp(why, said);

        SeriesModel besideLinear = fit(first().beside(linear()));
        Explanation linear = besideLinear.explain(series);
        assertThat(linear.inputs()).extracting(Explanation.Input::name).containsExactly("past values");
        assertThat(linear.inputs().get(0).size()).isPositive();
        ExplanationTest.assertAddsUp(
                linear, besideLinear.base().forecast(series, HORIZON, LEVELS).point());
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        assertThatThrownBy(() -> first().beside(second().season(4)))
                .hasMessageContaining("forecaster of the same steps");
        assertThatThrownBy(() -> first().beside(second().missing(true))).hasMessageContaining("same columns");
        assertThatThrownBy(() -> first().beside(second().beside(second()))).hasMessageContaining("beside=");
        SeriesModel model = fit(second().beside(second().patch(1)));
        SeriesFile.Stored stored = new SeriesFile.Stored(
                model, model.source().format(), model.source().frequency());
        assertThatThrownBy(() -> OnnxForecaster.write(folder.resolve("m.onnx"), stored))
                .hasMessageContaining("two kinds");
        assertThat(folder.resolve("m.onnx")).doesNotExist();
    }

    @Test
    void seasonsAreReadWhereTheEvidenceIsForIt() {
        Random random = new Random(5);
        List<Series> all = new ArrayList<>();
        for (int s = 0; s < 12; s++) {
            double[] pattern = random.doubles(7, 5, 15).toArray();
            double[] values = new double[280];
            for (int t = 0; t < values.length; t++) {
                // Every fourth week is a feast, which local methods do not know of.
                values[t] = pattern[t % 7] * (t / 7 % 4 == 0 ? 2 : 1) * (1 + 0.05 * random.nextGaussian());
            }
            all.add(Series.of("s" + s, values));
        }
        List<String> notes = new ArrayList<>();

        Fitting brief = Fitting.of(100, 1).threads(1).notes(notes::add);
        ForecastSpec any = ForecastSettings.of(7).season(7).choose(all, List.of(), List.of(), brief);
        ForecastSpec reading = second().context(112).lags(7, 14, 21, 28).recurrent("gru", 64, 1, 0);
        ForecastSpec network = Evidence.best(List.of(first(), reading), all, brief, true);

        assertThat(notes).anyMatch(note -> note.contains("network level in steps of 7 from 7+14+21+28"));
        assertThat(network.kinds()).contains(reading);
        // A feast that comes back is a linear matter, which needs no training to be seen.
        assertThat(any.kinds()).anyMatch(kind -> kind.isLinear() && kind.context() == 112);
    }
}
