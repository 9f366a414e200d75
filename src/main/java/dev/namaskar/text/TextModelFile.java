package dev.namaskar.text;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Character models in {@link ModelFile model files}: the network, its parameters, those of an ensemble's further networks,
 * and the vocabulary beside them. */
public final class TextModelFile {
    /** The text of a {@link Model} that holds the vocabulary, as {@link VocabularyJson} writes it. */
    public static final String VOCABULARY = "vocabulary";

    /** The texts that say where a model is from; a checkpoint has others beside them. */
    private static final Set<String> ORIGIN = Set.of("corpus", "run");

    /** The text of a {@link Model} that holds how many symbols are read for the next, where they are bounded. */
    public static final String WINDOW = "window";

    private TextModelFile() {}

    /** The model with its vocabulary and where it is from. */
    public static Model model(CharacterModel text) {
        List<CharacterModel> members = text.members();
        List<Params> params = members.stream().map(CharacterModel::params).toList();
        Model model = new Model(
                        Map.of("", members.get(0).network()),
                        params.get(0),
                        text.origin(),
                        params.subList(1, params.size()))
                .withText(VOCABULARY, VocabularyJson.write(text.vocabulary()));
        return text.window() == 0 ? model : model.withText(WINDOW, Integer.toString(text.window()));
    }

    /** Writes a character model. */
    public static void write(Path target, CharacterModel text) throws IOException {
        ModelFile.write(target, model(text));
    }

    /**
     * Reads a character model.
     *
     * @throws MalformedFileException if the file is no model, or not one of text
     */
    public static CharacterModel read(Path path) throws IOException {
        return of(path.toString(), ModelFile.read(path));
    }

    /**
     * The character model that a model is.
     *
     * @param name stands for the file in errors
     */
    public static CharacterModel of(String name, Model model) throws MalformedFileException {
        Vocabulary vocabulary = vocabulary(name, model);
        try {
            String window = model.texts().getOrDefault(WINDOW, "0");
            if (!window.matches("[0-9]{1,9}")) {
                throw new MalformedFileException(
                        name + ": expected a number of symbols as \"" + WINDOW + "\", found " + Json.kind(window));
            }
            Map<String, String> origin = new TreeMap<>(model.texts());
            origin.keySet().retainAll(ORIGIN);
            return TextEnsemble.of(model, vocabulary, Integer.parseInt(window)).withOrigin(origin);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The vocabulary of a model of text, whatever its network.
     *
     * @param name stands for the file in errors
     */
    public static Vocabulary vocabulary(String name, Model model) throws MalformedFileException {
        String vocabulary = model.texts().get(VOCABULARY);
        if (vocabulary == null) {
            throw new MalformedFileException(name + ": expected a text model, found one without a vocabulary"
                    + (model.texts().isEmpty()
                            ? ""
                            : " but with " + model.texts().keySet()));
        }
        return VocabularyJson.read(name + ": " + VOCABULARY, vocabulary);
    }
}
