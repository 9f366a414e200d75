package dev.namaskar.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.spark.SparkCluster;
import dev.namaskar.train.NotANumberException;
import dev.namaskar.train.run.Progress;
import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Back-tests whose forecasts two executor processes make. */
@Tag("spark")
@ExtendWith(SparkCluster.class)
class BacktestOnSparkTest {
    @TempDir
    private Path folder;

    /** Series of several lengths, one of which is scored in no fold and one of which begins late. */
    private Table table() throws IOException {
        Random random = new Random(2);
        StringBuilder csv = new StringBuilder("step,name,load");
        for (int s = 0; s < 9; s++) {
            int from = s == 3 ? 70 : 7 * s;
            int to = s == 5 ? 60 : 96;
            for (int i = from; i < to; i++) {
                csv.append('\n').append(i).append(",s").append(s).append(',');
                csv.append(40 + 3 * (i % 6) + s + random.nextGaussian());
            }
        }
        return Table.read(Files.writeString(folder.resolve("table.csv"), csv));
    }

    private static SeriesTraining training() {
        return SeriesModel.training()
                .horizon(4)
                .season(6)
                .steps(20)
                .members(2)
                .threads(1)
                .forecaster(s -> s.starts("6").transform("standard").context(12))
                .run(r -> r.withGemm(GemmChoice.named("java")));
    }

    /** Every number of a report, in its order. */
    private static List<String> numbers(BacktestReport report) {
        List<String> all = new ArrayList<>(report.models());
        for (BacktestReport.Result result : report.results()) {
            Forecast forecast = result.outcome().forecast();
            all.add(result.fold() + " " + result.model() + " " + forecast.series() + " " + forecast.frequency()
                    + Arrays.toString(forecast.times()) + Arrays.toString(forecast.point())
                    + Arrays.toString(forecast.levels()) + Arrays.deepToString(forecast.lower())
                    + Arrays.deepToString(forecast.upper())
                    + Arrays.toString(result.outcome().actual())
                    + result.outcome().scale());
        }
        all.add(report.toString());
        all.add(report.verdict().sentence());
        return all;
    }

    /** The last value, by somebody of whom a cluster knows nothing. */
    private record Last() implements Forecaster, Forecaster.Fitted {
        @Override
        public String name() {
            return "last";
        }

        @Override
        public int shortest() {
            return 1;
        }

        @Override
        public Fitted fit(List<Series> histories) {
            return this;
        }

        @Override
        public Forecast forecast(Series history, int horizon, double[] levels) {
            double[] point = new double[horizon];
            Arrays.fill(point, history.value(history.length() - 1));
            double[][] ends = new double[levels.length][horizon];
            long[] times = new long[horizon];
            Arrays.setAll(times, h -> history.time(history.length() + h));
            return new Forecast(history.id(), history.frequency(), times, point, levels, ends, ends);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theReportIsThatOfOneMachineToTheBit(boolean refit) throws IOException {
        Table table = table();
        Backtest backtest = Backtest.of(4).folds(3).refit(refit);
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        BacktestReport one = backtest.run(table, training(), List.of(new Last()), here::add);
        AtomicInteger steps = new AtomicInteger();
        TrainingListener counter = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                steps.incrementAndGet();
            }
        };
        BacktestReport many = SparkBacktest.run(
                SparkCluster.session(), backtest, table, training().listen(counter), List.of(new Last()), there::add);

        assertThat(numbers(many)).isEqualTo(numbers(one));
        assertThat(there).isEqualTo(here);
        assertThat(one.scored()).hasSizeBetween(5, 8);
        assertThat(steps).as("taken by the driver").hasValue(0);
    }

    @Test
    void aTrainingThatFailsSaysWhatItSaysOnOneMachineAndTheSessionGoesOn() throws IOException {
        Table table = table();
        Backtest backtest = Backtest.of(4).folds(2);
        SeriesTraining failing = training().run(r -> r.withOptimizer(OptimizerSpec.parse("sgd:lr=1e38,clip=0")));
        Throwable here = catchThrowable(() -> backtest.run(table, failing, List.of(), fold -> {}));

        assertThat(here).isInstanceOf(NotANumberException.class);
        assertThatThrownBy(() ->
                        SparkBacktest.run(SparkCluster.session(), backtest, table, failing, List.of(), fold -> {}))
                .isInstanceOf(NotANumberException.class)
                .hasMessage(here.getMessage());
        assertThat(SparkCluster.session().range(5).count()).isEqualTo(5);
    }

    @Test
    void aTableThatIsTooShortIsRefusedInTheSameWords() throws IOException {
        Table table = table();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparkBacktest.run(
                        SparkCluster.session(),
                        Backtest.of(4).folds(40).stride(4),
                        table,
                        training(),
                        List.of(),
                        fold -> {}))
                .withMessageContaining("40 folds of horizon 4");
    }
}
