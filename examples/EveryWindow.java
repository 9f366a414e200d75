import dev.namaskar.series.Forecast;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A forecaster at every window of a stretch of rows, as benchmarks of long horizons count: squared and absolute errors
 * of values that are scaled by mean and deviation of the rows that it was trained on. EveryWindow MODEL TABLE TRAINED FROM
 * TO, rows of the table all; without arguments a small one of airline passengers.
 */
public class EveryWindow {
    private static final int TOGETHER = 200;

    public static void main(String[] args) throws Exception {
        boolean own = args.length == 5;
        Table table = Table.read(Path.of(own ? args[1] : "corpora/AirPassengers.csv"));
        int trained = own ? Integer.parseInt(args[2]) : 108;
        SeriesModel model = own ? SeriesModel.read(Path.of(args[0])) : passengers(table, trained);
        int from = own ? Integer.parseInt(args[3]) : trained;
        int to = own ? Integer.parseInt(args[4]) : 144;
        int horizon = model.spec().horizon();
        double squares = 0;
        double sizes = 0;
        long count = 0;
        for (Series series : table.series()) {
            double[] seen = series.upTo(trained).raw();
            double mean = IntStream.range(0, trained)
                    .mapToDouble(i -> seen[i])
                    .average()
                    .orElse(0);
            double deviation = Math.sqrt(IntStream.range(0, trained)
                    .mapToDouble(i -> (seen[i] - mean) * (seen[i] - mean))
                    .average()
                    .orElse(1));
            for (int first = from; first + horizon <= to; first += TOGETHER) {
                int[] origins = IntStream.rangeClosed(first, Math.min(first + TOGETHER - 1, to - horizon))
                        .toArray();
                List<Series> same = Collections.nCopies(origins.length, series);
                List<Forecast> forecasts = model.forecastAt(same, origins, horizon, new double[] {0.95});
                for (int i = 0; i < origins.length; i++) {
                    for (int h = 0; h < horizon; h++) {
                        double off = (forecasts.get(i).point()[h] - series.value(origins[i] + h)) / deviation;
                        squares += off * off;
                        sizes += Math.abs(off);
                        count++;
                    }
                }
            }
        }
        System.out.printf(
                "horizon %d, rows %d to %d, %d errors: MSE %.4f, MAE %.4f%n",
                horizon, from, to, count, squares / count, sizes / count);
    }

    private static SeriesModel passengers(Table table, int trained) {
        List<Series> past = table.series().stream().map(s -> s.upTo(trained)).toList();
        Table before = new Table(past, table.frequency(), true, true, List.of(), List.of(), List.of());
        return SeriesModel.training()
                .horizon(12)
                .forecaster(f -> f.starts("12", "theta").transform("level"))
                .run(run -> run.withSteps(100))
                .on(before);
    }
}
