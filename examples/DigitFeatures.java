import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.net.energy.*;
import dev.namaskar.optim.*;
import dev.namaskar.params.*;
import dev.namaskar.train.*;
import java.util.*;

/** What a restricted Boltzmann machine sees in handwritten digits makes a linear classifier of them better: digits.csv[.gz] */
public class DigitFeatures {
    static final int PIXELS = 64, FEATURES = 100;

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.out.println(Digits.WHERE);
            return;
        }
        List<int[]> moved = new ArrayList<>(); // each image, and moved by a pixel up, down, left and right
        for (int[] image : Digits.read(args[0])) {
            for (int[] by : new int[][] {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}}) moved.add(moved(image, by[0], by[1]));
        }
        SplitMix64 random = new SplitMix64(1);
        for (int i = moved.size() - 1; i > 0; i--) Collections.swap(moved, i, random.nextInt(i + 1));
        int train = moved.size() * 4 / 5;
        float[] pixels = Digits.pixels(moved);

        Network machine = NetworkSpec.values(PIXELS).then(new Boltzmann(PIXELS, FEATURES, 1, true)).build();
        Params params = machine.initialize(1);
        BatchShape one = BatchShape.values(BatchShape.Sequence.values(1, PIXELS), 1);
        BatchSource ten = BatchSource.stream(one, 10, (number, into) -> System.arraycopy(pixels, (int) (number % (train / 10)) * 10 * PIXELS, into.values, 0, 10 * PIXELS));
        try (Trainer trainer = Trainer.of(machine, params, Optimizers.sgd(0.06), ten, Energy::new, 1)) {
            while (trainer.steps() < 10L * train / 10) trainer.step(); // ten times through
        }
        float[] features = new BoltzmannMachine(params, GemmLibrary.JAVA).hidden(pixels);
        System.out.printf("softmax on pixels:   %.3f of %d images right%n", accuracy(pixels, PIXELS, moved, train), moved.size() - train);
        System.out.printf("softmax on features: %.3f%n", accuracy(features, FEATURES, moved, train));
    }

    static int[] moved(int[] image, int right, int down) {
        int[] to = new int[PIXELS + 1];
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                if (y - down >= 0 && y - down < 8 && x - right >= 0 && x - right < 8) to[y * 8 + x] = image[(y - down) * 8 + x - right];
        to[PIXELS] = image[PIXELS];
        return to;
    }

    /** Of a linear classifier by softmax that learns from the first rows, on the others. */
    static double accuracy(float[] rows, int width, List<int[]> images, int train) {
        Network network = NetworkSpec.values(width).dense(10).build();
        Params params = network.initialize(1);
        BatchSource source = Digits.drawn(rows, width, images, 0, train);
        try (Trainer trainer = Trainer.of(network, params, Optimizers.adam(0.01), source, SoftmaxCrossEntropy::new, 1)) {
            while (trainer.steps() < 6000) trainer.step();
        }
        return Digits.right(network, params, rows, width, images, train, images.size());
    }
}
