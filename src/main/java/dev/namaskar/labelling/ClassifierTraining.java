package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelProbability;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.internal.Channels;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.ItemExamples;
import dev.namaskar.labelling.internal.LabelLoss;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.labelling.internal.Sounds;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.speech.Recording;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.Objective;
import dev.namaskar.train.run.DataFile;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A classifier's training: of texts a vector for each symbol, then recurrent layers that read both ways, a read-out of the
 * whole, and a logit for each label.
 */
public final class ClassifierTraining extends SoundTraining<Classifier, ClassifierTraining> {
    private Lexicon.Cut unit = Lexicon.Cut.CODEPOINT;
    private ReadOut readOut = ReadOut.ENDS;
    private double balance;

    ClassifierTraining() {}

    @Override
    protected ClassifierTraining self() {
        return this;
    }

    @Override
    protected Classifier model(String name, Model stored) throws IOException {
        return Classifier.of(name, stored);
    }

    @Override
    List<String> known(Classifier earlier) {
        return earlier.labels();
    }

    /** What one symbol of a text is; usually a code point. */
    public ClassifierTraining unit(Lexicon.Cut symbol) {
        unit = symbol;
        return this;
    }

    /** How a whole sequence is read out of its steps; usually by both ends. */
    public ClassifierTraining readOut(ReadOut how) {
        readOut = how;
        return this;
    }

    /**
     * How much labels of unequal number are made equal: an example of a label that {@code n_k} of n have counts {@code
     * (n / (K n_k))^power}.
     *
     * @param power 0, the usual, lets every example weigh alike, 1 every label
     */
    public ClassifierTraining balance(double power) {
        if (!(power >= 0 && power <= 1)) {
            throw new IllegalArgumentException("`balance`: expected 0 <= number <= 1, found " + power);
        }
        balance = power;
        return this;
    }

    /**
     * Learns a file: labelled texts, one of sktime's ({@code .ts}), or a long table where its columns are named.
     *
     * @throws IOException if it cannot be read, or has fewer than two labels
     */
    public Classifier on(Path file) throws IOException {
        return fit(file).model();
    }

    /** Learns labelled texts. */
    public Classifier on(List<LabelledText> examples) {
        return plainly(() -> fitTexts("texts", examples, null).model());
    }

    /** Learns labelled series of channels. */
    public Classifier onChannels(List<ChannelSequence> examples) {
        return plainly(() -> fitChannels("series", examples, null).model());
    }

    private interface Fit {
        Classifier get() throws IOException;
    }

