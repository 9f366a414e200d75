package dev.namaskar.labelling;

import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.internal.Sounds;
import dev.namaskar.speech.Recording;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input of a transcriber with the labels that it is known to have.
 *
 * @param source what is read
 * @param input what it is called; a text that stands there twice has two right answers
 * @param labels as they stand in a file
 * @param place where, for messages
 */
record Spoken(Source source, String input, String labels, String place) {
    /** What is read. */
    sealed interface Source {
        /** What there is in a word, for messages. */
        String kind();
    }

    /** Sound. */
    record Sound(Recording recording) implements Source {
        @Override
        public String kind() {
            return "recordings";
        }
    }

    /** Channels of a table. */
    record Steps(ChannelSequence sequence) implements Source {
        @Override
        public String kind() {
            return "series of channels";
        }
    }

    /** Text. */
    record Letters(String text) implements Source {
        @Override
        public String kind() {
            return "texts";
        }
    }

    /**
     * Reads a file of examples: a table where its columns are named, one of sktime's, or lines of an input, a tab and its
     * labels, where inputs that are all names of WAV files are recordings.
     */
    static List<Spoken> read(Path file, SequenceFile.@Nullable Columns columns, @Nullable Charset encoding)
            throws IOException {
        List<Spoken> all = new ArrayList<>();
        if (columns != null || SequenceFile.isSktime(file)) {
            for (ChannelSequence sequence : SequenceFile.read(file, columns, encoding)) {
                String place = "sequence " + (all.size() + 1);
                all.add(new Spoken(new Steps(sequence), place, sequence.label(), place));
            }
            return all;
        }
        List<LabelledText> lines = LabelledText.read(file, encoding);
        if (!Sounds.are(lines)) {
            lines.forEach(
                    line -> all.add(new Spoken(new Letters(line.text()), line.text(), line.label(), line.place())));
            return all;
        }
        for (Sounds.Labelled heard : Sounds.read(file, lines)) {
            all.add(new Spoken(new Sound(heard.recording()), heard.name(), heard.label(), heard.place()));
        }
        return all;
    }
}
