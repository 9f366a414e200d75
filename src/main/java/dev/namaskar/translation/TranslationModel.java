package dev.namaskar.translation;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Evaluation;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskModel;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network that writes a text for a text, {@code p(y_1 .. y_n | x_1 .. x_T)}: a translation, a pronunciation, a date in
 * another form. It never changes, and any number of threads may ask it at once; asking needs no native library.
 *
 * <pre>{@code
 * TranslationModel model = TranslationModel.train(Path.of("pronunciations.tsv"));
 * model.translate("namaskar", 3);
 * }</pre>
 */
public final class TranslationModel implements TaskModel {
    private static final String SOURCE = "source_symbols";

    private final TargetModel writer;
    private final Lexicon sources;

    private TranslationModel(TargetModel writer, Lexicon sources) {
        if (!writer.model().encoder().spec().tokens()
                || writer.model().encoder().spec().inputWidth() != sources.size()) {
            throw new IllegalArgumentException("expected an encoder that reads " + sources.size()
                    + " symbols (the sources' and the unknown), found one that reads "
                    + writer.model().encoder().spec().inputWidth());
        }
        this.writer = writer;
        this.sources = sources;
    }

    /**
     * The translation model that a stored model is.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it is none
     */
    static TranslationModel of(String name, Model stored) throws MalformedFileException {
        TranslateKind.TRANSLATE.require(name, stored);
        try {
            return new TranslationModel(
                    TargetModel.of(name, stored),
                    Lexicon.fromJson(name + ": " + SOURCE, stored.texts().getOrDefault(SOURCE, "")));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    /** A model that says that it translates, and from which symbols. */
    static Model stored(Model plain, Lexicon sources) {
        return plain.withText(TaskKind.KEY, TranslateKind.TRANSLATE.name()).withText(SOURCE, sources.toJson());
    }

    /**
     * Learns a file of pairs, {@code source TAB target} a line, with the usual settings; see {@link TranslationTraining}.
     *
     * @throws IOException if it cannot be read: it names the line
     */
    public static TranslationModel train(Path file) throws IOException {
        return training().on(file);
    }

    /** A training with other settings than the usual. */
    public static TranslationTraining training() {
        return new TranslationTraining();
    }

    /**
     * Reads a translation model.
     *
     * @throws MalformedFileException if the file is no model, or not a translation model
     */
    public static TranslationModel read(Path file) throws IOException {
        return of(file.toString(), ModelFile.read(file));
    }

    @Override
    public TaskKind kind() {
        return TranslateKind.TRANSLATE;
    }

    @Override
    public Model stored() {
        return writer.stored();
    }

    /** Encoder, bridge and decoder. */
    public EncoderDecoder network() {
        return writer.model();
    }

    /** The symbols of sources. */
    public Lexicon sources() {
        return sources;
    }

    /** The symbols of targets. */
    public Lexicon targets() {
        return writer.targets().lexicon();
    }

    /**
     * The best translations of a text, best first; fewer than asked where the search finds no more.
     *
     * @param best how many at most
     * @throws IllegalArgumentException if the text is blank
     */
    public List<Translation> translate(String source, int best) {
        return translate(List.of(source), Decoding.USUAL.withBest(best)).get(0);
    }

    /** The same of many texts, which are read together, searched for in this way. */
    public List<List<Translation>> translate(List<String> texts, Decoding how) {
        return writer.write(texts.stream().map(this::source).toList(), how, GemmLibrary.JAVA);
    }

    private Source source(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected a text of at least one symbol to translate, found none");
        }
        return Source.of(sources.encode(text));
    }

    /**
     * How each symbol of a target, and its end, attends to the symbols of its source; a row's weights add up to 1.
     *
     * @return {@code [target symbols + 1][source symbols]}
     */
    public float[][] attention(String source, String target) {
        return writer.attention(source(source), target);
    }

    @Override
    public List<Prediction> predict(List<String> inputs, PredictionSettings settings) {
        List<List<Translation>> answers = translate(inputs, TargetModel.decoding(settings));
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            all.add(prediction(inputs.get(i), answers.get(i), unknown(inputs.get(i))));
        }
        return all;
    }

    /** The symbols of a text that the model has not met, each once: what it says of them is a guess. */
    private List<String> unknown(String text) {
        return sources.cut().symbols(text).stream()
                .filter(symbol -> sources.indexOf(symbol) == sources.unknown())
                .distinct()
                .toList();
    }

    static Prediction prediction(String input, List<Translation> best, List<String> unknown) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("input", input);
        if (!unknown.isEmpty()) {
            fields.put("unknown_symbols", unknown);
        }
        if (!best.isEmpty()) {
            fields.putAll(best.get(0).toMap());
        }
        fields.put("translations", best.stream().map(Translation::toMap).toList());
        String line = best.size() == 1
                ? best.get(0).text()
                : best.stream().map(Translation::toString).collect(Collectors.joining(", "));
        String guess = unknown.isEmpty() ? "" : "\t(unknown: " + String.join(" ", unknown) + ")";
        return new Prediction(input + "\t" + line + guess, fields);
    }

    @Override
    public Evaluation evaluate(Path file, @Nullable Charset encoding, PredictionSettings settings) throws IOException {
        return evaluate(TextPair.read(file, encoding), TargetModel.decoding(settings));
    }

    /** How well the pairs of a file are translated. */
    public TranslationReport evaluate(Path file) throws IOException {
        return evaluate(TextPair.read(file, null), Decoding.USUAL);
    }

    /** How well pairs are translated; a translation is right if it equals any target of its source. */
    public TranslationReport evaluate(List<TextPair> pairs, Decoding how) {
        List<String> keys = pairs.stream().map(TextPair::source).toList();
        return writer.evaluate(
                keys.stream().map(this::source).toList(),
                keys,
                pairs.stream().map(TextPair::target).toList(),
                how);
    }

    @Override
    public String toString() {
        return "translation model from " + sources + " to " + targets() + ", "
                + stored().params().values().length + " parameters";
    }
}
