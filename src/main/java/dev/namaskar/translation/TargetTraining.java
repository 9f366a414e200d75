package dev.namaskar.translation;

import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.attention.Attention;
import dev.namaskar.net.attention.AttentionScore;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.params.Setting;
import dev.namaskar.tasks.TaskModel;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.Objective;
import dev.namaskar.train.Trainable;
import dev.namaskar.train.run.Sample;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the trainings of all models have in common that write targets symbol by symbol: a decoder that attends to what an
 * encoder has read,
 *
 * <pre>{@code
 * embedding, recurrent layer, attention, dense layer with tanh, logits
 * }</pre>
 *
 * <p>with dropout behind each but the attention, and a cross entropy with label smoothing.
 *
 * @param <M> the model that comes of it
 * @param <S> the task's own training
 */
public abstract class TargetTraining<M extends TaskModel, S extends TargetTraining<M, S>> extends TaskTraining<M, S> {
    private static final RecurrentLayers USUAL_LAYERS =
            RecurrentLayers.USUAL.withCell("lstm").withHidden(128).withLayers(2).withDropout(0.2);
    private static final int USUAL_EMBEDDING = 64;
    private static final int USUAL_EPOCHS = 20;
    private static final long FEWEST_STEPS = 400;
    /** A search may go on for so many times the longest target that was learned. */
    private static final int LONGER = 2;

    /** How models write that are still being trained. */
    static final Decoding GREEDY = Decoding.USUAL.withBeam(1);

    private double smoothing = 0.1;
    private AttentionScore score = AttentionScore.GENERAL;
    private int most = 1000;

    TargetTraining() {}

    @Override
    protected RunSettings usual() {
        return RunSettings.usual("cosine", 5, 64, 0.1);
    }

    @Override
    public final RecurrentLayers usualLayers() {
        return USUAL_LAYERS;
    }

    @Override
    public final int usualEmbedding() {
        return USUAL_EMBEDDING;
    }

    @Override
    protected double usualRate() {
        return 2e-3;
    }

    @Override
    protected long usualSteps(long perEpoch) {
        return Math.max(FEWEST_STEPS, USUAL_EPOCHS * perEpoch);
    }

    /** The part of a right symbol that all symbols share in the loss; usually 0.1. */
    public S smoothing(double part) {
        Setting.fraction("smoothing", part);
        smoothing = part;
        return self();
    }

    /** How attention scores queries and keys; usually the decoder's own output is the query, {@link AttentionScore#GENERAL}. */
    public S attention(AttentionScore by) {
        score = by;
        return self();
    }

    /** The most symbols a target may have to be learned; usually 1000. */
    public S longest(int symbols) {
        Setting.atLeast("longest", 1, symbols);
        most = symbols;
        return self();
    }

    /** What is asked of the recurrent layers, and what is usual where nothing is. */
    final RecurrentLayers recurrent() {
        return layers().orElse(USUAL_LAYERS);
    }

    final int embedding() {
        return embeddingOr(USUAL_EMBEDDING);
    }

    final double dropout() {
        Double rate = recurrent().dropout();
        return rate == null ? 0 : rate;
    }

    final int hidden() {
        Integer units = recurrent().hidden();
        return units == null ? 1 : units;
    }

    /** An encoder's network with the decoder that attends to it. */
    final EncoderDecoder fresh(NetworkSpec encoder, TargetSymbols targets) {
        NetworkSpec decoder = recurrent()
                .withLayers(1)
                .above(NetworkSpec.tokens(targets.size()).embedding(embedding()).dropout(dropout()))
                .then(new Attention(score, hidden(), encoder.outputWidth()))
                .dense(hidden(), Activation.TANH)
                .dropout(dropout())
                .dense(targets.size());
        return new EncoderDecoder(encoder, decoder);
    }

    /**
     * A trained model to go on with: what is asked of its layers has to agree with what they are, dropout alone may be
     * another, wherever the model has it.
     *
     * @param layered the network whose recurrent layers are asked for
     * @throws IllegalArgumentException naming the setting that does not agree
     */
    final EncoderDecoder agreed(EncoderDecoder trained, NetworkSpec layered) {
        layers().agreeing(layered);
        for (Layer layer : layered.layers()) {
            if (layer instanceof Embedding symbols) {
                int asked = embeddingOr(symbols.width());
                Setting.require(
                        asked == symbols.width(), "embedding", symbols.width() + ", as the trained model has", asked);
            }
        }
        Double rate = layers().dropout();
        return rate == null
                ? trained
                : new EncoderDecoder(
                        withDropout(trained.encoder().spec(), rate),
                        withDropout(trained.decoder().spec(), rate));
    }

    private static NetworkSpec withDropout(NetworkSpec spec, double rate) {
        List<Layer> changed = spec.layers().stream()
                .map(layer -> layer instanceof Dropout dropout ? new Dropout(rate, dropout.held()) : layer)
                .toList();
        return new NetworkSpec(spec.tokens(), spec.inputWidth(), changed);
    }

    /** An example, and where it stands. */
    record Placed(TargetExamples.Item item, String place) {}

    /** Carries out the run of a model that begins so. */
    final Trained<M> fit(
            String name, Start start, List<Placed> learned, List<Placed> validating, TrainingPlan.Answering answers)
            throws IOException {
        int longest = 0;
        for (Placed example : learned) {
            int length = example.item.target().length;
            if (length > most) {
                throw new IllegalArgumentException(example.place + ": expected a target of at most " + most
                        + " symbols (`longest`), found one of " + length);
            }
            longest = Math.max(longest, length);
        }
        EncoderDecoder model = start.model;
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("smoothing", smoothing);
        settings.put("attention", score.key());
        double part = smoothing;
        List<TargetExamples.Item> held = validating.stream().map(Placed::item).toList();
        return learn(
                new TrainingPlan(
                        TargetModel.stored(start.plain, start.targets, LONGER * Math.max(1, longest)),
                        Trainable.of(model),
                        new TargetExamples(
                                model.encoder().spec(),
                                start.targets.end(),
                                learned.stream().map(Placed::item).toList()),
                        () -> Objective.of(new SoftmaxCrossEntropy(part)),
                        held.isEmpty() ? null : new HeldOut(model, start.targets, held),
                        settings,
                        answers),
                name);
    }

    /**
     * What a model writes, likeliest symbol by likeliest symbol, beside what is right.
     *
     * @param inputs what it reads, in words
     */
    static List<Sample.Answer> answers(List<String> inputs, List<String> right, List<List<Translation>> written) {
        List<Sample.Answer> answers = new ArrayList<>();
        for (List<Translation> best : written) {
            int i = answers.size();
            String text = best.isEmpty() ? "" : best.get(0).text();
            answers.add(new Sample.Answer(inputs.get(i), right.get(i), text));
        }
        return answers;
    }

    /**
     * What a run begins with.
     *
     * @param plain the same with parameters and what its task needs
     */
    record Start(EncoderDecoder model, Model plain, TargetSymbols targets) {}

    private record HeldOut(EncoderDecoder model, TargetSymbols targets, List<TargetExamples.Item> items)
            implements TrainingPlan.Validation {
        @Override
        public ToDoubleFunction<float[]> with(GemmLibrary library) {
            TargetWriter writer = new TargetWriter(model, targets, library, 1);
            return params -> writer.load(List.of(params)).nats(items);
        }

        @Override
        public int examples() {
            return items.size();
        }
    }
}
