package dev.namaskar.translation;

import dev.namaskar.files.Model;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.symbols.Lexicon.Cut;
import dev.namaskar.tasks.Parts;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.run.DataFile;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A description model's training: a dense layer with tanh makes one frame of a vector, which the bridge hands to the decoder
 * of {@link TargetTraining} and that decoder attends to.
 */
public final class DescriptionTraining extends TargetTraining<DescriptionModel, DescriptionTraining> {
    private DescribedVector.Columns columns = new DescribedVector.Columns("text", List.of());
    private @Nullable Cut unit;

    DescriptionTraining() {}

    @Override
    protected DescriptionTraining self() {
        return this;
    }

    @Override
    protected DescriptionModel model(String name, Model stored) throws IOException {
        return DescriptionModel.of(name, stored);
    }

    /**
     * The columns of a table.
     *
     * @param text that holds the texts; usually {@code text}
     * @param vector that hold the vector, in its order; none for all others
     */
    public DescriptionTraining columns(String text, String... vector) {
        columns = new DescribedVector.Columns(text, List.of(vector));
        return this;
    }

    /** What one symbol of a text is; usually a code point. */
    public DescriptionTraining unit(@Nullable Cut symbol) {
        unit = symbol;
        return this;
    }

    /** Learns vectors and their texts. */
    public DescriptionModel on(List<DescribedVector> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("expected vectors and their texts, found none");
        }
        List<String> names = IntStream.range(0, rows.get(0).values().length)
                .mapToObj(i -> "x" + i)
                .toList();
        return plainly(() -> fit("vectors", names, rows));
    }

    /**
     * Learns a table.
     *
     * @throws IOException if it cannot be read: it names the line
     */
    @Override
    public Trained<DescriptionModel> fit(Path file) throws IOException {
        DescribedVector.Table table = DescribedVector.table(file, columns, encoding());
        try {
            return fit(String.valueOf(file.getFileName()), table.columns(), table.rows());
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    private Trained<DescriptionModel> fit(String name, List<String> names, List<DescribedVector> rows)
            throws IOException {
        Parts<DescribedVector> parts = divide(
                rows,
                validating(file -> DescribedVector.read(file, columns, encoding())),
                row -> Arrays.toString(row.values()));
        List<DescribedVector> learned = parts.learned();
        List<DescribedVector> validating = parts.validating();
        Earlier<DescriptionModel> before = earlier();
        List<String> texts = learned.stream().map(DescribedVector::text).toList();
        Lexicon targets = before == null
                ? Lexicon.of(unit == null ? Cut.CODEPOINT : unit, texts)
                : before.model().targets();
        VectorScale scale =
                before == null ? VectorScale.of(names, learned) : before.model().scale();
        note("learning texts of " + targets + " for " + learned.size() + " vectors of " + names + "; "
                + validating.size() + " validate");
        Start start = start(scale, new TargetSymbols(targets), before);
        List<DescribedVector> some = TrainingPlan.some(validating, learned);
        return fit(
                name,
                start,
                placed(scale, start.targets(), learned),
                placed(scale, start.targets(), validating),
                now -> answers(DescriptionModel.of(name, now), some));
    }

    private static List<Sample.Answer> answers(DescriptionModel now, List<DescribedVector> some) {
        List<float[]> vectors = some.stream().map(DescribedVector::values).toList();
        return answers(
                vectors.stream().map(Arrays::toString).toList(),
                some.stream().map(DescribedVector::text).toList(),
                now.describe(vectors, GREEDY));
    }

    private Start start(VectorScale scale, TargetSymbols targets, @Nullable Earlier<DescriptionModel> before) {
        NetworkSpec encoder = NetworkSpec.values(scale.columns().size()).dense(hidden(), Activation.TANH);
        EncoderDecoder model = before == null
                ? fresh(encoder, targets)
                : agreed(
                        before.model().network(),
                        before.model().network().decoder().spec());
        Model plain = begin(model.networks(), model.initialize(settings().seed()));
        return new Start(model, DescriptionModel.stored(plain, scale, columns.text()), targets);
    }

    private static List<Placed> placed(VectorScale scale, TargetSymbols targets, List<DescribedVector> rows) {
        return rows.stream()
                .map(row -> new Placed(
                        new TargetExamples.Item(scale.source(row.values()), targets.encode(row.text())), row.place()))
                .toList();
    }
}
