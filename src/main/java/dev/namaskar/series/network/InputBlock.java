package dev.namaskar.series.network;

import dev.namaskar.series.ForecastSpec;
import dev.namaskar.series.table.StaticInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an input stands among the values of one step of the network, in the order in which {@link Window} writes them.
 *
 * @param name the input's
 * @param from its first place
 * @param to the place after its last
 */
public record InputBlock(String name, int from, int to) {
    /** The blocks of a forecaster; what says whether a step lies ahead is none. */
    static List<InputBlock> of(ForecastSpec spec) {
        List<InputBlock> blocks = new ArrayList<>();
        int patch = spec.patch();
        add(blocks, "past values", patch + (patch > 1 ? 1 : 0) + (spec.missing() ? patch : 0));
        spec.known().forEach(name -> add(blocks, name, patch));
        spec.observed().forEach(name -> add(blocks, name, patch));
        spec.calendar().forEach(feature -> add(blocks, feature.label(), 2));
        if (spec.holidays() != null) {
            add(blocks, "holidays of " + spec.holidays().region(), patch);
        }
        for (StaticInput input : spec.statics()) {
            add(blocks, input.name().equals(StaticInput.SERIES) ? "the series itself" : input.name(), input.width());
        }
        return blocks;
    }

    /** Values of one step: those of all blocks and, where something is known ahead, whether the step lies there. */
    public static int width(ForecastSpec spec) {
        List<InputBlock> blocks = of(spec);
        return blocks.get(blocks.size() - 1).to() + (spec.futureSteps() > 0 ? 1 : 0);
    }

    private static void add(List<InputBlock> blocks, String name, int width) {
        int from = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).to();
        blocks.add(new InputBlock(name, from, from + width));
    }
}
