package dev.namaskar.labelling;

import dev.namaskar.tasks.ExampleReader;

/** Log probabilities of labels, item by item. */
final class LabelScores {
    private LabelScores() {}

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
}
