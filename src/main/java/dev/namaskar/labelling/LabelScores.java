package dev.namaskar.labelling;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a network that reads out once says of sequences: log probabilities of its classes. Belongs to one thread. */
final class LabelScores {
    /** Sequences read together. */
    private static final int ROWS = 64;

    private final Network network;
    private final NetworkWeights weights;
    private final Pass pass;

    LabelScores(Network network, GemmLibrary library) {
        this.network = network;
        Gemm gemm = library.open();
        weights = network.weights(gemm);
        pass = new Pass(network, weights, gemm);
    }

    /** Takes parameters over. */
    LabelScores load(float[] params) {
        weights.load(params, false);
        return this;
    }

    /** The place of the greatest, of equals the first. */
    static int best(double[] logs) {
        return IntStream.range(0, logs.length).reduce(0, (a, b) -> logs[b] > logs[a] ? b : a);
    }

    /** {@code ln p(class | sequence)} of every class, in the sequences' order. Those about as long are read together. */
    List<double[]> logProbabilities(List<int[]> sequences) {
        Integer[] order = new Integer[sequences.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(i -> sequences.get(i).length));
        double[][] all = new double[order.length][];
        for (int from = 0; from < order.length; from += ROWS) {
            readTogether(sequences, Arrays.copyOfRange(order, from, Math.min(from + ROWS, order.length)), all);
        }
        return Arrays.asList(all);
    }

    private void readTogether(List<int[]> sequences, Integer[] rows, double[][] all) {
        int batch = rows.length;
        int[] lengths = new int[batch];
        Arrays.setAll(lengths, b -> sequences.get(rows[b]).length);
        int steps = Math.max(1, lengths[batch - 1]);
        int[] tokens = new int[steps * batch];
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < lengths[b]; t++) {
                tokens[t * batch + b] = sequences.get(rows[b])[t];
            }
        }
        Frames out =
                pass.predict(Sequences.ofTokens(steps, batch, tokens).withLengths(lengths), network.zeroState(batch));
        for (int b = 0; b < batch; b++) {
            int at = out.at() + b * out.width();
            double[] logs = new double[out.width()];
            Arrays.setAll(logs, k -> out.values()[at + k]);
            double max = Arrays.stream(logs).max().orElse(0);
            double sum = Arrays.stream(logs).map(x -> Math.exp(x - max)).sum();
            double logSum = max + Math.log(sum);
            Arrays.setAll(logs, k -> logs[k] - logSum);
            all[rows[b]] = logs;
        }
    }
}
