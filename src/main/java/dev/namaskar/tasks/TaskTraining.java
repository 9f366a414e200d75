package dev.namaskar.tasks;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.files.Model;
import dev.namaskar.net.Network;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.Params;
import dev.namaskar.params.Setting;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.run.TrainingSettings;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A task's training, from examples to a model: what is not said is as is usual for the task, by the same code for the
 * command line and for programs, which therefore make the same bits of the same settings. Part of the examples is held
 * out, and the parameters that score it best are kept.
 *
 * @param <M> the model that comes of it
 * @param <S> the task's own training, on which every setting can be followed by the next
 */
public abstract class TaskTraining<M extends TaskModel, S extends TaskTraining<M, S>> implements TrainingSettings<S> {
    private final List<TrainingListener> listeners = new ArrayList<>();
    private RunSettings run = RunSettings.NONE;
    private RecurrentLayers layers = RecurrentLayers.NONE;
    private @Nullable Integer embedding;
    private @Nullable Checkpoints checkpoints;
    private @Nullable Charset encoding;
    private @Nullable Path validation;
    private @Nullable Integer members;
    private @Nullable Earlier<M> earlier;
    private Consumer<String> notes = note -> {};
    private Function<TaskRecipe, Rounds> rounds = recipe -> Rounds.SINGLE;

    /**
     * A model that a run goes on with.
     *
     * @param name in messages
     * @param fileName what the new model remembers of it
     */
    protected record Earlier<M>(M model, String name, String fileName) {}

    /** This training. */
    protected abstract S self();

    /** What is usual for the task where nothing is asked for. */
    protected abstract RunSettings usual();

    /** Adam's learning rate at the beginning where none is asked for. */
    protected abstract double usualRate();

    /** The recurrent layers where nothing is asked for. */
    public RecurrentLayers usualLayers() {
        return RecurrentLayers.USUAL;
    }

    /** The length of a symbol's vector where none is asked for. */
    public int usualEmbedding() {
        return 0;
    }

    /** How a run usually goes. */
    public final RunSettings usualRun() {
        return rated(usual());
    }

    private RunSettings rated(RunSettings all) {
        OptimizerSpec optimizer = all.update().optimizer();
        return optimizer.name().equals("adam") ? all.withOptimizer(optimizer.orElse("lr", usualRate())) : all;
    }

    /** Steps where no length is asked for. */
    protected abstract long usualSteps(long perEpoch);

    /** The task's model that a stored one is. */
    protected abstract M model(String name, Model stored) throws IOException;

    /**
     * Learns a file of examples and reports on it.
     *
     * @throws IOException if it cannot be read, or nothing can be learned from it: it names the line
     */
    public abstract Trained<M> fit(Path file) throws IOException;

    /**
     * Learns a file of examples.
     *
     * @throws IOException if it cannot be read, or nothing can be learned from it: it names the line
     */
    public final M on(Path file) throws IOException {
        return fit(file).model();
    }

    /** Learns what comes from no file. */
    @FunctionalInterface
    protected interface Learning<M> {
        /** Learns it. */
        Trained<M> learn() throws IOException;
    }

