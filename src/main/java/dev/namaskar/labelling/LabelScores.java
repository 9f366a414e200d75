package dev.namaskar.labelling;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.tasks.ExampleReader;
import dev.namaskar.tasks.TrainingPlan;
import java.util.function.ToDoubleFunction;

/** Log probabilities of labels, item by item, and their loss over items that are not learned from. */
record LabelScores(Network network, ItemExamples items) implements TrainingPlan.Validation {
    /**
     * {@code ln p(label)} of every label, for each item at each of its classes; steps of a class that weighs nothing are
     * left out (null).
     */
    static double[][][] of(ExampleReader reader, ItemExamples items) {
        double[][][] all = new double[items.size()][][];
        reader.read(items, (example, out, row) -> {
            Item item = items.items().get(example);
            double[][] logs = new double[item.classes().length][];
            for (int t = 0; t < logs.length; t++) {
                if (item.weights()[t] > 0) {
                    logs[t] = ExampleReader.logProbabilities(out, t, row);
                }
            }
            all[example] = logs;
        });
        return all;
    }

    /** The weighted mean cross entropy. */
    @Override
    public ToDoubleFunction<float[]> with(GemmLibrary library) {
        ExampleReader reader = new ExampleReader(network, library);
        return params -> {
            double[][][] logs = of(reader.load(params), items);
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
