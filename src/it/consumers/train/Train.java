import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.series.Series;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.Table;
import dev.namaskar.text.CharacterModel;
import java.nio.file.Path;

/** Learns a word and a table with whatever library multiplies here, predicts how they go on, and stores the first. */
public class Train {
    public static void main(String[] args) throws Exception {
        CharacterModel model = CharacterModel.training()
                .cell("gru")
                .hidden(64)
                .steps(200)
                .learningRate(1e-2)
                .threads(1)
                .on("namaskar");
        model.write(Path.of(args[0]));
        System.out.println(GemmLibrary.best());
        System.out.println(model.next("namaska", 1).get(0).symbol());

        double[] tides = new double[120];
        for (int t = 0; t < tides.length; t++) {
            tides[t] = 10 + Math.sin(2 * Math.PI * t / 12);
        }
        Table table = Table.of(Series.of("tides", tides));
        SeriesModel forecaster = SeriesModel.training()
                .horizon(6)
                .season(12)
                .steps(20)
                .threads(1)
                .on(table);
        System.out.printf("%.0f%n", forecaster.forecast(table).get(0).point()[2]);
    }
}
