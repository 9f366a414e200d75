package dev.namaskar.labelling;

import dev.namaskar.tasks.Evaluation;
import dev.namaskar.tasks.ExampleReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well sequences were given their labels.
 *
 * @param labels the labels, in the order of rows and columns
 * @param confusion how often one of the row's label was given the column's
 * @param nats mean cross entropy of the right label
 */
@SuppressWarnings("ArrayRecordComponent") // a table to be read, never compared
public record ClassificationReport(List<String> labels, int[][] confusion, double nats) implements Evaluation {
    /** Copies the labels. */
    public ClassificationReport {
        labels = List.copyOf(labels);
    }

    /**
     * A report.
     *
     * @param actual the right label of each example
     * @param logs log probabilities of all labels, an example each
     */
    static ClassificationReport of(List<String> labels, int[] actual, double[][] logs) {
        int[][] confusion = new int[labels.size()][labels.size()];
        double nats = 0;
        for (int i = 0; i < actual.length; i++) {
            confusion[actual[i]][ExampleReader.best(logs[i])]++;
            nats -= logs[i][actual[i]];
        }
        return new ClassificationReport(labels, confusion, nats / actual.length);
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("accuracy", accuracy());
        figures.put("macro_f1", macroF1());
        figures.put("nats", nats);
        figures.put("examples", examples());
        figures.put("labels", labels);
        figures.put(
                "confusion",
                Arrays.stream(confusion)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
        return figures;
    }

    /** How many examples there were. */
    public int examples() {
        int sum = 0;
        for (int label = 0; label < labels.size(); label++) {
            sum += actual(label);
        }
        return sum;
    }

    /** The share of examples that were given their own label. */
    public double accuracy() {
        int right = 0;
        for (int label = 0; label < labels.size(); label++) {
            right += confusion[label][label];
        }
        return right / (double) examples();
    }

    /**
     * The mean of F1 over the labels that occur, in the examples or in the answers: {@code F1 = 2 right / (actual + predicted)},
     * every label counting alike, however rare.
     */
    public double macroF1() {
        double sum = 0;
        int occurring = 0;
        for (int label = 0; label < labels.size(); label++) {
            if (actual(label) + predicted(label) > 0) {
                sum += f1(label);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /** Examples of this label that were given it, as a share of all that were given it; 0 if none was. */
    public double precision(int label) {
        return predicted(label) == 0 ? 0 : confusion[label][label] / (double) predicted(label);
    }

    /** Examples of this label that were given it, as a share of all of this label; 0 if there is none. */
    public double recall(int label) {
        return actual(label) == 0 ? 0 : confusion[label][label] / (double) actual(label);
    }

    /** The harmonic mean of precision and recall; 0 for a label that does not occur. */
    public double f1(int label) {
        int both = actual(label) + predicted(label);
        return both == 0 ? 0 : 2.0 * confusion[label][label] / both;
    }

    private int actual(int label) {
        int sum = 0;
        for (int count : confusion[label]) {
            sum += count;
        }
        return sum;
    }

    private int predicted(int label) {
        int sum = 0;
        for (int[] row : confusion) {
            sum += row[label];
        }
        return sum;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d examples: accuracy %.4f, macro F1 %.4f, %.4f nats",
                examples(),
                accuracy(),
                macroF1(),
                nats);
    }
}
