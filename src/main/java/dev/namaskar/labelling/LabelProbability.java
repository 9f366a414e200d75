package dev.namaskar.labelling;

import java.util.Locale;

/**
 * A label and how likely it is.
 *
 * @param label the label
 * @param probability from 0 to 1
 */
public record LabelProbability(String label, double probability) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.3f", label, probability);
    }
}
