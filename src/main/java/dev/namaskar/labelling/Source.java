package dev.namaskar.labelling;

import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.speech.Recording;

/** What is read: each kind says how it becomes what a network reads. */
sealed interface Source {
    /** What there is in a word, for messages. */
    String kind();

    /**
     * As a network reads it.
     *
     * @throws IllegalArgumentException if it reads something else
     */
    Item item(InputForm form);

    /** What to say where a network reads something else. */
    default IllegalArgumentException notRead(InputForm form) {
        return new IllegalArgumentException("expected what the model reads, " + form + ", found " + kind());
    }

    /** Sound. */
    record Sound(Recording recording) implements Source {
        @Override
        public String kind() {
            return "recordings";
        }

        @Override
        public Item item(InputForm form) {
            if (form instanceof InputForm.OfSound hears) {
                return hears.item(recording);
            }
            throw notRead(form);
        }
    }

    /** Channels of a table. */
    record Steps(ChannelSequence sequence) implements Source {
        @Override
        public String kind() {
            return "series of channels";
        }

        @Override
        public Item item(InputForm form) {
            if (form instanceof InputForm.OfChannels scaled) {
                return scaled.channels().item(sequence);
            }
            throw notRead(form);
        }
    }

    /** Text. */
    record Letters(String text) implements Source {
        @Override
        public String kind() {
            return "texts";
        }

        @Override
        public Item item(InputForm form) {
            if (form instanceof InputForm.OfText symbols) {
                return symbols.item(text);
            }
            throw notRead(form);
        }
    }
}
