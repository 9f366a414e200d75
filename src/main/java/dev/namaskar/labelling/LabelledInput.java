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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input with the label, or the labels in their order, that it is known to have.
 *
 * @param source what is read
 * @param name what it is called; for a transcriber, a text that stands there twice has two right answers
 * @param labels as they stand in a file
 * @param place where, for messages
 */
record LabelledInput(Source source, String name, String labels, String place) {
    /** A text of a file, or of a program. */
    static LabelledInput of(LabelledText text) {
        return new LabelledInput(new Source.Letters(text.text()), text.text(), text.label(), text.place());
    }

    /** Series of channels, called by their numbers. */
    static List<LabelledInput> of(List<ChannelSequence> sequences) {
        List<LabelledInput> all = new ArrayList<>();
        for (ChannelSequence sequence : sequences) {
            String place = "sequence " + (all.size() + 1);
            all.add(new LabelledInput(new Source.Steps(sequence), place, sequence.label(), place));
        }
        return all;
    }

    /** What tells it from others, wherever it stands. */
    String content() {
        return source instanceof Source.Steps steps
                ? Arrays.toString(steps.sequence().values())
                : name;
    }

    /**
     * Reads a file of examples: a table where its columns are named, one of sktime's, or lines of an input, a tab and its
     * labels, where inputs that are all names of WAV files are recordings.
     */
    static List<LabelledInput> read(Path file, SequenceFile.@Nullable Columns columns, @Nullable Charset encoding)
            throws IOException {
        if (columns != null || SequenceFile.isSktime(file)) {
            return of(SequenceFile.read(file, columns, encoding));
        }
        List<LabelledText> lines = LabelledText.read(file, encoding);
        return Sounds.are(lines)
                ? sounds(file, lines)
                : lines.stream().map(LabelledInput::of).toList();
    }

    /**
     * Reads the recordings that a file lists.
     *
     * @throws IOException naming the line and the recording that cannot be read
     */
    static List<LabelledInput> sounds(Path list, List<LabelledText> lines) throws IOException {
        List<LabelledInput> all = new ArrayList<>();
        for (LabelledText line : lines) {
            Recording recording = Sounds.read(list, line);
            all.add(new LabelledInput(new Source.Sound(recording), line.text(), line.label(), line.place()));
        }
        return all;
    }
}
