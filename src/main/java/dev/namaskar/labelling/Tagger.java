package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Evaluation;
import dev.namaskar.tasks.ExampleReader;
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
 * A network that gives every token of a sentence a tag, {@code p(tag_i | token_1 .. token_N)}. It reads the sentence
 * character by character, both ways, and says a token's tag at its last character, so that words are read which it has
 * never seen; or token by token. It never changes, and any number of threads may ask it at once; asking needs no native
 * library.
 */
public final class Tagger implements TaskModel {
    private final Model stored;
    private final InputForm.OfText input;
    private final LabelNames tags;

    private Tagger(Model stored, InputForm.OfText input, LabelNames tags) {
        input.require(stored.spec(), tags.size());
        this.stored = stored;
        this.input = input;
        this.tags = tags;
    }

    /**
     * The tagger that a stored model is.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it is not a tagger
     */
    static Tagger of(String name, Model stored) throws MalformedFileException {
        TaggerKind.TAG.require(name, stored);
        if (!(InputForm.of(name, stored) instanceof InputForm.OfText input)) {
            throw new MalformedFileException(name + ": expected a tagger of texts, found one of channels");
        }
        try {
            return new Tagger(stored, input, LabelNames.of(name, stored));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    /** A model that says all that makes it a tagger. */
    static Model stored(Model plain, InputForm input, LabelNames tags) {
        return tags.in(input.in(plain.withText(TaskKind.KEY, TaggerKind.TAG.name())));
    }

    /**
     * Learns a file of tagged sentences with the usual settings.
     *
     * @throws IOException if it cannot be read: it names the line
     */
    public static Tagger train(Path file) throws IOException {
        return training().on(file);
    }

    /** A training with other settings than the usual. */
    public static TaggerTraining training() {
        return new TaggerTraining();
    }

    /**
     * Reads a tagger.
     *
     * @throws MalformedFileException if the file is no model, or not a tagger
     */
    public static Tagger read(Path file) throws IOException {
        return of(file.toString(), ModelFile.read(file));
    }

    @Override
    public TaskKind kind() {
        return TaggerKind.TAG;
    }

    @Override
    public Model stored() {
        return stored;
    }

    /** The symbols that the network tells apart. */
    public Lexicon lexicon() {
        return input.lexicon();
    }

    /** The tags, in the order of the logits. */
    public List<String> tags() {
        return tags.names();
    }

    InputForm.OfText input() {
        return input;
    }

    /** Tags the words of a sentence, which blanks part. */
    public List<TokenTag> tag(String sentence) {
        return tag(List.of(Lexicon.Cut.WORD.symbols(sentence)), 1).get(0);
    }

    /**
     * Tags sentences, which are read together.
     *
     * @param sentences of one token or more
     * @param top how many of the likeliest tags are told
     */
    public List<List<TokenTag>> tag(List<List<String>> sentences, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("`top`: expected a whole number >= 1, found " + top);
        }
        double[][][] logs = logProbabilities(
                sentences.stream().map(tokens -> item(input.lexicon(), tokens)).toList(), GemmLibrary.JAVA);
        List<List<TokenTag>> all = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            int[] ends = ends(input.lexicon(), sentences.get(i));
            List<TokenTag> tagged = new ArrayList<>();
            for (int n = 0; n < ends.length; n++) {
                tagged.add(new TokenTag(sentences.get(i).get(n), tags.likeliest(logs[i][ends[n]], top)));
            }
            all.add(tagged);
        }
        return all;
    }

    private double[][][] logProbabilities(List<Item> items, GemmLibrary library) {
        ExampleReader reader = new ExampleReader(stored.network(), library)
                .load(stored.params().values());
        return LabelScores.of(reader, new ItemExamples(input.network(), true, items));
    }

    /** A sentence as the network reads it: its tokens, or their characters with a blank between tokens. */
    static Item item(Lexicon lexicon, List<String> tokens) {
        if (tokens.isEmpty() || tokens.contains("")) {
            throw new IllegalArgumentException("expected a sentence of one token or more to tag, found "
                    + (tokens.isEmpty() ? "none" : "an empty one"));
        }
        int[] symbols = lexicon.cut() == Lexicon.Cut.WORD
                ? tokens.stream().mapToInt(lexicon::indexOf).toArray()
                : lexicon.encode(String.join(" ", tokens));
        float[] weights = new float[symbols.length];
        for (int end : ends(lexicon, tokens)) {
            weights[end] = 1;
        }
        return Item.ofTokens(symbols, new int[symbols.length], weights);
    }

    /** The steps at which the tokens end. */
    static int[] ends(Lexicon lexicon, List<String> tokens) {
        int[] ends = new int[tokens.size()];
        int at = -1;
        for (int n = 0; n < ends.length; n++) {
            String token = tokens.get(n);
            at += lexicon.cut() == Lexicon.Cut.WORD ? 1 : token.codePointCount(0, token.length()) + (n > 0 ? 1 : 0);
            ends[n] = at;
        }
        return ends;
    }

    @Override
    public List<Prediction> predict(List<String> inputs, PredictionSettings settings) {
        List<List<TokenTag>> answers =
                tag(inputs.stream().map(Lexicon.Cut.WORD::symbols).toList(), settings.top());
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("input", inputs.get(i));
            fields.put("tokens", answers.get(i).stream().map(TokenTag::toMap).toList());
            all.add(new Prediction(
                    answers.get(i).stream()
                            .map(tagged -> tagged.token() + "/" + tagged.tag())
                            .collect(Collectors.joining(" ")),
                    fields));
        }
        return all;
    }

    @Override
    public Evaluation evaluate(Path file, @Nullable Charset encoding, PredictionSettings settings) throws IOException {
        return evaluate(file, encoding);
    }

    /**
     * How well the sentences of a file are tagged.
     *
     * @throws IOException if it cannot be read, or has a tag that the model does not know
     */
    public TaggingReport evaluate(Path file) throws IOException {
        return evaluate(file, (Charset) null);
    }

    private TaggingReport evaluate(Path file, @Nullable Charset encoding) throws IOException {
        try {
            return evaluate(TaggedSentence.read(file, encoding));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * How well sentences are tagged.
     *
     * @throws IllegalArgumentException if one has a tag that the model does not know
     */
    public TaggingReport evaluate(List<TaggedSentence> sentences) {
        double[][][] logs = logProbabilities(
                sentences.stream()
                        .map(sentence -> item(input.lexicon(), sentence.tokens()))
                        .toList(),
                GemmLibrary.best());
        List<double[]> perToken = new ArrayList<>();
        List<Integer> actual = new ArrayList<>();
        int whole = 0;
        for (int i = 0; i < sentences.size(); i++) {
            TaggedSentence sentence = sentences.get(i);
            int[] ends = ends(input.lexicon(), sentence.tokens());
            boolean right = true;
            for (int n = 0; n < ends.length; n++) {
                int tag = tags.require(sentence.tags().get(n), sentence.place());
                actual.add(tag);
                perToken.add(logs[i][ends[n]]);
                right &= ExampleReader.best(logs[i][ends[n]]) == tag;
            }
            whole += right ? 1 : 0;
        }
        return new TaggingReport(
                ClassificationReport.of(
                        tags.names(),
                        actual.stream().mapToInt(tag -> tag).toArray(),
                        perToken.toArray(double[][]::new)),
                sentences.size(),
                whole);
    }

    /** {@code tagger of 14 tags, 40 characters, 250000 parameters}. */
    @Override
    public String toString() {
        return "tagger of " + tags.size() + " tags, " + input + ", "
                + stored.params().values().length + " parameters";
    }
}
