package dev.namaskar.translation;

import dev.namaskar.files.Json;
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
import dev.namaskar.train.run.DataFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network that writes a text for a vector, {@code p(y_1 .. y_n | x)}: a colour's name, a picture's caption from its
 * features. It is an encoder-decoder whose memory is one frame (as Vinyals et al. 2015 describe pictures). It never
 * changes, and any number of threads may ask it at once; asking needs no native library.
 *
 * <pre>{@code
 * DescriptionModel model = DescriptionModel.training().columns("name", "red", "green", "blue").on(Path.of("colours.csv"));
 * model.describe(3, 0.8f, 0.2f, 0.1f);
 * }</pre>
 */
public final class DescriptionModel implements TaskModel {
    private static final String VECTOR = "vector";
    private static final String TEXT_COLUMN = "text_column";

    private final TargetModel writer;
    private final VectorScale scale;
    private final String textColumn;

    private DescriptionModel(TargetModel writer, VectorScale scale, String textColumn) {
        int read = writer.model().encoder().spec().inputWidth();
        if (writer.model().encoder().spec().tokens() || read != scale.columns().size()) {
            throw new IllegalArgumentException("expected an encoder that reads "
                    + scale.columns().size() + " values, found one that reads " + read);
        }
        this.writer = writer;
        this.scale = scale;
        this.textColumn = textColumn;
    }

    static DescriptionModel of(String name, Model stored) throws MalformedFileException {
        DescribeKind.DESCRIBE.require(name, stored);
        Map<String, String> texts = stored.texts();
        try {
            return new DescriptionModel(
                    TargetModel.of(name, stored),
                    VectorScale.fromJson(name + ": " + VECTOR, texts.getOrDefault(VECTOR, "")),
                    texts.getOrDefault(TEXT_COLUMN, ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    /** A model that says that it describes, which vectors, and where its texts stood. */
    static Model stored(Model plain, VectorScale scale, String textColumn) {
        return plain.withText(TaskKind.KEY, DescribeKind.DESCRIBE.name())
                .withText(VECTOR, scale.toJson())
                .withText(TEXT_COLUMN, textColumn);
    }

    /** A training; where the texts stand has to be said. */
    public static DescriptionTraining training() {
        return new DescriptionTraining();
    }

    /**
     * Reads a description model.
     *
     * @throws MalformedFileException if the file is no model, or not a description model
     */
    public static DescriptionModel read(Path file) throws IOException {
        return of(file.toString(), ModelFile.read(file));
    }

    @Override
    public TaskKind kind() {
        return DescribeKind.DESCRIBE;
    }

    @Override
    public Model stored() {
        return writer.stored();
    }

    /** Encoder, bridge and decoder. */
    public EncoderDecoder network() {
        return writer.model();
    }

    VectorScale scale() {
        return scale;
    }

    /** The symbols of texts. */
    public Lexicon targets() {
        return writer.targets().lexicon();
    }

    /**
     * The best texts for a vector, best first.
     *
     * @param best how many at most
     * @throws IllegalArgumentException if the vector has another number of values than the model's
     */
    public List<Translation> describe(int best, float... vector) {
        return describe(List.of(vector), Decoding.USUAL.withBest(best)).get(0);
    }

    /** The same of many vectors, searched for in this way. */
    public List<List<Translation>> describe(List<float[]> vectors, Decoding how) {
        return writer.write(vectors.stream().map(scale::source).toList(), how, GemmLibrary.JAVA);
    }

    @Override
    public List<Prediction> predict(List<String> inputs, PredictionSettings settings) {
        List<List<Translation>> answers =
                describe(inputs.stream().map(VectorText::parse).toList(), TargetModel.decoding(settings));
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            all.add(TranslationModel.prediction(inputs.get(i), answers.get(i), List.of()));
        }
        return all;
    }

    @Override
    public Evaluation evaluate(Path file, @Nullable Charset encoding, PredictionSettings settings) throws IOException {
        List<String> vector = scale.columns().stream().distinct().toList();
        List<DescribedVector> rows =
                DescribedVector.read(file, new DescribedVector.Columns(textColumn, vector), encoding);
        try {
            return evaluate(rows, TargetModel.decoding(settings));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    /** How well vectors are described; a text is right if it equals any text of its vector. */
    public TranslationReport evaluate(List<DescribedVector> rows, Decoding how) {
        return writer.evaluate(
                rows.stream().map(row -> scale.source(row.values())).toList(),
                rows.stream().map(row -> Arrays.toString(row.values())).toList(),
                rows.stream().map(DescribedVector::text).toList(),
                how);
    }

    @Override
    public String toString() {
        return "description model of " + Json.write(scale.columns()) + " in " + targets() + ", "
                + stored().params().values().length + " parameters";
    }
}
