package dev.namaskar.labelling;

import dev.namaskar.decoding.FrameScores;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelSpan;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.data.Transcript;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.speech.Recording;
import dev.namaskar.tasks.ExampleReader;
import dev.namaskar.tasks.Prediction;
import dev.namaskar.tasks.PredictionSettings;
import dev.namaskar.tasks.SequenceErrors;
import dev.namaskar.train.run.DataFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network that gives a sequence labels in their order, of which nobody said at which steps they stand: a recording its
 * words, a series of channels its events, a word its sounds. Trained by CTC (Graves et al. 2006). It never changes, and any
 * number of threads may ask it at once; asking needs no native library.
 *
 * <pre>{@code
 * Transcriber model = Transcriber.train(Path.of("digits.tsv"));        // lines of: path of a WAV file, tab, labels
 * model.transcribe(Recording.read(Path.of("room.wav"))).text();
 * }</pre>
 */
public final class Transcriber extends LabelModel {
    private final TranscriptionForm form;

    /**
     * The transcriber that a stored model is.
     *
     * @param name stands for the file in errors
     * @throws MalformedFileException if it is not a transcriber
     */
    Transcriber(String name, Model stored) throws MalformedFileException {
        super(TranscriberKind.TRANSCRIBE, name, stored, 1);
        form = TranscriptionForm.of(name, stored);
    }

    /**
     * Learns a file with the usual settings; see {@link TranscriberTraining}.
     *
     * @throws IOException if it, or a recording it names, cannot be read: it names the line
     */
    public static Transcriber train(Path file) throws IOException {
        return training().on(file);
    }

    /** A training with other settings than the usual. */
    public static TranscriberTraining training() {
        return new TranscriberTraining();
    }

    /**
     * Reads a transcriber.
     *
     * @throws MalformedFileException if the file is no model, or not a transcriber
     */
    public static Transcriber read(Path file) throws IOException {
        return new Transcriber(file.toString(), ModelFile.read(file));
    }

    /** The labels, in the order of the outputs, behind which stands the blank. */
    public List<String> labels() {
        return labels.names();
    }

    TranscriptionForm form() {
        return form;
    }

    /**
     * What a recording says.
     *
     * @throws IllegalArgumentException if the model reads no recordings, or hears higher than this one goes
     */
    public Transcript transcribe(Recording recording) {
        return transcribe(new Source.Sound(recording));
    }

    /** What a series of channels says. */
    public Transcript transcribe(ChannelSequence sequence) {
        return transcribe(new Source.Steps(sequence));
    }

    /** What a text becomes, as a word its sounds. */
    public Transcript transcribe(String text) {
        return transcribe(new Source.Letters(text));
    }

    /**
     * Where in a recording what it is known to say stands: forced alignment.
     *
     * @param text labels that the model knows
     * @throws IllegalArgumentException if it does not know one, or the recording is too short for them
     */
    public Transcript align(Recording recording, String text) {
        FrameScores scores = scores(List.of(item(new Source.Sound(recording))), GemmLibrary.JAVA)
                .get(0);
        return reader().transcript(scores, encode(text, "alignment"));
    }

    private Item item(Source source) {
        return form.item(input, source);
    }

    private int[] encode(String text, String place) {
        return labels.require(form.unit().symbols(text), place);
    }

    /** The inputs that a file of the command line holds, or the one that a text is. */
    private List<Item> items(String from) throws IOException {
        try {
            if (input instanceof InputForm.OfText) {
                return List.of(item(new Source.Letters(from)));
            }
            if (input instanceof InputForm.OfSound) {
                return List.of(item(new Source.Sound(Recording.read(Path.of(from)))));
            }
            return SequenceFile.read(Path.of(from), columns, null).stream()
                    .map(sequence -> item(new Source.Steps(sequence)))
                    .toList();
        } catch (IllegalArgumentException e) {
            if (input instanceof InputForm.OfText) {
                throw e;
            }
            throw new IOException(from + ": " + e.getMessage(), e);
        }
    }

