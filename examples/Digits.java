import dev.namaskar.labelling.ClassificationReport;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.*;
import dev.namaskar.plot.*;
import dev.namaskar.train.*;
import java.io.*;
import java.nio.file.*;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Handwritten digits of 8 x 8 pixels told apart by a feed-forward network, the first half of them learnt: Digits digits.csv.gz */
public class Digits {
    static final int PIXELS = 64, HIDDEN = 128;

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.out.println("expected digits.csv.gz, 1797 lines of 64 pixels from 0 to 16 and the digit: scikit-learn has it in sklearn/datasets/data");
            return;
        }
        float[][] rows = read(Path.of(args[0]));
        int half = rows.length / 2;
        Network network = NetworkSpec.values(PIXELS).dropout(0.2).dense(HIDDEN, Activation.RELU).dropout(0.5).dense(10).build();
        Params params = network.initialize(1);
        BatchSource source = BatchSource.of(BatchShape.oneClass(BatchShape.Sequence.values(1, PIXELS)), 32, (number, into) -> {
            SplitMix64 random = new SplitMix64(SplitMix64.mix(number));
            for (int b = 0; b < 32; b++) put(rows[random.nextInt(half)], b, into);
        });
        try (Trainer trainer = Trainer.of(network, params, Optimizers.adam(0.002), source, SoftmaxCrossEntropy::new, 1)) {
            while (trainer.steps() < 3000) trainer.step();
        }
        Batch test = new Batch(source.shape(), rows.length - half);
        for (int i = half; i < rows.length; i++) put(rows[i], i - half, test);
        float[] y = network.predictor(params).predict(test.sequences(), network.zeroState(test.rows())).values();
        int[][] confusion = new int[10][10];
        for (int i = 0; i < test.rows(); i++) {
            int best = 0;
            for (int k = 1; k < 10; k++) if (y[i * 10 + k] > y[i * 10 + best]) best = k;
            confusion[test.classes[i]][best]++;
        }
        List<String> names = List.of("0 1 2 3 4 5 6 7 8 9".split(" "));
        System.out.printf("accuracy on the other half: %.3f%n", new ClassificationReport(names, confusion, 0).accuracy());
        Path folder = Path.of(args.length > 1 ? args[1] : ".");
        Files.write(folder.resolve("digits-weights.png"), Tiles.png(params.get("dense0.weight"), HIDDEN, 8, "What each unit looks for", Appearance.LIGHT));
        Files.write(folder.resolve("digits-confusion.png"), ConfusionMap.png(names, confusion, "Digits that were taken for others", Appearance.LIGHT));
    }

    static void put(float[] row, int b, Batch into) {
        System.arraycopy(row, 0, into.values, b * PIXELS, PIXELS);
        into.classes[b] = (int) row[PIXELS];
    }

    /** Pixels from 0 to 1, and the digit. */
    static float[][] read(Path file) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file))))) {
            return lines.lines().map(line -> {
                String[] cells = line.split(",");
                float[] row = new float[PIXELS + 1];
                for (int i = 0; i <= PIXELS; i++) row[i] = Float.parseFloat(cells[i]) / (i < PIXELS ? 16 : 1);
                return row;
            }).toArray(float[][]::new);
        }
    }
}