    /** The model of a training that reads no file. */
    protected static <M> M plainly(Learning<M> training) {
        try {
            return training.learn().model();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public final S run(UnaryOperator<RunSettings> change) {
        run = change.apply(run);
        return self();
    }

    /** So many examples in a step. */
    public final S batch(int rows) {
        return run(r -> r.withData(new RunSettings.Data(rows, r.data().valFraction())));
    }

    /** The share of the examples that is held out to validate; 0 for none. */
    public final S heldOut(double share) {
        return run(r -> r.withData(new RunSettings.Data(r.data().batch(), share)));
    }

    /** The encoding of files; null, the usual, to look at them. */
    public final S encoding(@Nullable Charset charset) {
        encoding = charset;
        return self();
    }

    /** Validates on the examples of this file, instead of part of those that are learned from. */
    public final S validateOn(@Nullable Path file) {
        validation = file;
        return self();
    }

    /**
     * So many networks, alike but for their fresh parameters and the order of their examples, whose answers are averaged;
     * usually 1, or as many as the model has that the run goes on with. Of a model of one network all go on.
     *
     * @throws IllegalArgumentException if models of this task are single networks
     */
    public final S ensemble(@Nullable Integer count) {
        if (count != null) {
            Setting.atLeast("ensemble", 1, count);
        }
        if (count != null && count > 1 && !averages()) {
            throw new IllegalArgumentException(
                    "`ensemble`: expected 1, as models of this task are single networks, found " + count);
        }
        members = count;
        return self();
    }

    /** Whether models of this task average the answers of several networks. */
    protected boolean averages() {
        return true;
    }

    @Override
    public final S layers(UnaryOperator<RecurrentLayers> change) {
        layers = change.apply(layers);
        return self();
    }

    /** The length of a learned vector for each symbol; of values, the width of a dense layer (tanh) below the recurrent ones. */
    public final S embedding(int width) {
        Setting.atLeast("embedding", 1, width);
        embedding = width;
        return self();
    }

    /** The length of a symbol's vector that is asked for; null where none is. */
    public final @Nullable Integer askedEmbedding() {
        return embedding;
    }

    /** Goes on with a trained model: a new run, whose layers are the model's. */
    public final S from(M trained) {
        earlier = new Earlier<>(trained, "the model given", "a model");
        return self();
    }

    /** Goes on with the model in a file. */
    public final S from(Path file) throws IOException {
        M trained = model(file.toString(), dev.namaskar.files.ModelFile.read(file));
        earlier = new Earlier<>(trained, file.toString(), String.valueOf(file.getFileName()));
        return self();
    }

    @Override
    public final S listen(TrainingListener listener) {
        listeners.add(listener);
        return self();
    }

    @Override
    public final S notes(Consumer<String> to) {
        notes = to;
        return self();
    }

    /** Stores all that a run needs to go on; null, the usual, for nothing. */
    public final S checkpoints(@Nullable Checkpoints kept) {
        checkpoints = kept;
        return self();
    }

    /**
     * How the steps of a network are taken: usually one by one, on this machine. Asked for each network of an ensemble,
     * before it is trained.
     */
    public final S rounds(Function<TaskRecipe, Rounds> how) {
        rounds = how;
        return self();
    }

    /** What is asked of the run, and what is usual where nothing is. */
    protected final RunSettings settings() {
        return rated(run.orElse(usual()));
    }

    /** The encoding of files; null to look at them. */
    protected final @Nullable Charset encoding() {
        return encoding;
    }

    /** Reads examples of a file. */
    @FunctionalInterface
    protected interface Reading<T> {
        /** Those of one. */
        List<T> of(Path file) throws IOException;
    }

    /** The examples of the file to validate on; null where there is none. */
    protected final <T> @Nullable List<T> validating(Reading<T> reading) throws IOException {
        return validation == null ? null : reading.of(validation);
    }

    /** What is asked of the recurrent layers. */
    protected final RecurrentLayers layers() {
        return layers;
    }

    /** The length of a symbol's vector, this one where none is asked for. */
    protected final int embeddingOr(int usual) {
        return embedding == null ? usual : embedding;
    }

    /** The model that the run goes on with, or null. */
    protected final @Nullable Earlier<M> earlier() {
        return earlier;
    }

    /**
     * What a run begins with: fresh networks, or those of a trained model as far as they have the same parameters.
     *
     * @param networks over the same parameters
     * @param fresh parameters of the first
     */
    protected final Model begin(Map<String, Network> networks, Params fresh) {
        Earlier<M> before = earlier;
        if (before == null) {
            return new Model(networks, fresh, Map.of());
        }
        List<Params> begun = new ArrayList<>();
        List<String> left = List.of();
        for (Params trained : before.model().stored().ensemble()) {
            Params start = fresh.copy();
            left = Transfer.copy(trained, start);
            begun.add(start);
        }
        if (begun.size() > 1) {
            RecurrentLayers.agree("ensemble", members, List.of(begun.size()));
        }
        note("going on with " + before.name() + (left.isEmpty() ? "" : "; fresh are " + String.join(", ", left)));
        return new Model(networks, begun.get(0), Map.of(), begun.subList(1, begun.size()));
    }

    /** Says what was found or decided. */
    protected final void note(String sentence) {
        notes.accept(sentence);
    }

    /**
     * Parts examples into those that are learned and those that validate: others where there are some, else a share of all.
     *
     * @param others of a file of their own; null where there is none
     * @param content what tells an example from others
     */
    protected final <T> Parts<T> divide(List<T> all, @Nullable List<T> others, Function<T, String> content) {
        return Parts.of(all, Parts.heldOut(all, content, settings()), others);
    }

    /**
     * Carries out a run.
     *
     * @param data what is learned from, in a word for the model's memory, such as a file's name
     * @throws IOException if a checkpoint cannot be read or written
     * @throws dev.namaskar.train.run.RunStoppedException if a listener asked to stop, and checkpoints are kept
     */
    protected final Trained<M> learn(TrainingPlan plan, String data) throws IOException {
        int began = plan.start().ensemble().size();
        int networks = members == null ? began : members;
        Trained<Model> trained = new TaskRun(plan, settings(), networks, earlier != null, this::usualSteps)
                .carryOut(rounds, listeners, checkpoints, notes, data, earlier == null ? null : earlier.fileName());
        return new Trained<>(model(data, trained.model()), trained.report());
    }
}
