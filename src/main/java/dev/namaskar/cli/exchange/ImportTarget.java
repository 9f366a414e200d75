package dev.namaskar.cli.exchange;

import dev.namaskar.cli.options.Failure;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Outputs;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What all imports have in common: the vocabulary that makes a network a text model, and where it goes. */
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
final class ImportTarget {
    @Option(
            names = "--vocabulary",
            paramLabel = "VOCAB.json",
            description =
                    "The symbols as JSON: an array in the order of their indices, or char2idx or idx2char; makes it a"
                            + " text model.")
    private @Nullable Path vocabulary;

    @Option(names = "--out", required = true, paramLabel = "M", description = "The model file to write.")
    private Path out;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    /** Whether token ids are what the network reads. */
    boolean tokens() {
        return vocabulary != null;
    }

    @Mixin
    private OutputOptions output;

    /** Takes what there is to say of a model while it is read. */
    Consumer<String> notes(CommandSpec spec) {
        return note -> spec.commandLine().getErr().println("note: " + Failure.optioned(note));
    }

    /** Reads a model of others. */
    interface Source {
        Model read() throws IOException;
    }

    /** Writes the model that is read from these files and says what it is. */
    int write(CommandSpec spec, Source source, @Nullable Path... inputs) throws IOException {
        Outputs outputs = output.reading(inputs).alsoReading(vocabulary);
        try (AtomicFile target = outputs.open(out, ModelFile.KIND)) {
            write(spec, source.read(), target);
        }
        return 0;
    }

    private void write(CommandSpec spec, Model read, AtomicFile target) throws IOException {
        Model model = read;
        if (vocabulary != null) {
            Vocabulary symbols = VocabularyJson.read(vocabulary);
            if (symbols.size() != model.spec().inputWidth()
                    || symbols.size() != model.spec().outputWidth()) {
                throw new IllegalArgumentException(vocabulary + ": expected the symbols of a network that reads "
                        + model.spec().inputWidth() + " and foresees "
                        + model.spec().outputWidth() + ", found "
                        + symbols.size());
            }
            model = model.withText(TextModelFile.VOCABULARY, VocabularyJson.write(symbols));
        }
        PrintWriter err = spec.commandLine().getErr();
        if (model.spec().tokens() && !model.texts().containsKey(TextModelFile.VOCABULARY)) {
            err.println("note: without --vocabulary no text can be read or written with this model");
        } else if (model.spec().tokens()) {
            noteIfNotForWriting(model, err);
        }
        ModelFile.write(target, model);
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("model", out.toString());
            result.put("parameters", model.params().values().length);
            result.put("specification", model.spec().toMap());
            to.println(Json.write(result));
        } else {
            to.println(out + ": " + model.params().values().length + " parameters, "
                    + model.spec().layers().size() + " layers");
        }
    }

    private void noteIfNotForWriting(Model model, PrintWriter err) {
        try {
            TextModelFile.of(out.toString(), model);
        } catch (MalformedFileException e) {
            err.println("note: next and generate will refuse this model (" + e.getMessage() + ")");
        }
    }
}
