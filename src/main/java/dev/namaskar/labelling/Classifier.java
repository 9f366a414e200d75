package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelProbability;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.ItemExamples;
import dev.namaskar.labelling.internal.LabelScores;
import dev.namaskar.speech.Recording;
import dev.namaskar.tasks.Evaluation;
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
import org.jspecify.annotations.Nullable;

/**
 * A network that gives a whole sequence one of several labels, {@code p(label | x_1 .. x_T)}: a text, read by character
 * or by word, a series of channels, or a recording. It never changes, and any number of threads may ask it at once; asking needs no
 * native library.
 *
 * <pre>{@code
 * Classifier model = Classifier.train(Path.of("surnames.tsv"));
 * model.classify("Yamamoto", 3);
 * }</pre>
 *
 * <p>Symbols that the training texts did not have are one symbol more, which the network has met: in training,
 * symbols that occur but once stand for it.
 */
public final class Classifier extends LabelModel {
    /**
     * The classifier that a stored model is.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it is not a classifier
     */
    Classifier(String name, Model stored) throws MalformedFileException {
        super(ClassifierKind.CLASSIFY, name, stored, 0);
    }

    /**
     * Learns a file of labelled texts, or one of sktime's, with the usual settings; see {@link ClassifierTraining}.
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

    /**
     * Reads a classifier.
     *
     * @throws MalformedFileException if the file is no model, or not a classifier
     */
    public static Classifier read(Path file) throws IOException {
        return new Classifier(file.toString(), ModelFile.read(file));
    }

    /** The labels, in the order of the logits. */
    public List<String> labels() {
        return labels.names();
    }

    /**
     * The likeliest labels of a text, likeliest first, of equals the earlier first.
     *
     * @param top how many at most
     * @throws IllegalArgumentException if the text is empty, or the model reads channels
     */
    public List<LabelProbability> classify(String text, int top) {
        return classify(List.of(text), top).get(0);
    }

    /** The same of many texts, which are read together. */
    public List<List<LabelProbability>> classify(List<String> texts, int top) {
        return likeliest(
                texts.stream().map(text -> new Source.Letters(text).item(input)).toList(), top);
    }

    /**
     * The likeliest labels of series of channels, likeliest first.
     *
     * @throws IllegalArgumentException if the model reads texts, or other channels
     */
    public List<List<LabelProbability>> classifyChannels(List<ChannelSequence> sequences, int top) {
        return likeliest(
                sequences.stream().map(one -> new Source.Steps(one).item(input)).toList(), top);
    }

    /**
     * The likeliest labels of a recording, likeliest first.
     *
     * @throws IllegalArgumentException if the model reads no recordings, or hears higher than this one goes
     */
    public List<LabelProbability> classify(Recording recording, int top) {
        return likeliest(List.of(new Source.Sound(recording).item(input)), top).get(0);
    }

    List<List<LabelProbability>> likeliest(List<Item> items, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("`top`: expected a whole number >= 1, found " + top);
        }
        return Arrays.stream(logProbabilities(items, GemmLibrary.JAVA))
                .map(row -> labels.likeliest(row, top))
                .toList();
    }

    private double[][] logProbabilities(List<Item> items, GemmLibrary library) {
        return Arrays.stream(LabelScores.of(stored(), new ItemExamples(input.network(), false, items), library))
                .map(logs -> logs[0])
                .toArray(double[][]::new);
    }

    @Override
    public List<Prediction> predict(List<String> inputs, PredictionSettings settings) throws IOException {
        if (input instanceof InputForm.OfText) {
            return predictions(inputs, classify(inputs, settings.top()));
        }
        if (input instanceof InputForm.OfSound sound) {
            List<Item> items = new ArrayList<>();
            for (String path : inputs) {
                items.add(sound.item(Path.of(path)));
            }
            return predictions(inputs, likeliest(items, settings.top()));
        }
        List<Prediction> all = new ArrayList<>();
        for (String path : inputs) {
            List<ChannelSequence> sequences = SequenceFile.read(Path.of(path), columns, null);
            all.addAll(predictions(numbered(path, sequences.size()), classifyChannels(sequences, settings.top())));
        }
        return all;
    }

    private static List<Prediction> predictions(List<String> inputs, List<List<LabelProbability>> answers) {
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            List<LabelProbability> labels = answers.get(i);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("input", inputs.get(i));
            fields.putAll(labels.get(0).toMap());
            fields.put("labels", labels.stream().map(LabelProbability::toMap).toList());
            all.add(new Prediction(
                    inputs.get(i) + "\t"
                            + labels.stream().map(LabelProbability::toString).collect(Collectors.joining(", ")),
                    fields));
        }
        return all;
    }

    @Override
    public Evaluation evaluate(Path file, @Nullable Charset encoding, PredictionSettings settings) throws IOException {
        return evaluate(file, encoding);
    }

    /**
     * How well the examples of a file are classified.
     *
     * @throws IOException if it cannot be read, or has a label that the model does not know
     */
    public ClassificationReport evaluate(Path file) throws IOException {
        return evaluate(file, (Charset) null);
    }

    private ClassificationReport evaluate(Path file, @Nullable Charset encoding) throws IOException {
        try {
            // a file of channels that is no table need not be called as sktime's are
            return report(
                    input instanceof InputForm.OfChannels
                            ? LabelledInput.of(SequenceFile.read(file, columns, encoding))
                            : LabelledInput.read(file, columns, encoding));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    /**
     * How well texts are classified.
     *
     * @throws IllegalArgumentException if one has a label that the model does not know
     */
    public ClassificationReport evaluate(List<LabelledText> texts) {
        return report(texts.stream().map(LabelledInput::of).toList());
    }

    /** How well series of channels are classified. */
    public ClassificationReport evaluateChannels(List<ChannelSequence> sequences) {
        return report(LabelledInput.of(sequences));
    }

    private ClassificationReport report(List<LabelledInput> examples) {
        List<Item> items =
                examples.stream().map(one -> one.source().item(input)).toList();
        int[] classes = examples.stream()
                .mapToInt(one -> labels.require(one.labels(), one.place()))
                .toArray();
        return ClassificationReport.of(labels.names(), classes, logProbabilities(items, GemmLibrary.best()));
    }

    /** {@code classifier of 18 labels, 79 characters, 150000 parameters}. */
    @Override
    public String toString() {
        return text("labels");
    }
}
