package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskModel;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What models have in common that give labels to what they read. */
abstract sealed class LabelModel implements TaskModel permits Classifier, Tagger, Transcriber {
    private final TaskKind kind;
    private final Model stored;
    final InputForm input;
    final LabelNames labels;
    final SequenceFile.@Nullable Columns columns;

    /**
     * The model that a stored one is.
     *
     * @param name stands for the file in errors
     * @param others outputs of the network that are no labels
     * @throws MalformedFileException if it is of another kind
     */
    LabelModel(TaskKind kind, String name, Model stored, int others) throws MalformedFileException {
        kind.require(name, stored);
        this.kind = kind;
        this.stored = stored;
        try {
            input = InputForm.of(name, stored);
            labels = LabelNames.of(name, stored);
            columns = InputForm.columns(name, stored);
            input.require(stored.spec(), labels.size() + others);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public final TaskKind kind() {
        return kind;
    }

    @Override
    public final Model stored() {
        return stored;
    }

    /** The symbols that the network tells apart; null where it reads no texts. */
    public final @Nullable Lexicon lexicon() {
        return input instanceof InputForm.OfText text ? text.lexicon() : null;
    }

    /** What the sequences of a file are called. */
    static List<String> numbered(String path, int sequences) {
        return IntStream.rangeClosed(1, sequences)
                .mapToObj(i -> path + ", sequence " + i)
                .toList();
    }

    /** {@code classifier of 18 labels, 79 characters, 150000 parameters}. */
    final String text(String ofLabels) {
        return kind.modelName() + " of " + labels.size() + " " + ofLabels + ", " + input + ", "
                + stored.params().values().length + " parameters";
    }
}
