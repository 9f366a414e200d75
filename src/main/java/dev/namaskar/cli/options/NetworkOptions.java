package dev.namaskar.cli.options;

import dev.namaskar.net.RecurrentLayers;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options that say what recurrent layers a network has; what is left out is usual for the task, or as in --from. */
@Heading(Heading.NETWORK)
public final class NetworkOptions {
    private final int leastLayers;

    @Option(
            names = "--cell",
            paramLabel = "CELL",
            completionCandidates = CellNames.class,
            description = "${COMPLETION-CANDIDATES}, or one of your own (${DEFAULT-VALUE}).")
    private String cell;

    @Option(
            names = "--order",
            paramLabel = "K",
            description = "How many past hidden states an rnn cell sees (${DEFAULT-VALUE}).")
    private int order;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of each layer (${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers (${DEFAULT-VALUE}).")
    private int layers;

    @Option(
            names = "--dropout",
            paramLabel = "X",
            description = "Part of what layers pass on that is dropped in training (${DEFAULT-VALUE}).")
    private double dropout;

    @Option(
            names = "--forget-bias",
            paramLabel = "X",
            description = "Added to the bias of a fresh LSTM's forget gate (${DEFAULT-VALUE}).")
    private float forgetBias;

    /**
     * Options of a task.
     *
     * @param usual what is usual for it, the library's own, which the help page shows
     * @param leastLayers fewest recurrent layers
     */
    public NetworkOptions(RecurrentLayers usual, int leastLayers) {
        RecurrentLayers all = usual.orElse(RecurrentLayers.USUAL);
        this.leastLayers = leastLayers;
        cell = Objects.requireNonNull(all.cell());
        order = Objects.requireNonNull(all.order());
        hidden = Objects.requireNonNull(all.hidden());
        layers = Objects.requireNonNull(all.layers());
        dropout = Objects.requireNonNull(all.dropout());
        forgetBias = Objects.requireNonNull(all.forgetBias());
    }

    /** The layers that are asked for; what was not given is null. */
    public RecurrentLayers asked(Range range) {
        range.atLeast("--layers", leastLayers, layers);
        String name = range.given("--cell", cell);
        range.usage("--cell", () -> RecurrentLayers.NONE.withCell(name == null ? cell : name));
        return range.usage(() -> new RecurrentLayers(
                name,
                range.given("--order", order),
                range.given("--hidden", hidden),
                range.given("--layers", layers),
                range.given("--dropout", dropout),
                range.given("--forget-bias", forgetBias)));
    }

    /** The layers of a fresh network, all said. */
    public RecurrentLayers fresh(Range range) {
        asked(range);
        RecurrentLayers all = range.usage(() -> new RecurrentLayers(cell, order, hidden, layers, dropout, forgetBias));
        range.effective("--forget-bias", all.usesForgetBias(), "with --cell " + cell + ", which has no forget gate");
        return all;
    }

    /** What is asked of a fresh network, or of the trained one that is gone on with. */
    public RecurrentLayers layers(Range range, boolean fresh) {
        if (fresh) {
            fresh(range);
        }
        return asked(range);
    }
}
