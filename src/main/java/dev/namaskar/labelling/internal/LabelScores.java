package dev.namaskar.labelling.internal;

import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.params.Params;
import dev.namaskar.tasks.ExampleReader;
import java.util.List;

/** Log probabilities of labels, item by item. */
public final class LabelScores {
    private LabelScores() {}

    /** The mean of what all networks of an ensemble say: {@code ln (1/M) sum_m p_m(label)}. */
    public static double[][][] of(Model model, ItemExamples items, GemmLibrary library) {
        ExampleReader reader = new ExampleReader(model.network(), library);
        List<Params> members = model.ensemble();
        double[][][] all = of(reader.load(members.get(0).values()), items);
        if (members.size() == 1) {
            return all;
        }
        each(all, Math::exp);
        for (Params member : members.subList(1, members.size())) {
            double[][][] more = of(reader.load(member.values()), items);
            for (int i = 0; i < all.length; i++) {
                for (int t = 0; t < all[i].length; t++) {
                    for (int k = 0; all[i][t] != null && k < all[i][t].length; k++) {
                        all[i][t][k] += Math.exp(more[i][t][k]);
                    }
                }
            }
        }
        each(all, sum -> Math.log(sum / members.size()));
        return all;
    }

    private static void each(double[][][] all, java.util.function.DoubleUnaryOperator change) {
        for (double[][] item : all) {
            for (double[] logs : item) {
                for (int k = 0; logs != null && k < logs.length; k++) {
                    logs[k] = change.applyAsDouble(logs[k]);
                }
            }
        }
    }

    /**
     * {@code ln p(label)} of every label, for each item at each of its classes; steps of a class that weighs nothing are
     * left out (null).
     */
    public static double[][][] of(ExampleReader reader, ItemExamples items) {
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
