import dev.namaskar.series.Backtest;
import dev.namaskar.series.Forecast;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import java.nio.file.Path;

/** Forecasts a table with every setting chosen from its histories, as the command does, and says whether that is any good. */
public class Passengers {
    public static void main(String[] args) throws Exception {
        Table table = Table.read(Path.of("corpora/AirPassengers.csv"));
        SeriesModel model = SeriesModel.train(table, 12);
        for (Forecast forecast : model.forecast(table)) {
            System.out.println(forecast);
        }
        System.out.println(Backtest.of(12).folds(5).run(table).verdict());
        model.write(Path.of("target/passengers.safetensors"));
        System.out.println(SeriesModel.read(Path.of("target/passengers.safetensors"))
                .forecast(table)
                .size());
    }
}
