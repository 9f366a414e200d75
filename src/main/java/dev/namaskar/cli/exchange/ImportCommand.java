package dev.namaskar.cli.exchange;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all imports have in common: the vocabulary that makes a network a text model, and where it goes. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
abstract class ImportCommand extends ReportingCommand {
    @Option(
            names = "--vocabulary",
            paramLabel = "VOCAB.json",
            description =
                    "The symbols as JSON: an array in the order of their indices, or char2idx or idx2char; makes it a"
                            + " text model.")
    private @Nullable Path vocabulary;

    @Option(names = "--out", required = true, paramLabel = "M", description = "The model file to write.")
    private Path out;

    @Mixin
    private OutputOptions output;

    /** Whether token ids are what the network reads. */
    final boolean tokens() {
        return vocabulary != null;
    }

    /** Says what there is to say of a model while it is read. */
    final void remark(String sentence) {
        note("note: " + sentence);
    }

    /** Reads a model of others. */
    interface Source {
        Model read() throws IOException;
    }

    /** Writes the model that is read from these files and says what it is. */
    final int write(Source source, @Nullable Path... inputs) throws IOException {
        Outputs outputs = output.reading(inputs).alsoReading(vocabulary);
        try (AtomicFile target = outputs.open(out, ModelFile.KIND)) {
            write(source.read(), target);
        }
        return 0;
    }

    private void write(Model read, AtomicFile target) throws IOException {
        Model model = read;
        if (vocabulary != null) {
            Vocabulary symbols = VocabularyJson.read(vocabulary);
            if (symbols.size() != model.spec().inputWidth()
                    || symbols.size() != model.spec().outputWidth()) {
                throw new IllegalArgumentException(vocabulary + ": expected the symbols of a network that reads "
                        + model.spec().inputWidth() + " and predicts "
                        + model.spec().outputWidth() + ", found "
                        + symbols.size());
            }
            model = model.withText(TextModelFile.VOCABULARY, VocabularyJson.write(symbols));
        }
        if (model.spec().tokens() && !model.texts().containsKey(TextModelFile.VOCABULARY)) {
            remark("without --vocabulary no text can be read or written with this model");
        } else if (model.spec().tokens()) {
            noteIfNotForWriting(model);
        }
        ModelFile.write(target, model);
        int parameters = model.params().values().length;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", out.toString());
        result.put("parameters", parameters);
        result.put("specification", model.spec().toMap());
        print(
                result,
                out + ": " + parameters + " parameters, "
                        + model.spec().layers().size() + " layers");
    }

    private void noteIfNotForWriting(Model model) {
        try {
            TextModelFile.of(out.toString(), model);
        } catch (MalformedFileException e) {
            remark("next and generate will refuse this model (" + e.getMessage() + ")");
        }
    }
}
