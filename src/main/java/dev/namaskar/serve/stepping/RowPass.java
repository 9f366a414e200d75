package dev.namaskar.serve.stepping;

import dev.namaskar.kernels.Gemm;
import dev.namaskar.kernels.GemmChoice;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps of many rows as one batch. Products are asked for in a few sizes only, with rows of padding, since libraries
 * compile a kernel for each; a row's bits depend on the row alone. Belongs to one thread.
 */
final class RowPass {
    /** Rows of a batch, at most. */
    static final int MOST_ROWS = 64;
    /** Symbols of one row that are read in one step, at most. */
    static final int CHUNK = 32;
    /** Rows that read so many symbols each in one step, at most. */
    static final int CHUNKED_ROWS = 4;

    private static final int[] SIZES = {1, 2, 4, 8, 16, 24, 32, 48, MOST_ROWS};

    /** Parameters from which on a native library is worth its loading: an LSTM of 160 units. */
    private static final int LARGE = 200_000;

    private final Network network;
    private final Pass pass;
    private final State[] states = new State[SIZES.length];

    /** Takes the logits behind one symbol of a row that reads several. */
    @FunctionalInterface
    interface Sink {
        /**
         * Called in the order in which the symbols are read.
         *
         * @param row among those that stepped
         * @param at the place of the symbol among those it reads
         * @param logits copied to the sink's own array by the callee
         * @param from index of the first logit
         */
        void take(int row, int at, float[] logits, int from);
    }

    /**
     * A pass over shared weights.
     *
     * @param library that the weights are laid out for
     */
    RowPass(Network network, NetworkWeights weights, GemmLibrary library) {
        this(network, weights, library.open());
    }

    private RowPass(Network network, NetworkWeights weights, Gemm gemm) {
        this.network = network;
        pass = new Pass(network, weights, gemm);
    }

    /** Weights for products that leave each row its own bits, by the fastest library that was seen to do so. */
    record Chosen(GemmLibrary library, NetworkWeights weights) {}

    /**
     * Chooses the library for a network's products: small ones in plain Java, large ones by a native library if rows that
     * step together have the bits of rows that step alone, which is looked at here with this network on this machine.
     */
    static Chosen choose(Network network, Params params) {
        GemmLibrary wished = wished(network);
        if (wished != GemmLibrary.JAVA && GemmChoice.of(wished).missing().isEmpty()) {
            Chosen chosen = loaded(network, params, wished);
            if (new RowPass(network, chosen.weights(), wished).leavesRowsAlone()) {
                return chosen;
            }
        }
        return loaded(network, params, GemmLibrary.JAVA);
    }

    private static GemmLibrary wished(Network network) {
        GemmChoice fixed = GemmChoice.fixed();
        if (fixed != null) {
            return fixed.window();
        }
        return network.params().size() < LARGE ? GemmLibrary.JAVA : GemmLibrary.ONEDNN_PACKED;
    }

    private static Chosen loaded(Network network, Params params, GemmLibrary library) {
        NetworkWeights weights = network.weights(library);
        weights.load(params.values(), false);
        return new Chosen(library, weights);
    }

    /** Whether rows of every size of batch have the same bits as each alone, on symbols and states drawn at random. */
    boolean leavesRowsAlone() {
        SplitMix64 random = new SplitMix64(1);
        List<Row> alone = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            Row row = new Row(network.zeroState(1), network.spec().outputWidth());
            for (int j = 0; j < row.state.values().length; j++) {
                row.state.values()[j] = random.nextFloat() - 0.5f;
            }
            row.next(random.nextInt(network.spec().inputWidth()));
            alone.add(row);
        }
        List<Row> together = alone.stream().map(Row::fork).toList();
        for (int i = 0; i < MOST_ROWS; i++) {
            together.get(i).next(alone.get(i).reads());
            step(List.of(alone.get(i)), null);
        }
        for (int size = 0, from = 0; from < MOST_ROWS; size++) {
            int to = size == SIZES.length ? MOST_ROWS : Math.min(MOST_ROWS, from + SIZES[size]);
            step(together.subList(from, to), null);
            from = to;
        }
        return same(alone, together);
    }

    private static boolean same(List<Row> some, List<Row> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!Arrays.equals(some.get(i).logits, others.get(i).logits)
                    || !Arrays.equals(
                            some.get(i).state.values(), others.get(i).state.values())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads what each row reads next; modifies the rows' states and logits.
     *
     * @param rows at most {@link #MOST_ROWS}
     * @param sink takes the logits behind every symbol, or null where those behind the last are enough
     */
    void step(List<Row> rows, @Nullable Sink sink) {
        int longest = 1;
        for (Row row : rows) {
            longest = Math.max(longest, row.reads().length);
        }
        int size = 0;
        while (SIZES[size] < rows.size()) {
            size++;
        }
        int batch = SIZES[size];
        // Chunks are all of one length, whatever is left of a prompt: fewer sizes of products.
        int steps = longest == 1 ? 1 : (longest + CHUNK - 1) / CHUNK * CHUNK;
        State state = states[size];
        if (state == null) {
            state = states[size] = network.zeroState(batch);
        }
        int[] tokens = new int[steps * batch];
        int[] lengths = new int[batch];
        Arrays.fill(lengths, 1);
        for (int b = 0; b < rows.size(); b++) {
            int[] reads = rows.get(b).reads();
            lengths[b] = reads.length;
            for (int t = 0; t < reads.length; t++) {
                tokens[t * batch + b] = reads[t];
            }
            rows.get(b).state.copyRows(0, 1, state, b);
        }
        Sequences x = Sequences.ofTokens(steps, batch, tokens);
        hand(pass.predict(steps == 1 ? x : x.withLengths(lengths), state), rows, state, sink);
    }

    private static void hand(Frames out, List<Row> rows, State state, @Nullable Sink sink) {
        float[] values = out.values();
        for (int b = 0; b < rows.size(); b++) {
            Row row = rows.get(b);
            int last = out.steps() == 1 ? 0 : row.reads().length - 1;
            for (int t = 0; sink != null && t <= last; t++) {
                sink.take(b, t, values, out.at(t, b));
            }
            System.arraycopy(values, out.at(last, b), row.logits, 0, row.logits.length);
            state.copyRows(b, 1, row.state, 0);
        }
    }
}
