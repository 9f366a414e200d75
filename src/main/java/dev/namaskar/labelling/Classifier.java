package dev.namaskar.labelling;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.symbols.VocabularyJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A network that gives a text one of several labels, {@code p(label | x_1 .. x_T)}, character by character read. It never
 * changes, and any number of threads may ask it at once; asking needs no native library.
 *
 * <pre>{@code
 * Classifier model = Classifier.train(Path.of("surnames.tsv"));
 * model.classify("Yamamoto", 3);
 * }</pre>
 *
 * <p>Characters that the training texts did not have are one symbol more, which the network has met: in training,
 * characters that occur but once stand for it.
 */
public final class Classifier {
    /** The text of a {@link Model} that holds the labels. */
    public static final String LABELS = "labels";

    private static final String VOCABULARY = "vocabulary";
    private static final String TASK = "task";
    private static final String CLASSIFY = "classify";

    private final Network network;
    private final Params params;
    private final Vocabulary vocabulary;
    private final List<String> labels;

    /**
     * A classifier of these parameters, which must not change any more.
     *
     * @throws IllegalArgumentException if the network does not read one symbol more than the vocabulary has, or does not
     *     give a logit for each label
     */
    public Classifier(Network network, Params params, Vocabulary vocabulary, List<String> labels) {
        NetworkSpec spec = network.spec();
        if (!spec.tokens() || spec.inputWidth() != vocabulary.size() + 1 || spec.outputWidth() != labels.size()) {
            throw new IllegalArgumentException("expected a network that reads " + (vocabulary.size() + 1)
                    + " symbols (the vocabulary's and the unknown) and gives " + labels.size()
                    + " logits (a label each), found one that reads " + spec.inputWidth() + " and gives "
                    + spec.outputWidth());
        }
        this.network = network;
        this.params = params;
        this.vocabulary = vocabulary;
        this.labels = List.copyOf(labels);
    }

    /**
     * Learns a file of labelled texts with the usual settings; see {@link ClassifierTraining}.
     *
     * @throws IOException if it cannot be read: it names the line
     */
    public static Classifier train(Path file) throws IOException {
        return training().on(file);
    }

    /** A training with other settings than the usual. */
    public static ClassifierTraining training() {
        return new ClassifierTraining();
    }

    /** The network's layout. */
    public Network network() {
        return network;
    }

    /** The parameters; not to be changed. */
    public Params params() {
        return params;
    }

    /** The characters that the network tells apart. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The labels, in the order of the logits. */
    public List<String> labels() {
        return labels;
    }

    /** The symbols of a text; what the vocabulary lacks is the symbol behind its last. */
    static int[] encode(Vocabulary vocabulary, String text) {
        return text.codePoints()
                .map(vocabulary::indexOf)
                .map(index -> index < 0 ? vocabulary.size() : index)
                .toArray();
    }

    /**
     * The likeliest labels of a text, likeliest first, of equals the earlier first.
     *
     * @param top how many at most
     * @throws IllegalArgumentException if the text is empty
     */
    public List<LabelProbability> classify(String text, int top) {
        return classify(List.of(text), top).get(0);
    }

    /** The same of many texts, which are read together. */
    public List<List<LabelProbability>> classify(List<String> texts, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("top: expected at least 1, found " + top);
        }
        texts.forEach(Classifier::requireText);
        LabelScores scores = new LabelScores(network, GemmLibrary.JAVA).load(params.values());
        return scores
                .logProbabilities(
                        texts.stream().map(text -> encode(vocabulary, text)).toList())
                .stream()
                .map(row -> likeliest(row, top))
                .toList();
    }

    private static void requireText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a text of at least one character to classify, found none");
        }
    }

    private List<LabelProbability> likeliest(double[] logs, int top) {
        return IntStream.range(0, logs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -logs[k]))
                .limit(top)
                .map(k -> new LabelProbability(labels.get(k), Math.exp(logs[k])))
                .toList();
    }

    /**
     * How well the texts of a file are classified.
     *
     * @throws IOException if it cannot be read, or has a label that the model does not know
     */
    public ClassificationReport evaluate(Path file) throws IOException {
        try {
            return evaluate(LabelledText.read(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * How well texts are classified.
     *
     * @throws IllegalArgumentException if one has a label that the model does not know
     */
    public ClassificationReport evaluate(List<LabelledText> texts) {
        int[] classes = new int[texts.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = labels.indexOf(texts.get(i).label());
            if (classes[i] < 0) {
                throw new IllegalArgumentException("expected labels that the model knows, " + labels + ", found \""
                        + texts.get(i).label() + "\" in example " + (i + 1));
            }
        }
        LabelScores scores = new LabelScores(network, GemmLibrary.best()).load(params.values());
        List<double[]> logs = scores.logProbabilities(
                texts.stream().map(text -> encode(vocabulary, text.text())).toList());
        int[][] confusion = new int[labels.size()][labels.size()];
        double nats = 0;
        for (int i = 0; i < classes.length; i++) {
            confusion[classes[i]][LabelScores.best(logs.get(i))]++;
            nats -= logs.get(i)[classes[i]];
        }
        return new ClassificationReport(labels, confusion, nats / classes.length);
    }

    /** Writes the model; what was there before stays until the new file is complete. */
    public void write(Path target) throws IOException {
        ModelFile.write(
                target,
                new Model(network, params)
                        .withText(TASK, CLASSIFY)
                        .withText(VOCABULARY, VocabularyJson.write(vocabulary))
                        .withText(LABELS, Json.write(labels)));
    }

    /**
     * Reads a classifier.
     *
     * @throws MalformedFileException if the file is no model, or not a classifier
     */
    public static Classifier read(Path file) throws IOException {
        Model model = ModelFile.read(file);
        String vocabulary = model.texts().get(VOCABULARY);
        String labels = model.texts().get(LABELS);
        if (vocabulary == null
                || labels == null
                || !CLASSIFY.equals(model.texts().get(TASK))) {
            throw new MalformedFileException(file + ": expected a classifier, found a model with "
                    + model.texts().keySet());
        }
        try {
            return new Classifier(
                    model.network(),
                    model.params(),
                    VocabularyJson.read(file + ": " + VOCABULARY, vocabulary),
                    texts(file + ": " + LABELS, labels));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<String> texts(String what, String json) throws MalformedFileException {
        List<String> texts = new ArrayList<>();
        for (@Nullable Object label : Json.array(what, Json.read(what, json))) {
            if (!(label instanceof String text) || text.isEmpty() || texts.contains(text)) {
                throw new MalformedFileException(
                        what + ": expected labels, each a text of its own, found " + Json.kind(label));
            }
            texts.add(text);
        }
        return texts;
    }

    @Override
    public String toString() {
        return "Classifier[" + labels.size() + " labels, " + vocabulary.size() + " characters, "
                + network.params().size() + " parameters]";
    }
}
