package dev.namaskar.cli.bench;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.CellNames;
import dev.namaskar.cli.options.Range;
import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Energy;
import dev.namaskar.losses.Loss;
import dev.namaskar.losses.Losses;
import dev.namaskar.losses.Reduction;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.attention.AttentionScore;
import dev.namaskar.net.energy.Boltzmann;
import dev.namaskar.net.layers.Beside;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.check.GradientCase;
import dev.namaskar.train.check.GradientCheck;
import dev.namaskar.train.check.GradientReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check gradients}: back-propagation against differences of the loss. */
@Command(
        name = "gradients",
        description = "Compare back-propagation with differences of the loss, entry by entry.",
        footer = {"", "Example: namaskar check gradients --cell lstm --layers 2 --direction concatenate"})
public final class CheckGradientsCommand extends ReportingCommand {
    /** A multiple of the three quantiles that the quantile loss has. */
    private static final int OUTPUTS = 3;

    private static final int INPUTS = 3;
    /** An objective over whole rows, where the losses are over steps. */
    private static final String CTC = "ctc";

    @Option(
            names = "--cell",
            paramLabel = "CELL",
            completionCandidates = CellNames.class,
            description = "${COMPLETION-CANDIDATES}; without it, each of them.")
    private @Nullable String cell;

    @Option(names = "--hidden", defaultValue = "5", description = "Units of each layer (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--layers", defaultValue = "2", description = "Recurrent layers (default: ${DEFAULT-VALUE}).")
    private int layers;

    @Option(
            names = "--order",
            defaultValue = "1",
            description = "How many past hidden states the rnn cell sees (default: ${DEFAULT-VALUE}).")
    private int order;

    @Option(
            names = "--direction",
            defaultValue = "forward",
            description = "forward, concatenate, sum, average or multiply; all but the first read both ways (default:"
                    + " ${DEFAULT-VALUE}).")
    private String direction = "forward";

    @Option(
            names = "--attention",
            paramLabel = "SCORE",
            description =
                    "Check an encoder of these layers with a decoder that attends to it, by general, dot or additive.")
    private @Nullable String attention;

    @Option(
            names = "--loss",
            defaultValue = "softmax_cross_entropy",
            description =
                    "softmax_cross_entropy, sigmoid_cross_entropy, squared_error, absolute_error, huber, quantile,"
                            + " perceptron, energy, or ctc for labels without alignment (default: ${DEFAULT-VALUE}).")
    private String loss = "softmax_cross_entropy";

    @Option(
            names = "--boltzmann",
            defaultValue = "0",
            description = "Hidden units of a restricted Boltzmann machine on top, held to its energy; 0: a dense layer"
                    + " (default: ${DEFAULT-VALUE}).")
    private int boltzmann;

    @Option(
            names = "--embedding",
            defaultValue = "0",
            description = {"Read tokens through an embedding of this width; 0: read values (default: ${DEFAULT-VALUE})."
            })
    private int embedding;

    @Option(
            names = "--dropout",
            defaultValue = "0",
            description = "Dropout rate between layers (default: ${DEFAULT-VALUE}).")
    private double dropout;

    @Option(
            names = "--seq-len",
            defaultValue = "6",
            description = "Steps of the longest row (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--batch",
            defaultValue = "4",
            description = "Rows; from the second on they are shorter, one of them empty (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--entries",
            defaultValue = "400",
            description = "Entries of each tensor to compare, drawn where there are more (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights and data (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--library", description = "mkl, onednn, openblas or java (default: the fastest that loads here).")
    private @Nullable String library;

