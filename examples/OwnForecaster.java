import dev.namaskar.series.Backtest;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A forecaster and a measure of one's own in a back-test: last year plus last year's growth, and its worst month. */
public class OwnForecaster {
    record LastYearAndItsGrowth() implements Forecaster {
        @Override
        public String name() {
            return "growth";
        }

        @Override
        public int shortest() {
            return 24;
        }

        @Override
        public Fitted fit(List<Series> histories) {
            return (history, horizon, levels) -> {
                int n = history.length();
                long[] times = new long[horizon];
                Arrays.setAll(times, h -> history.time(n + h));
                double[] point = new double[horizon];
                Arrays.setAll(point, h -> 2 * history.value(n - 12 + h) - history.value(n - 24 + h));
                double[][] ends = new double[levels.length][horizon];
                Arrays.fill(ends, point); // no intervals of its own: both ends are the forecast
                return new Forecast(history.id(), history.frequency(), times, point, levels, ends, ends);
            };
        }
    }

    /** The largest relative error of the twelve. */
    static final Metric WORST_MONTH = new Metric("worst_month", outcome -> {
        double worst = 0;
        for (int h = 0; h < outcome.actual().length; h++) {
            worst = Math.max(worst, Math.abs(1 - outcome.forecast().point()[h] / outcome.actual()[h]));
        }
        return worst;
    });

    public static void main(String[] args) throws Exception {
        Table table = Table.read(Path.of("corpora/AirPassengers.csv"));
        BacktestReport report = Backtest.of(12).folds(5).run(table, new LastYearAndItsGrowth());
        for (String model : report.models()) {
            System.out.printf(
                    "%-15s MASE %.3f, worst month %.0f %%%n",
                    model, report.scores(model).get("mase"), 100 * report.score(model, WORST_MONTH));
        }
        System.out.println(report.verdict());
    }
}
