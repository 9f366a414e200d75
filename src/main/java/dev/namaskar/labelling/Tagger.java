package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.data.TaggedSentence;
import dev.namaskar.labelling.data.TaggedSeries;
import dev.namaskar.labelling.data.TokenTag;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.ItemExamples;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.labelling.internal.LabelScores;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Evaluation;
import dev.namaskar.tasks.ExampleReader;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.train.run.DataFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A network that gives every token of a sentence a tag, {@code p(tag_i | token_1 .. token_N)}. It reads the sentence
 * character by character, both ways, and says a token's tag at its last character, so that words are read which it has
 * never seen; or token by token; or it tags every step of a series of channels, such as the frames of a film. It never changes, and any number of threads may ask it at once; asking needs no native
 * library.
 */
public final class Tagger extends LabelModel {
    /**
     * The tagger that a stored model is.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it is not a tagger
     */
    Tagger(String name, Model stored) throws MalformedFileException {
        super(TaggerKind.TAG, name, stored, 0);
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
        return new Tagger(file.toString(), ModelFile.read(file));
    }

    /** The tags, in the order of the logits. */
    public List<String> tags() {
        return labels.names();
    }

    private Lexicon symbols() {
        if (input instanceof InputForm.OfText text) {
            return text.lexicon();
        }
        throw new IllegalArgumentException(
                "expected series of channels to tag, as this model reads " + input + ", found a sentence");
    }

    private Item item(ChannelSequence series) {
        if (input instanceof InputForm.OfChannels form) {
            Item item = form.channels().item(series);
            return everyStep(item, new int[item.steps()]);
        }
        throw new IllegalArgumentException(
                "expected sentences to tag, as this model reads " + input + ", found a series of channels");
    }

    /** An item of channels whose every step has a class. */
    static Item everyStep(Item item, int[] classes) {
        float[] weights = new float[item.steps()];
        Arrays.fill(weights, 1);
        return new Item(item.tokens(), item.values(), item.steps(), classes, weights);
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
        Lexicon lexicon = symbols();
        double[][][] logs = logProbabilities(
                sentences.stream().map(tokens -> item(lexicon, tokens)).toList(), GemmLibrary.JAVA);
        List<List<TokenTag>> all = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            all.add(tagged(sentences.get(i), ends(lexicon, sentences.get(i)), logs[i], top));
        }
        return all;
    }

    /**
     * Tags every step of series of channels; a token is the number of a step, counted from 1.
     *
     * @param top how many of the likeliest tags are told
     */
    public List<List<TokenTag>> tagChannels(List<ChannelSequence> series, int top) {
        double[][][] logs = logProbabilities(series.stream().map(this::item).toList(), GemmLibrary.JAVA);
        List<List<TokenTag>> all = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            int[] steps = IntStream.range(0, series.get(i).steps()).toArray();
            all.add(tagged(
                    IntStream.of(steps).mapToObj(t -> String.valueOf(t + 1)).toList(), steps, logs[i], top));
        }
        return all;
    }

    private List<TokenTag> tagged(List<String> tokens, int[] ends, double[][] logs, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("`top`: expected a whole number >= 1, found " + top);
        }
        List<TokenTag> tagged = new ArrayList<>();
        for (int n = 0; n < ends.length; n++) {
            tagged.add(new TokenTag(tokens.get(n), labels.likeliest(logs[ends[n]], top)));
        }
        return tagged;
    }

    private double[][][] logProbabilities(List<Item> items, GemmLibrary library) {
        return LabelScores.of(stored(), new ItemExamples(input.network(), true, items), library);
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
    public List<Prediction> predict(List<String> inputs, PredictionSettings settings) throws IOException {
        if (input instanceof InputForm.OfText) {
            return predictions(
                    inputs, tag(inputs.stream().map(Lexicon.Cut.WORD::symbols).toList(), settings.top()));
        }
        List<Prediction> all = new ArrayList<>();
        for (String path : inputs) {
            List<ChannelSequence> series = SequenceFile.isSktime(Path.of(path)) || columns == null
                    ? SequenceFile.sktime(Path.of(path), null)
                    : SequenceFile.table(Path.of(path), new SequenceFile.Columns(columns.group(), ""), null);
            all.addAll(predictions(numbered(path, series.size()), tagChannels(series, settings.top())));
        }
        return all;
    }

    private static List<Prediction> predictions(List<String> inputs, List<List<TokenTag>> answers) {
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
     * How well the sentences, or the steps of the series, of a file are tagged.
     *
     * @throws IOException if it cannot be read, or has a tag that the model does not know
     */
    public TaggingReport evaluate(Path file) throws IOException {
        return evaluate(file, (Charset) null);
    }

    private TaggingReport evaluate(Path file, @Nullable Charset encoding) throws IOException {
        try {
            if (input instanceof InputForm.OfText) {
                return evaluate(TaggedSentence.read(file, encoding));
            }
            if (columns == null) {
                throw new IOException(file + ": this model does not know the columns of a table to be read");
            }
            return evaluateChannels(SequenceFile.tagged(file, columns, encoding));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    /**
     * How well sentences are tagged.
     *
     * @throws IllegalArgumentException if one has a tag that the model does not know
     */
    public TaggingReport evaluate(List<TaggedSentence> sentences) {
        Lexicon lexicon = symbols();
        List<Item> items = new ArrayList<>();
        for (TaggedSentence sentence : sentences) {
            items.add(item(lexicon, sentence, labels));
        }
        return report(items);
    }

    /** How well the steps of series of channels are tagged. */
    public TaggingReport evaluateChannels(List<TaggedSeries> series) {
        List<Item> items = new ArrayList<>();
        for (TaggedSeries one : series) {
            items.add(everyStep(item(one.series()), labels.require(one.tags(), "sequence " + (items.size() + 1))));
        }
        return report(items);
    }

    /** A sentence with the classes of its tokens. */
    static Item item(Lexicon lexicon, TaggedSentence sentence, LabelNames tags) {
        Item item = item(lexicon, sentence.tokens());
        int[] ends = ends(lexicon, sentence.tokens());
        int[] classes = tags.require(sentence.tags(), sentence.place());
        for (int n = 0; n < ends.length; n++) {
            item.classes()[ends[n]] = classes[n];
        }
        return item;
    }

    private TaggingReport report(List<Item> items) {
        double[][][] logs = logProbabilities(items, GemmLibrary.best());
        List<double[]> perToken = new ArrayList<>();
        List<Integer> actual = new ArrayList<>();
        int whole = 0;
        for (int i = 0; i < logs.length; i++) {
            boolean right = true;
            for (int t = 0; t < logs[i].length; t++) {
                if (items.get(i).weights()[t] > 0) {
                    int tag = items.get(i).classes()[t];
                    actual.add(tag);
                    perToken.add(logs[i][t]);
                    right &= ExampleReader.best(logs[i][t]) == tag;
                }
            }
            whole += right ? 1 : 0;
        }
        return new TaggingReport(
                ClassificationReport.of(
                        labels.names(),
                        actual.stream().mapToInt(tag -> tag).toArray(),
                        perToken.toArray(double[][]::new)),
                logs.length,
                whole);
    }

    /** {@code tagger of 14 tags, 40 characters, 250000 parameters}. */
    @Override
    public String toString() {
        return text("tags");
    }
}
