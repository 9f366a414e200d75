package dev.namaskar.cli;

import dev.namaskar.cells.Cells;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Recurrent;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say what a network is. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class NetworkOptions {
    @Option(
            names = "--cell",
            defaultValue = "rnn",
            paramLabel = "CELL",
            completionCandidates = CellNames.class,
            description = "${COMPLETION-CANDIDATES}, or one of your own (rnn).")
    String cell;

    @Option(
            names = "--order",
            defaultValue = "1",
            paramLabel = "K",
            description = "How many past hidden states an rnn cell sees (1).")
    int order;

    @Option(names = "--hidden", defaultValue = "128", paramLabel = "N", description = "Units of each layer (128).")
    int hidden;

    @Option(names = "--layers", defaultValue = "1", paramLabel = "N", description = "Recurrent layers (1).")
    int layers;

    @Option(
            names = "--dropout",
            defaultValue = "0",
            paramLabel = "X",
            description = "Part of the values dropped between layers and before the output in training (0).")
    double dropout;

    @Option(
            names = "--forget-bias",
            defaultValue = "0",
            paramLabel = "X",
            description = "Added to the bias of a fresh LSTM's forget gate (0).")
    float forgetBias;

    @Option(
            names = "--embedding",
            defaultValue = "0",
            paramLabel = "N",
            description = "Length of a learned vector for each symbol; 0 feeds symbols one-hot (0).")
    int embedding;

    /** Refuses what no network can have. */
    void check(Range range) {
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.atLeast("--order", 1, order);
        range.atLeast("--embedding", 0, embedding);
        range.between("--dropout", 0, 1, dropout);
        range.require(Float.isFinite(forgetBias), "--forget-bias", "a finite number", forgetBias);
        range.usage("--cell", () -> Cells.named(cell, order));
        range.effective(
                "--forget-bias",
                forgetBias == 0 || Cells.named(cell, order).forgetGate() >= 0,
                "with --cell " + cell + ", which has no forget gate");
    }

    /** A fresh network that reads and foresees so many symbols, dropout after each recurrent layer. */
    NetworkSpec fresh(int symbols) {
        NetworkSpec network = NetworkSpec.tokens(symbols);
        network = embedding > 0 ? network.embedding(embedding) : network;
        for (int layer = 0; layer < layers; layer++) {
            network = network.then(new Recurrent(cell, hidden).withOrder(order).withForgetBias(forgetBias))
                    .dropout(dropout);
        }
        return network.dense(symbols);
    }

    /**
     * A trained network to go on with. It is what it is: an option that was given and says otherwise is wrong usage.
     * Dropout alone, which has no parameters, may be another.
     */
    NetworkSpec trained(NetworkSpec network, Range range) {
        range.agree("--cell", cell, each(network, layer -> layer.cell().name()));
        range.agree("--order", order, each(network, Recurrent::order));
        range.agree("--hidden", hidden, each(network, Recurrent::hidden));
        range.agree("--layers", layers, List.of((int) recurrent(network).count()));
        range.agree("--embedding", embedding, List.of(embedding(network)));
        range.require(
                !range.given("--forget-bias"),
                "--forget-bias",
                "none with --from, as it fills fresh layers",
                forgetBias);
        return range.given("--dropout") ? withDropout(network) : network;
    }

    private NetworkSpec withDropout(NetworkSpec network) {
        NetworkSpec changed = new NetworkSpec(network.tokens(), network.inputWidth(), List.of());
        for (Layer layer : network.layers()) {
            if (!(layer instanceof Dropout)) {
                changed = changed.then(layer);
            }
            if (layer instanceof Recurrent) {
                changed = changed.dropout(dropout);
            }
        }
        return changed;
    }

    private static int embedding(NetworkSpec network) {
        return network.layers().get(0) instanceof Embedding embedding ? embedding.width() : 0;
    }

    /** What a property is in each recurrent layer. */
    static <T> List<T> each(NetworkSpec network, Function<Recurrent, T> property) {
        return recurrent(network).map(property).toList();
    }

    private static Stream<Recurrent> recurrent(NetworkSpec network) {
        return network.layers().stream().filter(Recurrent.class::isInstance).map(Recurrent.class::cast);
    }
}
