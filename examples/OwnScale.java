import dev.namaskar.series.Backtest;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Table;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import dev.namaskar.series.transform.Statistics;
import dev.namaskar.series.transform.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A scale of one's own in a back-test: {@code z = (y - median) / median |y - median|}, which no outlier moves. It is found
 * by its name because {@code META-INF/services/dev.namaskar.series.transform.Transform}, beside this file, names its class.
 */
public class OwnScale {
    /** Shift and scale are written once, for numbers and for graphs of ONNX alike. */
    public static class MedianScale implements Transform {
        @Override
        public String name() {
            return "median";
        }

        @Override
        public <V> V shift(Statistics<V> window) {
            return window.median(window.values());
        }

        @Override
        public <V> V scale(Statistics<V> window) {
            return window.median(window.absolute(window.minus(window.values(), shift(window))));
        }
    }

    public static void main(String[] args) throws IOException {
        Table passengers = TableReader.read(Path.of("corpora/AirPassengers.csv"), TableFormat.AUTO);
        Backtest backtest = new Backtest(12, 3, 12, false, new double[] {0.8, 0.95}, 12);
        for (String transform : List.of("median", "standard")) {
            ForecastSpec spec =
                    ForecastSpec.of(12).context(36).season(12).lags(12).transform(transform);
            List<Forecaster> forecasters = new ArrayList<>(List.of(new NetworkForecaster(spec, Fitting.of(200, 1))));
            forecasters.addAll(LocalForecaster.baselines(12));
            BacktestReport report = backtest.run(passengers, forecasters, fold -> {});
            double mase = report.scores(NetworkForecaster.NAME).get("mase");
            System.out.printf(
                    "%-8s MASE %.3f, %s%n", transform, mase, report.verdict().sentence());
        }
    }
}