    private List<FrameScores> scores(List<Item> items, GemmLibrary library) {
        ExampleReader reader = new ExampleReader(stored().network(), library)
                .load(stored().params().values());
        List<Utterance> asked =
                items.stream().map(item -> new Utterance(item, new int[0])).toList();
        FrameScores[] all = new FrameScores[items.size()];
        reader.read(new Utterances(input.network(), labels.size(), asked), (example, out, row) -> {
            int steps = items.get(example).steps();
            float[] logs = new float[steps * out.width()];
            for (int t = 0; t < steps; t++) {
                double[] frame = ExampleReader.logProbabilities(out, t, row);
                for (int k = 0; k < frame.length; k++) {
                    logs[t * frame.length + k] = (float) frame[k];
                }
            }
            all[example] = FrameScores.of(logs, out.width());
        });
        return Arrays.asList(all);
    }

    private TranscriptReader reader() {
        Double hop = null;
        if (input instanceof InputForm.OfSound sound) {
            hop = sound.frontEnd().framing().hopSamples()
                    / (double) sound.frontEnd().framing().rate();
        }
        return new TranscriptReader(labels, form, hop);
    }

    Transcript transcribe(Source source) {
        FrameScores scores = scores(List.of(item(source)), GemmLibrary.JAVA).get(0);
        return reader().read(scores, PredictionSettings.USUAL).get(0);
    }

    @Override
    public List<Prediction> predict(List<String> inputs, PredictionSettings settings) throws IOException {
        List<String> names = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (String from : inputs) {
            List<Item> found = items(from);
            names.addAll(found.size() == 1 ? List.of(from) : numbered(from, found.size()));
            items.addAll(found);
        }
        List<Prediction> all = new ArrayList<>();
        for (FrameScores scores : scores(items, GemmLibrary.JAVA)) {
            all.add(prediction(names.get(all.size()), reader().read(scores, settings)));
        }
        return all;
    }

    private static Prediction prediction(String from, List<Transcript> answers) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("input", from);
        fields.put("prediction", answers.get(0).text());
        fields.put("log_probability", answers.get(0).logProbability());
        fields.put(
                "labels", answers.get(0).labels().stream().map(LabelSpan::toMap).toList());
        if (answers.size() > 1) {
            fields.put(
                    "nbest",
                    answers.stream()
                            .map(one -> Map.of("prediction", one.text(), "log_probability", one.logProbability()))
                            .toList());
        }
        return new Prediction(
                String.join("\n", answers.stream().map(Transcript::text).toList()), fields);
    }

    @Override
    public SequenceErrors evaluate(Path file, @Nullable Charset encoding, PredictionSettings settings)
            throws IOException {
        try {
            return evaluate(LabelledInput.read(file, columns, encoding), settings);
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    /**
     * How well the examples of a file are transcribed.
     *
     * @throws IOException if it cannot be read, or has a label that the model does not know
     */
    public SequenceErrors evaluate(Path file) throws IOException {
        return evaluate(file, null, PredictionSettings.USUAL);
    }

    private SequenceErrors evaluate(List<LabelledInput> all, PredictionSettings settings) {
        Map<String, List<LabelledInput>> byInput = new LinkedHashMap<>();
        all.forEach(one ->
                byInput.computeIfAbsent(one.name(), input -> new ArrayList<>()).add(one));
        List<List<LabelledInput>> asked = List.copyOf(byInput.values());
        List<Item> items = new ArrayList<>();
        for (List<LabelledInput> same : asked) {
            Item item = item(same.get(0).source());
            same.forEach(one -> Utterance.of(item, encode(one.labels(), one.place()), one));
            items.add(item);
        }
        List<FrameScores> scores = scores(items, GemmLibrary.best());
        TranscriptReader reader = reader();
        SequenceErrors errors = SequenceErrors.NONE;
        for (int i = 0; i < asked.size(); i++) {
            List<String> predicted = reader.read(scores.get(i), settings).get(0).labels().stream()
                    .map(LabelSpan::label)
                    .toList();
            List<List<String>> right = new ArrayList<>();
            for (LabelledInput one : asked.get(i)) {
                int[] wanted = encode(one.labels(), one.place());
                right.add(form.unit().symbols(one.labels()));
                errors = errors.andNats(reader.nats(scores.get(i), wanted), wanted.length);
            }
            errors = errors.and(predicted, right);
        }
        return errors;
    }

    /** {@code transcriber of 10 labels, sound at 8000 Hz in 80 values, 150000 parameters}. */
    @Override
    public String toString() {
        return text("labels");
    }
}