    private static Classifier plainly(Fit fit) {
        try {
            return fit.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Learns a file and reports on it. */
    public Trained<Classifier> fit(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            if (columns() != null || SequenceFile.isSktime(file)) {
                return fitChannels(name, channels(file), validation() == null ? null : channels(validation()));
            }
            Path other = validation();
            List<LabelledText> lines = LabelledText.read(file, encoding());
            List<LabelledText> others = other == null ? null : LabelledText.read(other, encoding());
            return Sounds.are(lines)
                    ? fitSounds(
                            name,
                            Sounds.read(file, lines),
                            other == null || others == null ? null : Sounds.read(other, others))
                    : fitTexts(name, lines, others);
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    private List<ChannelSequence> channels(Path file) throws IOException {
        return SequenceFile.read(file, columns(), encoding());
    }

    private Trained<Classifier> fitSounds(
            String name, List<Sounds.Labelled> heard, @Nullable List<Sounds.Labelled> validating) throws IOException {
        List<String> labels = heard.stream().map(Sounds.Labelled::label).toList();
        boolean[] aside = aside(labels, i -> heard.get(i).name(), validating != null);
        Earlier<Classifier> before = earlier();
        InputForm.OfSound input;
        if (before == null) {
            List<Recording> learned = new ArrayList<>();
            for (int i = 0; i < aside.length; i++) {
                if (!aside[i]) {
                    learned.add(heard.get(i).recording());
                }
            }
            input = sounds().form(learned);
        } else if (before.model().input() instanceof InputForm.OfSound sound) {
            input = sound;
        } else {
            throw new IllegalArgumentException(
                    before.name() + ": expected a classifier of recordings, found " + before.model());
        }
        long seed = settings().seed();
        return fit(
                name,
                input,
                labelledSounds(input, heard),
                aside,
                validating == null ? List.of() : labelledSounds(input, validating),
                i -> sounds().variants(input, heard.get(i).recording(), seed + 31L * i));
    }

    private static List<Labelled> labelledSounds(InputForm.OfSound input, List<Sounds.Labelled> heard) {
        return heard.stream()
                .map(one -> new Labelled(input.item(one.recording()), one.label(), one.place(), one.name()))
                .toList();
    }

    private Trained<Classifier> fitTexts(String name, List<LabelledText> texts, @Nullable List<LabelledText> validating)
            throws IOException {
        requireNoSounds("texts");
        List<String> labels = texts.stream().map(LabelledText::label).toList();
        boolean[] aside = aside(labels, i -> texts.get(i).text(), validating != null);
        Earlier<Classifier> before = earlier();
        InputForm.OfText input;
        if (before == null) {
            List<String> learned = new ArrayList<>();
            for (int i = 0; i < aside.length; i++) {
                if (!aside[i]) {
                    learned.add(texts.get(i).text());
                }
            }
            input = new InputForm.OfText(Lexicon.of(unit, learned));
        } else if (before.model().input() instanceof InputForm.OfText text) {
            input = text;
        } else {
            throw new IllegalArgumentException(
                    before.name() + ": expected a classifier of texts, found " + before.model());
        }
        return fit(
                name,
                input,
                labelledTexts(input, texts),
                aside,
                validating == null ? List.of() : labelledTexts(input, validating),
                i -> List.of());
    }

    private static List<Labelled> labelledTexts(InputForm.OfText input, List<LabelledText> texts) {
        return texts.stream()
                .map(one -> new Labelled(input.item(one.text()), one.label(), one.place(), one.text()))
                .toList();
    }

    private Trained<Classifier> fitChannels(
            String name, List<ChannelSequence> sequences, @Nullable List<ChannelSequence> validating)
            throws IOException {
        requireNoSounds("series of channels");
        List<String> labels = sequences.stream().map(ChannelSequence::label).toList();
        if (labels.contains("")) {
            throw new IllegalArgumentException(
                    "expected a label for each sequence, found none for sequence " + (labels.indexOf("") + 1));
        }
        boolean[] aside = aside(labels, i -> Arrays.toString(sequences.get(i).values()), validating != null);
        Earlier<Classifier> before = earlier();
        InputForm.OfChannels input;
        if (before == null) {
            List<ChannelSequence> learned = new ArrayList<>();
            for (int i = 0; i < aside.length; i++) {
                if (!aside[i]) {
                    learned.add(sequences.get(i));
                }
            }
            input = new InputForm.OfChannels(Channels.of(learned));
        } else if (before.model().input() instanceof InputForm.OfChannels channels) {
            input = channels;
        } else {
            throw new IllegalArgumentException(
                    before.name() + ": expected a classifier of channels, found " + before.model());
        }
        return fit(
                name,
                input,
                labelled(input.channels(), sequences),
                aside,
                validating == null ? List.of() : labelled(input.channels(), validating),
                i -> List.of());
    }

    private static List<Labelled> labelled(Channels channels, List<ChannelSequence> sequences) {
        List<Labelled> all = new ArrayList<>();
        for (ChannelSequence sequence : sequences) {
            String place = "sequence " + (all.size() + 1);
            all.add(new Labelled(channels.item(sequence), sequence.label(), place, place));
        }
        return all;
    }

    /** An item, its label, where it stands, and what it is called. */
    private record Labelled(Item item, String label, String place, String name) {}

    /** Which are held out: none where there is a file for it, or where so few would be that they say nothing. */
    private boolean[] aside(List<String> labels, IntFunction<String> content, boolean elsewhere) {
        if (new TreeSet<>(labels).size() < 2) {
            throw new IllegalArgumentException(
                    "expected examples of at least two labels, found " + new TreeSet<>(labels));
        }
        requireKinds(labels, content);
        boolean[] aside = heldOut(labels.size(), content);
        // A label whose examples are all held out would not be learned: its first one stays.
        Map<String, Integer> staying = new TreeMap<>();
        for (int i = 0; i < aside.length; i++) {
            staying.merge(labels.get(i), aside[i] ? 0 : 1, Integer::sum);
        }
        staying.forEach((label, count) -> aside[labels.indexOf(label)] &= count > 0);
        int held = 0;
        for (boolean a : aside) {
            held += a ? 1 : 0;
        }
        return elsewhere || held < FEWEST_HELD_OUT ? new boolean[aside.length] : aside;
    }

    /** Labels come back: texts and numbers in their place do not, and a network would learn nothing from them. */
    private static void requireKinds(List<String> labels, IntFunction<String> content) {
        Map<String, Long> counts = labels.stream().collect(Collectors.groupingBy(l -> l, Collectors.counting()));
        long once = counts.values().stream().filter(count -> count == 1).count();
        if (labels.size() < FEWEST_HELD_OUT || 2 * once <= labels.size()) {
            return;
        }
        long inputs =
                IntStream.range(0, labels.size()).mapToObj(content).distinct().count();
        throw new IllegalArgumentException("expected labels that come back, found " + counts.size()
                + " different ones of " + labels.size() + " examples, " + once + " of them once"
                + (4 * inputs < labels.size()
                        ? ", and " + inputs + " different inputs before them: labels seem to stand first, and have to"
                                + " stand behind what they are labels of"
                        : ""));
    }

    private Trained<Classifier> fit(
            String name,
            InputForm input,
            List<Labelled> all,
            boolean[] aside,
            List<Labelled> others,
            IntFunction<List<Item>> variants)
            throws IOException {
        LabelNames labels = names(all.stream().map(Labelled::label).toList());
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < aside.length; i++) {
            counts.merge(all.get(i).label(), aside[i] ? 0 : 1, Integer::sum);
        }
        double[] weights = weights(labels, counts);
        List<Item> learned = new ArrayList<>();
        List<Item> validating = new ArrayList<>();
        List<Labelled> heldOut = new ArrayList<>();
        for (int i = 0; i < aside.length; i++) {
            Labelled example = all.get(i);
            if (aside[i]) {
                heldOut.add(example);
            }
            (aside[i] ? validating : learned).add(weighted(example, labels, weights));
            for (Item variant : aside[i] ? List.<Item>of() : variants.apply(i)) {
                learned.add(weighted(
                        new Labelled(variant, example.label(), example.place(), example.name()), labels, weights));
            }
        }
        heldOut.addAll(known(others, other -> List.of(other.label()), counts.keySet()));
        heldOut.subList(validating.size(), heldOut.size())
                .forEach(other -> validating.add(weighted(other, labels, weights)));
        describe(input, labels, counts, learned.size(), validating.size());
        Model start = Classifier.stored(start(input, labels.size(), readOut::above), input, labels, columns());
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("read_out", readOut.label());
        settings.put("balance", balance);
        if (input instanceof InputForm.OfSound) {
            settings.put("variants", sounds().variants());
        }
        ItemExamples measured = new ItemExamples(input.network(), false, validating);
        List<Labelled> some = TrainingPlan.some(heldOut, all);
        return learn(
                TrainingPlan.of(
                        start,
                        new ItemExamples(input.network(), false, learned),
                        () -> Objective.of(new SoftmaxCrossEntropy()),
                        validating.isEmpty() ? null : new LabelLoss(start.network(), measured),
                        settings,
                        now -> answers(Classifier.of(name, now), some)),
                name);
    }

    private static List<Sample.Answer> answers(Classifier now, List<Labelled> some) {
        List<List<LabelProbability>> said =
                now.likeliest(some.stream().map(Labelled::item).toList(), 1);
        List<Sample.Answer> answers = new ArrayList<>();
        for (Labelled one : some) {
            String label = said.get(answers.size()).get(0).label();
            answers.add(new Sample.Answer(one.name(), one.label(), label));
        }
        return answers;
    }

    private static Item weighted(Labelled example, LabelNames labels, double[] weights) {
        int label = labels.indexOf(example.label());
        return example.item().of(label, weights[label]);
    }

    private void describe(
            InputForm input, LabelNames labels, Map<String, Integer> counts, int learned, int validating) {
        note("learning " + learned + " examples of " + labels.size() + " labels, " + input + "; " + validating
                + " validate");
        Map<String, List<String>> alike = counts.keySet().stream()
                .collect(Collectors.groupingBy(
                        label -> label.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
        alike.values().stream()
                .filter(names -> names.size() > 1)
                .forEach(names -> note(
                        "labels that differ in case alone are learned as different ones: " + String.join(", ", names)));
        List<String> once = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!once.isEmpty()) {
            note("labels with one example, which say little: "
                    + once.stream().limit(20).collect(Collectors.joining(", "))
                    + (once.size() > 20 ? " and " + (once.size() - 20) + " more" : ""));
        }
    }

    /** What an example of each label counts. */
    private double[] weights(LabelNames labels, Map<String, Integer> counts) {
        double[] weights = new double[labels.size()];
        int sum = counts.values().stream().mapToInt(c -> c).sum();
        for (int k = 0; k < weights.length; k++) {
            int count = counts.getOrDefault(labels.names().get(k), 0);
            weights[k] = count == 0 ? 0 : Math.pow(sum / ((double) counts.size() * count), balance);
        }
        return weights;
    }
}
