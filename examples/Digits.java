import dev.namaskar.labelling.ClassificationReport;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.optim.OptimizerSpec;
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
    static final int HALF = 898, SIDE = 8, PIXELS = SIDE * SIDE, HIDDEN = 256, STEPS = 6000;
    public static void main(String[] args) throws Exception {
        if (args.length == 0) throw new IllegalArgumentException("expected digits.csv.gz, as scikit-learn brings it");
        String table = new String(new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(Path.of(args[0])))).readAllBytes());
        double[][] rows = table.lines().map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
        Network network = NetworkSpec.values(PIXELS).dense(HIDDEN, Activation.RELU).dropout(0.3).dense(HIDDEN, Activation.RELU).dropout(0.3).dense(10).build();
        Params params = network.initialize(1);
        BatchSource source = BatchSource.of(BatchShape.oneClass(BatchShape.Sequence.values(1, PIXELS)), 32, (number, into) -> {
            SplitMix64 random = new SplitMix64(SplitMix64.mix(number + 1));
            for (int b = 0; b < 32; b++) put(rows[random.nextInt(HALF)], b, into, random);
        });
        try (Trainer trainer = Trainer.of(network, params, OptimizerSpec.parse("adam:lr=0.002,schedule=cosine").build(STEPS), source, SoftmaxCrossEntropy::new, 1)) {
            while (trainer.steps() < STEPS) trainer.step();
        }
        Batch test = new Batch(source.shape(), rows.length - HALF);
        for (int i = HALF; i < rows.length; i++) put(rows[i], i - HALF, test, null);
        float[] y = network.predictor(params).predict(test.sequences(), network.zeroState(test.rows())).values();
        int[][] confusion = new int[10][10];
        for (int i = 0, best = 0; i < test.rows(); i++, best = i * 10) {
            for (int k = best; k < i * 10 + 10; k++) best = y[k] > y[best] ? k : best;
            confusion[test.classes[i]][best % 10]++;
        }
        List<String> names = List.of("0 1 2 3 4 5 6 7 8 9".split(" "));
        System.out.printf("accuracy on the other half: %.3f%n", new ClassificationReport(names, confusion, 0).accuracy());
        Path folder = Path.of(args.length > 1 ? args[1] : "target");
        Files.write(folder.resolve("digits-weights.png"), Tiles.png(params.get("dense0.weight"), HIDDEN, SIDE, "What each unit looks for", Appearance.LIGHT));
        Files.write(folder.resolve("digits-confusion.png"), ConfusionMap.png(names, confusion, "Digits taken for others", Appearance.LIGHT));
    }

    /** Pixels made 0 to 1; with random numbers turned, stretched, slanted and moved a little, as other hands write, each pixel out of four. */
    static void put(double[] row, int b, Batch into, SplitMix64 random) {
        double[] u = new double[5];
        for (int i = 0; i < 5 && random != null; i++) u[i] = 2 * random.nextDouble() - 1;
        double turn = 0.3 * u[0], size = 1 + 0.15 * u[1], slant = 0.2 * u[2], middle = (SIDE - 1) / 2.0;
        for (int i = 0; i < PIXELS; i++) {
            double x = i % SIDE - middle, y = i / SIDE - middle, sum = 0;
            double fromX = Math.cos(turn) / size * x + (slant - Math.sin(turn)) * y + 0.6 * u[3] + middle, fromY = Math.sin(turn) * x + Math.cos(turn) / size * y + 0.6 * u[4] + middle;
            for (int k = 0; k < PIXELS; k++) sum += row[k] * Math.max(0, 1 - Math.abs(fromX - k % SIDE)) * Math.max(0, 1 - Math.abs(fromY - k / SIDE));
            into.values[b * PIXELS + i] = (float) sum / 16;
        }
        into.classes[b] = (int) row[PIXELS];
    }
}
