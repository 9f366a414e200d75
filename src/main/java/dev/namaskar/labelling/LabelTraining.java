package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.layers.Activation;
import dev.namaskar.tasks.Parts;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.tasks.TaskTraining;
import dev.namaskar.train.settings.RunSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What trainings have in common whose models give labels by their softmax. */
abstract sealed class LabelTraining<M extends LabelModel, S extends LabelTraining<M, S>> extends TaskTraining<M, S>
        permits SoundTraining, TaggerTraining {
    private static final int USUAL_EPOCHS = 12;
    private static final long FEWEST_STEPS = 300;
    private static final int USUAL_EMBEDDING = 64;
    private static final RecurrentLayers USUAL_LAYERS = new RecurrentLayers("gru", null, 128, 1, 0.3, null);

    private SequenceFile.@Nullable Columns columns;

    /** Reads a file as a long table with these columns beside the channels. */
    public final S columns(SequenceFile.@Nullable Columns named) {
        columns = named;
        return self();
    }

    SequenceFile.@Nullable Columns columns() {
        return columns;
    }

    @Override
    protected final RunSettings usual() {
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
    protected final double usualRate() {
        return 3e-3;
    }

    @Override
    protected final long usualSteps(long perEpoch) {
        return Math.max(FEWEST_STEPS, USUAL_EPOCHS * perEpoch);
    }

    /**
     * Parts examples so that every label is learned that one of them has.
     *
     * @param labels of an example
     */
    final <T> Parts<T> divide(
            List<T> all, @Nullable List<T> others, Function<T, String> content, Function<T, List<String>> labels) {
        boolean[] aside = Parts.heldOut(all, content, settings());
        Set<String> learned = new HashSet<>();
        for (int i = 0; i < aside.length; i++) {
            if (!aside[i]) {
                learned.addAll(labels.apply(all.get(i)));
            }
        }
        for (int i = 0; i < aside.length; i++) {
            if (aside[i] && learned.addAll(labels.apply(all.get(i)))) {
                aside[i] = false;
            }
        }
        return Parts.of(all, aside, others == null ? null : known(others, labels, learned));
    }

    /**
     * Those that validate and whose labels are learned; others are left out, and it is said.
     *
     * @throws IllegalArgumentException if none is left
     */
    private <T> List<T> known(List<T> validating, Function<T, List<String>> labels, Collection<String> learned) {
        TreeSet<String> strange = new TreeSet<>();
        validating.forEach(one -> strange.addAll(labels.apply(one)));
        learned.forEach(strange::remove);
        List<T> known = validating.stream()
                .filter(one -> labels.apply(one).stream().noneMatch(strange::contains))
                .toList();
        if (known.isEmpty() && !validating.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected examples to validate on with labels that are learned, found " + strange + " in all");
        }
        if (!strange.isEmpty()) {
            note("left out of validation are " + (validating.size() - known.size()) + " of " + validating.size()
                    + " examples, with labels that are not learned: " + String.join(", ", strange));
        }
        return known;
    }

    /**
     * What the network will read: what the model does that the run goes on with, or what is found in the examples.
     *
     * @throws IllegalArgumentException if the model reads something else
     */
    final <F extends InputForm> F inputOr(Class<F> kind, String name, Supplier<F> fresh) {
        Earlier<M> before = earlier();
        if (before == null) {
            return fresh.get();
        }
        InputForm trained = before.model().input;
        if (!kind.isInstance(trained)) {
            throw new IllegalArgumentException(
                    before.name() + ": expected a model that reads " + name + ", found " + before.model());
        }
        return kind.cast(trained);
    }

    /** The labels there are; behind those of a model that the run goes on with. */
    final LabelNames names(Collection<String> all) {
        TreeSet<String> found = new TreeSet<>(all);
        Earlier<M> before = earlier();
        List<String> names = new ArrayList<>(
                before == null ? List.of() : before.model().labels.names());
        found.removeAll(names);
        names.addAll(found);
        return new LabelNames(names);
    }

    /**
     * What the run begins with, and all that makes it a model of its kind: a fresh network, or one with the layers of the
     * model that the run goes on with.
     *
     * @param others outputs that are no labels
     * @param readOut what stands between the recurrent layers and the logits
     */
    final Model start(
            TaskKind kind, InputForm input, LabelNames labels, int others, UnaryOperator<NetworkSpec> readOut) {
        Network network =
                belowLogits(input, readOut).dense(labels.size() + others).build();
        Model plain = begin(Map.of("", network), network.initialize(settings().seed()));
        return InputForm.withColumns(labels.in(input.in(plain.withText(TaskKind.KEY, kind.name()))), columns);
    }

    private NetworkSpec belowLogits(InputForm input, UnaryOperator<NetworkSpec> readOut) {
        Earlier<M> before = earlier();
        if (before != null) {
            NetworkSpec trained = layers().agreeing(before.model().stored().spec());
            return new NetworkSpec(
                    trained.tokens(),
                    trained.inputWidth(),
                    trained.layers().subList(0, trained.layers().size() - 1));
        }
        RecurrentLayers all = layers().orElse(USUAL_LAYERS);
        double dropout = all.dropout() == null ? 0 : all.dropout();
        NetworkSpec below = input.network();
        int width = embeddingOr(below.tokens() ? USUAL_EMBEDDING : 0);
        if (width > 0) {
            below = (below.tokens() ? below.embedding(width) : below.dense(width, Activation.TANH)).dropout(dropout);
        }
        return readOut.apply(all.bothWaysAbove(below));
    }
}
