package dev.namaskar.cli.bench;

import dev.namaskar.cli.options.NetworkOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which character model a benchmark runs. */
final class BenchNetwork {
    @Mixin
    private final NetworkOptions network =
            new NetworkOptions(RecurrentLayers.NONE.withCell("lstm").withHidden(256), 1);

    @Option(names = "--vocab", paramLabel = "V", description = "Different characters (default ${DEFAULT-VALUE}).")
    private int vocabulary = 65;

    private RecurrentLayers layers = RecurrentLayers.USUAL;

    Network network(Range range) {
        layers = network.fresh(range);
        range.atLeast("--vocab", 1, vocabulary);
        return range.usage(() ->
                layers.above(NetworkSpec.tokens(vocabulary)).dense(vocabulary).build());
    }

    int vocabulary() {
        return vocabulary;
    }

    /** Cell and size, in words. */
    @Override
    public String toString() {
        return layers.cell() + " " + layers.layers() + "x" + layers.hidden();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cell", String.valueOf(layers.cell()));
        map.put("hidden", layers.hidden() == null ? 0 : layers.hidden());
        map.put("layers", layers.layers() == null ? 0 : layers.layers());
        map.put("vocab", vocabulary);
        return map;
    }
}
