import dev.namaskar.plot.Appearance;
import dev.namaskar.plot.SeriesChart;
import dev.namaskar.series.Backtest;
import dev.namaskar.series.Fitting;
import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.Forecaster;
import dev.namaskar.series.NetworkForecaster;
import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.baseline.LocalForecaster;
import dev.namaskar.series.evaluate.BacktestReport;
import dev.namaskar.series.evaluate.Outcome;
import dev.namaskar.series.table.TableFormat;
import dev.namaskar.series.table.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Can a network forecast stock indices? Log returns of DAX, SMI, CAC and FTSE, scaled inside each window alone; the next
 * day and the next twenty, scored at rolling origins against saying that tomorrow will be as today.
 */
public class Stocks {
    private static final double[] LEVELS = {0.8, 0.95};

    public static void main(String[] args) throws IOException {
        Table closes = TableReader.read(Path.of("corpora/EuStockMarkets.csv"), TableFormat.AUTO);
        Series dax = closes.series("DAX");
        report(closes, new Backtest(1, 40, 5, false, LEVELS, 1), dax);
        report(closes, new Backtest(20, 15, 20, false, LEVELS, 1), dax);
    }

    private static void report(Table closes, Backtest backtest, Series drawn) throws IOException {
        ForecastSpec spec = ForecastSpec.of(backtest.horizon())
                .context(20)
                .transform("logreturn")
                .recurrent("gru", 32, 1, 0);
        List<Forecaster> forecasters = new ArrayList<>();
        forecasters.add(new NetworkForecaster(spec, Fitting.of(200, 1)));
        forecasters.addAll(LocalForecaster.baselines(backtest.season()));
        BacktestReport report = backtest.run(closes, forecasters, fold -> {});

        System.out.println("horizon " + backtest.horizon() + ", " + backtest.folds() + " origins");
        for (String model : report.models()) {
            var scores = report.scores(model);
            System.out.printf(
                    "%-16s MASE %6.3f  coverage of 80 %%: %4.1f %%, of 95 %%: %4.1f %%%n",
                    model, scores.get("mase"), 100 * scores.get("coverage_80"), 100 * scores.get("coverage_95"));
        }
        System.out.println("verdict: " + report.verdict().sentence());
        List<Outcome> folds = report.outcomes(NetworkForecaster.NAME, drawn.id());
        Path picture = Path.of("target", "stocks-" + backtest.horizon() + ".png");
        byte[] bytes = SeriesChart.folds(drawn, folds, 600, "close (points)", Appearance.LIGHT)
                .bytes(picture.toString());
        Files.createDirectories(picture.getParent());
        Files.write(picture, bytes);
        System.out.println("picture: " + picture + System.lineSeparator());
    }
}
