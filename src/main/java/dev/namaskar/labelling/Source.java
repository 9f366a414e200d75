package dev.namaskar.labelling;

import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.speech.Recording;

/** What is read. */
sealed interface Source {
    /** Sound. */
    record Sound(Recording recording) implements Source {}

    /** Channels of a table. */
    record Steps(ChannelSequence sequence) implements Source {}

    /** Text. */
    record Letters(String text) implements Source {}

    /** What there is in a word, for messages. */
    default String kind() {
        return this instanceof Sound ? "recordings" : this instanceof Steps ? "series of channels" : "texts";
    }

    /**
     * As a network reads it.
     *
     * @throws IllegalArgumentException if it reads something else
     */
    default Item item(InputForm form) {
        if (this instanceof Sound sound && form instanceof InputForm.OfSound hears) {
            return hears.item(sound.recording);
        }
        if (this instanceof Steps steps && form instanceof InputForm.OfChannels scaled) {
            return scaled.channels().item(steps.sequence);
        }
        if (this instanceof Letters letters && form instanceof InputForm.OfText symbols) {
            return symbols.item(letters.text);
        }
        throw new IllegalArgumentException("expected what the model reads, " + form + ", found " + kind());
    }
}