    @Override
    public Integer call() {
        Range range = range();
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.atLeast("--order", 1, order);
        range.atLeast("--seq-len", 1, steps);
        range.atLeast("--batch", 1, batch);
        range.atLeast("--entries", 1, entries);
        List<Map<String, Object>> cells = new ArrayList<>();
        double worst = 0;
        boolean passed = true;
        PrintWriter out = out();
        for (Recurrent layer : range.usage(this::layersToCheck)) {
            GradientReport report = check(layer);
            if (!json()) {
                print(out, layer, report);
            }
            cells.add(describe(layer, report));
            worst = Math.max(worst, report.worst());
            passed &= report.passed();
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("cells", cells);
        result.put("worst", Math.min(worst, Double.MAX_VALUE));
        result.put("tolerance", GradientCheck.TOLERANCE);
        result.put("passed", passed);
        out.println(json() ? Json.write(result) : verdict(passed, worst));
        return passed ? 0 : 1;
    }

    private List<Recurrent> layersToCheck() {
        Merge merge = Merge.named(direction.toLowerCase(Locale.ROOT));
        List<String> names = cell == null ? Cells.all().stream().map(Cell::name).toList() : List.of(cell);
        List<Recurrent> found = new ArrayList<>();
        for (String name : names) {
            // among all cells only one has an order; asked for by name, another one is an error
            int ownOrder = cell == null && !name.equals("rnn") ? 1 : order;
            found.add(new Recurrent(name, hidden).withOrder(ownOrder).withMerge(merge));
        }
        if (!loss.equals(CTC)) {
            lossOf();
        }
        network(found.get(0));
        if (attention != null) {
            if (loss.equals(CTC)) {
                throw new IllegalArgumentException("`attention`: expected a loss of single steps, found " + CTC);
            }
            attending(found.get(0));
        }
        if (library != null) {
            GemmLibrary.named(library);
        }
        return found;
    }

    private Loss lossOf() {
        return boltzmann == 0 ? Losses.named(loss) : new Energy();
    }

    private NetworkSpec network(Recurrent layer) {
        if (boltzmann == 0) {
            return recurrent(layer).dense(OUTPUTS);
        }
        if (embedding != 0 || attention != null || !loss.equals("softmax_cross_entropy")) {
            throw new IllegalArgumentException(
                    "`boltzmann`: reads values, attends to nothing and is held to its energy;"
                            + " leave `embedding`, `attention` and `loss` out");
        }
        List<Layer> below = recurrent(layer).dense(OUTPUTS + boltzmann).layers();
        return NetworkSpec.values(INPUTS + OUTPUTS)
                .then(new Beside(INPUTS, below))
                .then(new Boltzmann(OUTPUTS, boltzmann, 2, false));
    }

    private NetworkSpec recurrent(Recurrent layer) {
        NetworkSpec network = embedding == 0
                ? NetworkSpec.values(INPUTS)
                : NetworkSpec.tokens(INPUTS).embedding(embedding);
        for (int i = 0; i < layers; i++) {
            network = (i == 0 ? network : network.dropout(dropout)).then(layer);
        }
        return network.dropout(dropout);
    }

    private EncoderDecoder attending(Recurrent layer) {
        AttentionScore score = AttentionScore.named(String.valueOf(attention));
        NetworkSpec encoder = recurrent(layer);
        NetworkSpec decoder = NetworkSpec.tokens(OUTPUTS)
                .then(layer.withMerge(Merge.FORWARD))
                .dropout(dropout)
                .then(new Attention(score, hidden, encoder.outputWidth()))
                .dense(OUTPUTS);
        return new EncoderDecoder(encoder, decoder);
    }

    private GradientReport check(Recurrent layer) {
        Network network = network(layer).build();
        GradientCase at = loss.equals(CTC)
                ? GradientCase.drawnCtc(network, steps, batch, Reduction.MEAN, seed, raggedLengths())
                : attention == null
                        ? GradientCase.drawn(network, steps, batch, lossOf(), Reduction.MEAN, seed, raggedLengths())
                        : GradientCase.drawn(
                                attending(layer), steps, batch, lossOf(), Reduction.MEAN, seed, raggedLengths());
        return new GradientCheck(at, library == null ? GemmLibrary.best() : GemmLibrary.named(library), entries).run();
    }

    /** The whole length, one step, none, and then any. */
    private int[] raggedLengths() {
        SplitMix64 random = new SplitMix64(seed);
        int[] lengths = new int[batch];
        for (int b = 0; b < batch; b++) {
            lengths[b] = switch (b) {
                case 0 -> steps;
                case 1 -> 1;
                case 2 -> 0;
                default -> 1 + random.nextInt(steps);
            };
        }
        return lengths;
    }

    private void print(PrintWriter out, Recurrent layer, GradientReport report) {
        String order = layer.order() > 1 ? " of order " + layer.order() : "";
        out.printf(
                Locale.ROOT,
                "%s%s, %d x %d units, %s, %s%n",
                layer.cell().name(),
                order,
                layers,
                hidden,
                layer.merge().key(),
                loss.equals(CTC) ? CTC : lossOf().name());
        out.println(report);
    }

    private static String verdict(boolean passed, double worst) {
        return String.format(
                Locale.ROOT,
                "%s: worst relative error %.1e, tolerance %.0e",
                passed ? "passed" : "FAILED",
                worst,
                GradientCheck.TOLERANCE);
    }

    private Map<String, Object> describe(Recurrent layer, GradientReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cell", layer.cell().name());
        map.put("hidden", hidden);
        map.put("layers", layers);
        map.put("order", layer.order());
        map.put("direction", layer.merge().key());
        if (attention != null) {
            map.put("attention", attention);
        }
        map.put("loss", loss.equals(CTC) ? CTC : lossOf().name());
        map.putAll(report.toMap());
        return map;
    }
}
