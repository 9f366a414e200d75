package dev.namaskar.tasks;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.kernels.LogSpace;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.train.batch.Batch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A network that reads examples, those together that are about as long. Belongs to one thread. */
public final class ExampleReader {
    /** Examples read together. */
    private static final int ROWS = 64;

    private final Network network;
    private final NetworkWeights weights;
    private final Pass pass;

    /** Takes what the network says of an example. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Called once for each example, in no certain order.
         *
         * @param out the network's output for the examples read together, valid during the call
         * @param row of this example in it
         */
        void take(int example, Frames out, int row);
    }

    /** A reader without parameters so far. */
    public ExampleReader(Network network, GemmLibrary library) {
        this.network = network;
        Gemm gemm = library.open();
        weights = network.weights(gemm);
        pass = new Pass(network, weights, gemm);
    }

    /** Takes parameters over. */
    public ExampleReader load(float[] params) {
        weights.load(params, false);
        return this;
    }

    /** Reads all examples. */
    public void read(Examples examples, Sink sink) {
        Integer[] order = IntStream.range(0, examples.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingInt(examples::length));
        Batch whole = new Batch(examples.shape(), Math.min(ROWS, Math.max(1, order.length)));
        for (int from = 0; from < order.length; from += ROWS) {
            Integer[] rows = Arrays.copyOfRange(order, from, Math.min(from + ROWS, order.length));
            Batch batch = rows.length == whole.rows() ? whole : new Batch(examples.shape(), rows.length);
            examples.write(rows, batch);
            Frames out = pass.predict(batch.sequences(), network.zeroState(rows.length));
            for (int row = 0; row < rows.length; row++) {
                sink.take(rows[row], out, row);
            }
        }
    }

    /** {@code ln softmax} of one step of one row: {@code y_k - ln sum_j e^{y_j}}, added up in double. */
    public static double[] logProbabilities(Frames out, int step, int row) {
        return LogSpace.softmax(out.values(), out.at(step, row), out.width());
    }

    /** The place of the greatest, of equals the first. */
    public static int best(double[] logs) {
        return IntStream.range(0, logs.length).reduce(0, (a, b) -> logs[b] > logs[a] ? b : a);
    }
}
