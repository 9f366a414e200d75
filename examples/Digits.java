import dev.namaskar.labelling.ClassificationReport;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.*;
import dev.namaskar.plot.*;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.zip.GZIPInputStream;

/** Handwritten digits of 8 x 8 pixels by a feed-forward network, the first half of them learnt: Digits digits.csv.gz [FOLDER] */
public class Digits {
    static final int PIXELS = 64, HIDDEN = 256;

    public static void main(String[] args) throws Exception {
        if (args.length == 0) throw new IllegalArgumentException("expected digits.csv.gz, as scikit-learn brings it");
        double[][] rows = read(Path.of(args[0]));
        int half = rows.length / 2;
        Network network = NetworkSpec.values(PIXELS).dense(HIDDEN, Activation.RELU).dropout(0.5).dense(10).build();
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
            int best = i * 10;
            for (int k = best; k < i * 10 + 10; k++) best = y[k] > y[best] ? k : best;
            confusion[test.classes[i]][best % 10]++;
        }
        List<String> names = List.of("0 1 2 3 4 5 6 7 8 9".split(" "));
        System.out.printf("accuracy on the other half: %.3f%n", new ClassificationReport(names, confusion, 0).accuracy());
        Path folder = Path.of(args.length > 1 ? args[1] : "target");
        Files.write(folder.resolve("digits-weights.png"), Tiles.png(params.get("dense0.weight"), HIDDEN, 8, "What each unit looks for", Appearance.LIGHT));
        Files.write(folder.resolve("digits-confusion.png"), ConfusionMap.png(names, confusion, "Digits taken for others", Appearance.LIGHT));
    }

    /** Pixels from 0 to 16, made 0 to 1. */
    static void put(double[] row, int b, Batch into) {
        for (int i = 0; i < PIXELS; i++) into.values[b * PIXELS + i] = (float) row[i] / 16;
        into.classes[b] = (int) row[PIXELS];
    }

    static double[][] read(Path file) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file))))) {
            return lines.lines().map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
        }
    }
}
