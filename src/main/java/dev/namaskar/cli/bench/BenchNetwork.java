package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.CellNames;
import dev.namaskar.cli.options.Range;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which character model a benchmark runs. */
final class BenchNetwork {
    @Option(
            names = "--cell",
            defaultValue = "lstm",
            completionCandidates = CellNames.class,
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private String cell = "lstm";

    @Option(
            names = "--hidden",
            defaultValue = "256",
            description = "Hidden units of a layer (default ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--layers", defaultValue = "1", description = "Recurrent layers (default ${DEFAULT-VALUE}).")
    private int layers;

    @Option(names = "--vocab", defaultValue = "65", description = "Different characters (default ${DEFAULT-VALUE}).")
    private int vocabulary;

    Network network(Range range) {
        range.atLeast("--hidden", 1, hidden);
        range.atLeast("--layers", 1, layers);
        range.atLeast("--vocab", 1, vocabulary);
        return range.usage(() -> {
            NetworkSpec network = NetworkSpec.tokens(vocabulary);
            for (int layer = 0; layer < layers; layer++) {
                network = network.recurrent(cell, hidden);
            }
            return network.dense(vocabulary).build();
        });
    }

    String cell() {
        return cell;
    }

    int hidden() {
        return hidden;
    }

    int layers() {
        return layers;
    }

    int vocabulary() {
        return vocabulary;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cell", cell);
        map.put("hidden", hidden);
        map.put("layers", layers);
        map.put("vocab", vocabulary);
        return map;
    }
}
