package dev.namaskar.labelling;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.symbols.Lexicon;
import java.util.List;

/**
 * What else a transcriber remembers.
 *
 * @param unit what one label is: what stands between blanks, or a code point
 * @param repeat steps for each symbol of a text, which may become as many labels; 1 where no texts are read
 */
record TranscriptionForm(Lexicon.Cut unit, int repeat) {
    /** The text of a model that holds it. */
    private static final String TEXT = "transcription";

    private static final int MOST = 100;

    TranscriptionForm {
        if (repeat < 1 || repeat > MOST) {
            throw new IllegalArgumentException("`repeat`: expected 1 to " + MOST + ", found " + repeat);
        }
    }

    /** Labels as a text. */
    String text(List<String> labels) {
        return String.join(unit == Lexicon.Cut.WORD ? " " : "", labels);
    }

    /** A source as the network reads it. */
    Item item(InputForm input, Source source) {
        Item item = source.item(input);
        return repeat == 1 ? item : item.repeated(repeat);
    }

    Model in(Model model) {
        return model.withText(TEXT, Json.write(RecordCodec.PLAIN.write(this)));
    }

    static TranscriptionForm of(String name, Model stored) throws MalformedFileException {
        String what = name + ": " + TEXT;
        try {
            return RecordCodec.PLAIN.read(
                    TEXT,
                    TranscriptionForm.class,
                    Json.readObject(what, stored.texts().getOrDefault(TEXT, "{}")));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(what + ": " + e.getMessage(), e);
        }
    }
}
