package dev.namaskar.labelling.internal;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.tasks.ExampleReader;
import dev.namaskar.tasks.TrainingPlan;
import java.util.function.ToDoubleFunction;

/** The weighted mean cross entropy of items that are not learned from. */
public record LabelLoss(Network network, ItemExamples items) implements TrainingPlan.Validation {
    @Override
    public ToDoubleFunction<float[]> with(GemmLibrary library) {
        ExampleReader reader = new ExampleReader(network, library);
        return params -> {
            double[][][] logs = LabelScores.of(reader.load(params), items);
            double sum = 0;
            double weight = 0;
            for (int i = 0; i < logs.length; i++) {
                Item item = items.items().get(i);
                for (int t = 0; t < logs[i].length; t++) {
                    if (item.weights()[t] > 0) {
                        sum -= item.weights()[t] * logs[i][t][item.classes()[t]];
                        weight += item.weights()[t];
                    }
                }
            }
            return sum / weight;
        };
    }

    @Override
    public int examples() {
        return items.size();
    }
}
