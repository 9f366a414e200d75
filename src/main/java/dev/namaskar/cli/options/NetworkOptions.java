package dev.namaskar.cli.options;

import dev.namaskar.net.RecurrentLayers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what recurrent layers a network has; what is left out is usual, or as the model of --from has. */
@Heading(Heading.NETWORK)
public final class NetworkOptions {
    @Option(
            names = "--cell",
            paramLabel = "CELL",
            completionCandidates = CellNames.class,
            description = "${COMPLETION-CANDIDATES}, or one of your own (rnn).")
    private @Nullable String cell;

    @Option(names = "--order", paramLabel = "K", description = "How many past hidden states an rnn cell sees (1).")
    private @Nullable Integer order;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of each layer (128).")
    private @Nullable Integer hidden;

    @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers (1).")
    private @Nullable Integer layers;

    @Option(
            names = "--dropout",
            paramLabel = "X",
            description = "Part of the values dropped between layers and before the output in training (0).")
    private @Nullable Double dropout;

    @Option(
            names = "--forget-bias",
            paramLabel = "X",
            description = "Added to the bias of a fresh LSTM's forget gate (0).")
    private @Nullable Float forgetBias;

    @Option(
            names = "--embedding",
            paramLabel = "N",
            description = "Length of a learned vector for each symbol; 0 feeds symbols one-hot (0).")
    private @Nullable Integer embedding;

    /** The layers that are asked for, of a fresh network or of a trained one to go on with. */
    public RecurrentLayers layers(Range range, boolean fresh) {
        RecurrentLayers named = range.usage("--cell", () -> new RecurrentLayers(cell, null, null, null, null, null));
        RecurrentLayers all =
                range.usage(() -> new RecurrentLayers(named.cell(), order, hidden, layers, dropout, forgetBias));
        if (fresh) {
            range.effective(
                    "--forget-bias",
                    all.usesForgetBias(),
                    "with --cell " + all.cellName() + ", which has no forget gate");
        }
        return all;
    }

    /** The width of an embedding that is asked for. */
    @Nullable
    public Integer embedding(Range range) {
        range.atLeast("--embedding", 0, embedding);
        return embedding;
    }
}
