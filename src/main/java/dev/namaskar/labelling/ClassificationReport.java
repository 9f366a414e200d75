package dev.namaskar.labelling;

import java.util.List;
import java.util.Locale;

/**
 * How well texts were classified.
 *
 * @param labels the labels, in the order of rows and columns
 * @param confusion how often a text of the row's label was given the column's
 * @param nats mean cross entropy of the right label
 */
@SuppressWarnings("ArrayRecordComponent") // a table to be read, never compared
public record ClassificationReport(List<String> labels, int[][] confusion, double nats) {
    /** Copies the labels. */
    public ClassificationReport {
        labels = List.copyOf(labels);
    }

    /** How many texts there were. */
    public int examples() {
        int sum = 0;
        for (int label = 0; label < labels.size(); label++) {
            sum += actual(label);
        }
        return sum;
    }

    /** The share of texts that were given their own label. */
    public double accuracy() {
        int right = 0;
        for (int label = 0; label < labels.size(); label++) {
            right += confusion[label][label];
        }
        return right / (double) examples();
    }

    /**
     * The mean of F1 over the labels that occur, in the texts or in the answers: {@code F1 = 2 right / (actual + predicted)},
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

    /** Texts of this label that were given it, as a share of all that were given it; 0 if none was. */
    public double precision(int label) {
        return predicted(label) == 0 ? 0 : confusion[label][label] / (double) predicted(label);
    }

    /** Texts of this label that were given it, as a share of all texts of this label; 0 if there is none. */
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
                "%d texts: accuracy %.4f, macro F1 %.4f, %.4f nats",
                examples(),
                accuracy(),
                macroF1(),
                nats);
    }
}
