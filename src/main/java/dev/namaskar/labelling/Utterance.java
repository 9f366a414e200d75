package dev.namaskar.labelling;

import dev.namaskar.labelling.internal.Item;
import dev.namaskar.losses.Ctc;

/**
 * An input and the labels that are to be read out of it.
 *
 * @param item what is read
 * @param labels in their order; at no certain steps
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle on its way into a batch, never compared
record Utterance(Item item, int[] labels) {
    /**
     * An example of a file.
     *
     * @throws IllegalArgumentException naming its place, if its labels do not fit into its steps
     */
    static Utterance of(Item item, int[] labels, LabelledInput from) {
        int needed = Ctc.framesNeeded(labels);
        if (item.steps() < needed) {
            String cure = from.source() instanceof Source.Letters
                    ? "; more steps for each symbol, `repeat`, make room"
                    : from.source() instanceof Source.Sound ? "; a shorter `hop` makes more steps" : "";
            throw new IllegalArgumentException(from.place() + ": expected at least " + needed + " steps for "
                    + labels.length + " labels (one each, and one more between equal neighbours), found " + item.steps()
                    + cure);
        }
        return new Utterance(item, labels);
    }
}
