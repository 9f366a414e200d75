package dev.namaskar.labelling;

import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.recurrent.Merge;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.train.Objective;
import dev.namaskar.train.StoppingRules;
import dev.namaskar.train.Trainer;
import dev.namaskar.train.TrainerSettings;
import dev.namaskar.train.Training;
import dev.namaskar.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A classifier's training: an embedding of every character, a recurrent layer that reads both ways, the maximum over the
 * steps, and a logit for each label. Part of the examples is held out, and the parameters that score it best are kept.
 */
public final class ClassifierTraining {
    private static final int USUAL_EPOCHS = 12;
    private static final long FEWEST_STEPS = 300;
    /** With fewer held-out examples than this their loss says more of chance than of the network. */
    private static final int FEWEST_HELD_OUT = 20;

    private static final double CLIP = 5;
    private static final double LAST_RATE = 0.05;

    private String cell = "gru";
    private int hidden = 128;
    private int embedding = 64;
    private double dropout = 0.3;
    private int batch = 64;
    private double rate = 3e-3;
    private double heldOut = 0.1;
    private boolean balanced;
    private long steps;
    private long seed = 1;
    private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    private final List<TrainingListener> listeners = new ArrayList<>();

    ClassifierTraining() {}

    /** The recurrent cell. */
    public ClassifierTraining cell(String name) {
        cell = name;
        return this;
    }

    /** Units of each direction. */
    public ClassifierTraining hidden(int units) {
        hidden = atLeast("hidden", 1, units);
        return this;
    }

    /** Width of a character's vector. */
    public ClassifierTraining embedding(int width) {
        embedding = atLeast("embedding", 1, width);
        return this;
    }

