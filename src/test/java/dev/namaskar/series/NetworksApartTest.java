package dev.namaskar.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Params;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forecaster's networks, each trained apart by a forecaster that was read from text: the fit is the same to the bit. */
class NetworksApartTest {
    private static List<Series> histories(int length) {
        Random random = new Random(3);
        List<Series> all = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            double[] values = new double[length - 5 * s];
            long[] times = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                times[i] = i + 1L;
                values[i] = 20 + 5 * (i % 6) + s + random.nextGaussian();
            }
            all.add(new Series(
                    "s" + s, new Frequency(Frequency.Unit.ROW, 1), times, values, new double[0][], new double[0][]));
        }
        return all;
    }

    private static NetworkForecaster forecaster(String optimizer) {
        ForecastSpec spec = ForecastSettings.of(4)
                .season(6)
                .context(12)
                .starts("6")
                .transform("log")
                .choose(histories(80), List.of(), List.of(), Fitting.of(RunSettings.NONE));
        RunSettings run = RunSettings.NONE
                .withOptimizer(OptimizerSpec.parse(optimizer))
                .withSteps(12)
                .withThreads(1)
                .withGemm(GemmChoice.named("java"));
        RunSettings all = optimizer.contains("plateau")
                ? run.withStop(new EarlyStop(null, 9, 4L)).withAverage(Averaging.parse("ema:0.9"))
                : run;
        return new NetworkForecaster(spec, Fitting.of(all).members(2)).otherwise("standard");
    }

    private static List<float[]> params(Forecaster.Fitted fitted) {
        return ((SeriesModel) fitted).members().stream().map(Params::values).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adam:lr=0.00123",
                "sgd:lr=0.01,schedule=plateau(0.5,1)",
                "momentum:schedule=linear-warmup(3)*cosine"
            })
    void aFitOfNetworksTrainedApartIsTheFit(String optimizer) throws IOException {
        NetworkForecaster forecaster = forecaster(optimizer);
        List<Series> first = histories(80);
        List<Series> later = histories(90);
        SeriesModel fitted = forecaster.fit(first);
        Forecaster.Fitted next = forecaster.next(fitted, later, true);

        NetworkForecaster far = NetworkForecaster.fromText(forecaster.text());
        List<Integer> asked = new ArrayList<>();
        int networks = far.networks(first, false);
        SeriesModel apart = forecaster
                .with(number -> {
                    asked.add(number);
                    return read(forecaster, first, number);
                })
                .fit(first);
        assertThat(asked).hasSize(networks).doesNotHaveDuplicates().allMatch(number -> number < networks);
        assertThat(far.networks(later, true)).isEqualTo(2);
        assertThat(networks).isGreaterThan(2);
        Forecaster.Fitted nextApart =
                forecaster.with(number -> read(forecaster, later, number)).next(apart, later, true);

        assertThat(params(apart)).usingRecursiveComparison().isEqualTo(params(fitted));
        assertThat(params(nextApart)).usingRecursiveComparison().isEqualTo(params(next));
        double[] levels = {0.8, 0.95};
        for (Series series : later) {
            Forecast one = next.forecast(series, 4, levels);
            Forecast other = nextApart.forecast(series, 4, levels);
            assertThat(other.lower()).isDeepEqualTo(one.lower());
            assertThat(other.point()).isEqualTo(one.point());
        }
    }

    private static float[] read(NetworkForecaster forecaster, List<Series> histories, int number) {
        try {
            return NetworkForecaster.fromText(forecaster.text()).network(histories, number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void howManyThereAreIsNotKnownWhereTimeDecides() {
        NetworkForecaster timed = forecaster("adam").fitting(how -> how.run(r -> r.withMinutes(1.0)));

        assertThat(timed.networks(histories(80), false)).isZero();
    }
}
