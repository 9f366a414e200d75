package dev.namaskar.cli;

import dev.namaskar.cells.Cells;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.Recurrent;
import picocli.CommandLine.Option;

/** The options that say what a network is. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class NetworkOptions {
    @Option(names = "--cell", defaultValue = "rnn", paramLabel = "CELL", description = "rnn (tanh), gru or lstm (rnn).")
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

    /** Refuses what no network can have. */
    void check(Range range) {
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.atLeast("--order", 1, order);
        range.between("--dropout", 0, 1, dropout);
        range.require(Float.isFinite(forgetBias), "--forget-bias", "a finite number", forgetBias);
        range.usage("--cell", () -> Cells.named(cell, order));
    }

    /** The recurrent layers on top of an input, dropout after each. */
    NetworkSpec on(NetworkSpec input) {
        NetworkSpec spec = input;
        for (int layer = 0; layer < layers; layer++) {
            spec = spec.then(new Recurrent(cell, hidden).withOrder(order).withForgetBias(forgetBias))
                    .dropout(dropout);
        }
        return spec;
    }
}