    /** The share of values that dropout zeros, before and behind the recurrent layer. */
    public ClassifierTraining dropout(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("dropout: expected 0 <= share < 1, found " + share);
        }
        dropout = share;
        return this;
    }

    /** Examples in a step. */
    public ClassifierTraining batch(int examples) {
        batch = atLeast("batch", 1, examples);
        return this;
    }

    /** Adam's learning rate at the beginning; it falls along a cosine. */
    public ClassifierTraining learningRate(double first) {
        if (!(first > 0 && Double.isFinite(first))) {
            throw new IllegalArgumentException("learning rate: expected a number above 0, found " + first);
        }
        rate = first;
        return this;
    }

    /** Lets every label weigh alike in the loss, however often it occurs; by default every example does. */
    public ClassifierTraining balanced(boolean alike) {
        balanced = alike;
        return this;
    }

    /** Steps of training; by default twelve passes over the examples, and at least 300 steps. */
    public ClassifierTraining steps(long count) {
        steps = atLeast("steps", 1, Math.toIntExact(count));
        return this;
    }

    /** The share of the examples that validates; 0 for none. */
    public ClassifierTraining heldOut(double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("held out: expected a share of 0 to 0.5, found " + share);
        }
        heldOut = share;
        return this;
    }

    /** The start of everything drawn at random. */
    public ClassifierTraining seed(long start) {
        seed = start;
        return this;
    }

    /** Worker threads, and shards of every batch. */
    public ClassifierTraining threads(int count) {
        threads = atLeast("threads", 1, count);
        return this;
    }

    /** Adds somebody who watches. */
    public ClassifierTraining listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    private static int atLeast(String setting, int least, int found) {
        if (found < least) {
            throw new IllegalArgumentException(setting + ": expected at least " + least + ", found " + found);
        }
        return found;
    }

    /**
     * Learns a file of labelled texts.
     *
     * @throws IOException if it cannot be read, or has fewer than two labels
     */
    public Classifier on(Path file) throws IOException {
        try {
            return on(LabelledText.read(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Learns labelled texts.
     *
     * @throws IllegalArgumentException if they have fewer than two labels
     */
    public Classifier on(List<LabelledText> examples) {
        List<String> labels =
                List.copyOf(examples.stream().map(LabelledText::label).collect(Collectors.toCollection(TreeSet::new)));
        if (labels.size() < 2) {
            throw new IllegalArgumentException("expected examples of at least two labels, found " + labels);
        }
        boolean[] aside = aside(examples);
        List<LabelledText> learned = pick(examples, aside, false);
        Vocabulary vocabulary = vocabulary(learned);
        SequenceBatches batches = new SequenceBatches(
                encode(vocabulary, learned), classes(labels, learned), weights(labels, learned), batch, seed);
        long count = steps > 0 ? steps : Math.max(FEWEST_STEPS, USUAL_EPOCHS * batches.perEpoch());
        Network network = network(vocabulary.size() + 1, labels.size());
        Params params = network.initialize(seed);
        try (Trainer trainer = new Trainer(
                network,
                params,
                Optimizers.adam(rate)
                        .clipByGlobalNorm(CLIP)
                        .with(Schedules.named("cosine(" + count + "," + LAST_RATE + ")")),
                batches,
                () -> Objective.of(new SoftmaxCrossEntropy()),
                TrainerSettings.of(threads, seed).withoutCarriedState())) {
            Training training = new Training(trainer, StoppingRules.afterSteps(count));
            listeners.forEach(training::listen);
            List<LabelledText> validating = pick(examples, aside, true);
            if (!validating.isEmpty()) {
                LabelScores scores = new LabelScores(network, trainer.library());
                List<int[]> sequences = encode(vocabulary, validating);
                int[] classes = classes(labels, validating);
                double[] weightOf = weights(labels, learned);
                training.validate(
                        Math.min(batches.perEpoch(), Math.max(1, count / USUAL_EPOCHS)),
                        values -> loss(scores.load(values).logProbabilities(sequences), classes, weightOf));
            }
            training.run();
            return new Classifier(network, new Params(network.params(), training.parameters()), vocabulary, labels);
        }
    }

    private Network network(int symbols, int labels) {
        return NetworkSpec.tokens(symbols)
                .embedding(embedding)
                .dropout(dropout)
                .bidirectional(cell, hidden, Merge.CONCATENATE)
                .bothEnds()
                .dropout(dropout)
                .dense(labels)
                .build();
    }

    /** The same examples whatever their order in the file: which are held out depends on what they say. */
    private boolean[] aside(List<LabelledText> examples) {
        boolean[] aside = new boolean[examples.size()];
        int held = 0;
        for (int i = 0; i < aside.length; i++) {
            long key = SplitMix64.mix(
                    seed * SplitMix64.GOLDEN_GAMMA + examples.get(i).text().hashCode());
            aside[i] = new SplitMix64(key).nextDouble() < heldOut;
            held += aside[i] ? 1 : 0;
        }
        if (held < FEWEST_HELD_OUT || !allLabelsStay(examples, aside)) {
            Arrays.fill(aside, false);
        }
        return aside;
    }

    private static boolean allLabelsStay(List<LabelledText> examples, boolean[] aside) {
        TreeSet<String> all = new TreeSet<>();
        TreeSet<String> staying = new TreeSet<>();
        for (int i = 0; i < aside.length; i++) {
            all.add(examples.get(i).label());
            if (!aside[i]) {
                staying.add(examples.get(i).label());
            }
        }
        return all.equals(staying);
    }

    private static List<LabelledText> pick(List<LabelledText> examples, boolean[] aside, boolean wanted) {
        List<LabelledText> picked = new ArrayList<>();
        for (int i = 0; i < aside.length; i++) {
            if (aside[i] == wanted) {
                picked.add(examples.get(i));
            }
        }
        return picked;
    }

    /** The characters that occur more than once; all of them where none would be left to stand for the unknown. */
    private static Vocabulary vocabulary(List<LabelledText> examples) {
        Map<Integer, Integer> counts = new TreeMap<>();
        examples.forEach(example -> example.text().codePoints().forEach(c -> counts.merge(c, 1, Integer::sum)));
        int[] often = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        return Vocabulary.ofCodePoints(
                often.length > 0
                        ? often
                        : counts.keySet().stream().mapToInt(c -> c).toArray());
    }

    private static List<int[]> encode(Vocabulary vocabulary, List<LabelledText> examples) {
        return examples.stream()
                .map(example -> Classifier.encode(vocabulary, example.text()))
                .toList();
    }

    private static int[] classes(List<String> labels, List<LabelledText> examples) {
        return examples.stream()
                .mapToInt(example -> labels.indexOf(example.label()))
                .toArray();
    }

    /** What an example of each label counts: 1, or where labels are balanced {@code n / (K n_k)}. */
    private double[] weights(List<String> labels, List<LabelledText> examples) {
        double[] weights = new double[labels.size()];
        Arrays.fill(weights, 1);
        if (balanced) {
            int[] classes = classes(labels, examples);
            for (int k = 0; k < weights.length; k++) {
                int label = k;
                long count = Arrays.stream(classes).filter(c -> c == label).count();
                weights[k] = examples.size() / ((double) weights.length * count);
            }
        }
        return weights;
    }

    private static double loss(List<double[]> logs, int[] classes, double[] weightOf) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < classes.length; i++) {
            sum -= weightOf[classes[i]] * logs.get(i)[classes[i]];
            weight += weightOf[classes[i]];
        }
        return sum / weight;
    }
}
