import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.net.energy.*;
import dev.namaskar.optim.*;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.zip.GZIPInputStream;

/** What a restricted Boltzmann machine sees in digits makes a linear classifier better: DigitFeatures digits.csv.gz */
public class DigitFeatures {
    static final int PIXELS = 64, FEATURES = 100;
    static final List<float[]> ROWS = new ArrayList<>(); // pixels from 0 to 1, and the digit

    public static void main(String[] args) throws Exception {
        if (args.length == 0) throw new IllegalArgumentException("expected digits.csv.gz, as scikit-learn brings it");
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(Path.of(args[0])))))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                double[] cells = Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                for (int[] by :
                        new int[][] {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}}) { // as it is, and moved by a pixel
                    float[] row = new float[PIXELS + 1];
                    row[PIXELS] = (float) cells[PIXELS];
                    for (int i = 0; i < PIXELS; i++)
                        if (i % 8 + by[0] >= 0 && i % 8 + by[0] < 8 && i / 8 + by[1] >= 0 && i / 8 + by[1] < 8)
                            row[i + by[0] + 8 * by[1]] = (float) cells[i] / 16;
                    ROWS.add(row);
                }
            }
        }
        Collections.shuffle(ROWS, new Random(1));
        float[] pixels = new float[ROWS.size() * PIXELS];
        for (int i = 0; i < ROWS.size(); i++) System.arraycopy(ROWS.get(i), 0, pixels, i * PIXELS, PIXELS);
        Network machine = NetworkSpec.values(PIXELS)
                .then(new Boltzmann(PIXELS, FEATURES, 1, true))
                .build();
        BatchShape shape = BatchShape.values(BatchShape.Sequence.values(1, PIXELS), 1);
        Params params = learnt(
                machine,
                Optimizers.sgd(0.06),
                new Energy(),
                20 * ROWS.size() * 4 / 5 / 10,
                BatchSource.stream(shape, 10, (number, into) -> fill(number, into, pixels)));
        float[] features = new BoltzmannMachine(params, GemmLibrary.JAVA).hidden(pixels);
        System.out.printf(
                "softmax on pixels   %.3f%nsoftmax on features %.3f%n",
                accuracy(pixels, PIXELS), accuracy(features, FEATURES));
    }

    /** The next of the first four fifths of the rows. */
    static void fill(long number, Batch into, float[] x) {
        for (int b = 0, width = into.values.length / into.rows(); b < into.rows(); b++) {
            int i = (int) ((number * into.rows() + b) % (ROWS.size() * 4 / 5));
            System.arraycopy(x, i * width, into.values, b * width, width);
            if (into.classes.length > 0) into.classes[b] = (int) ROWS.get(i)[PIXELS];
        }
    }

    static Params learnt(Network network, Optimizer optimizer, Loss loss, int steps, BatchSource source) {
        Params params = network.initialize(1);
        try (Trainer trainer = Trainer.of(network, params, optimizer, source, () -> loss, 1)) {
            while (trainer.steps() < steps) trainer.step();
        }
        return params;
    }

    /** Of a linear classifier on the last fifth. */
    static double accuracy(float[] x, int width) {
        Network network = NetworkSpec.values(width).dense(10).build();
        BatchShape shape = BatchShape.oneClass(BatchShape.Sequence.values(1, width));
        Params params = learnt(
                network,
                Optimizers.adam(0.1).with(Schedules.cosine(5000, 0.01)),
                new SoftmaxCrossEntropy(),
                5000,
                BatchSource.of(shape, 100, (number, into) -> fill(number, into, x)));
        float[] y = network.predictor(params)
                .predict(Sequences.ofValues(1, ROWS.size(), x), network.zeroState(ROWS.size()))
                .values();
        int from = ROWS.size() * 4 / 5, right = 0;
        for (int i = from; i < ROWS.size(); i++) {
            int best = i * 10;
            for (int k = best; k < i * 10 + 10; k++) best = y[k] > y[best] ? k : best;
            if (best % 10 == ROWS.get(i)[PIXELS]) right++;
        }
        return right / (double) (ROWS.size() - from);
    }
}
