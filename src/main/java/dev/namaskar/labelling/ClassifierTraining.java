package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelProbability;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.ItemExamples;
import dev.namaskar.labelling.internal.LabelLoss;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Parts;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.Objective;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        return new Classifier(name, stored);
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

    /** Learns labelled texts. */
    public Classifier on(List<LabelledText> examples) {
        List<LabelledInput> all = examples.stream().map(LabelledInput::of).toList();
        return plainly(() -> fit("texts", all));
    }

    /** Learns labelled series of channels. */
    public Classifier onChannels(List<ChannelSequence> examples) {
        return plainly(() -> fit("series", LabelledInput.of(examples)));
    }

    @Override
    Trained<Classifier> fit(String name, List<LabelledInput> all) throws IOException {
        LabelCounts.of(all).requireKinds(all);
        Parts<LabelledInput> parts =
                divide(all, validating(this::read), LabelledInput::content, one -> List.of(one.labels()));
        InputForm input = input(parts.learned(), unit);
        LabelCounts counts = LabelCounts.of(parts.learned());
        LabelNames labels = names(counts.labels());
        List<Item> learned = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!parts.aside()[i]) {
                LabelledInput one = all.get(i);
                int label = labels.indexOf(one.labels());
                double weight = counts.weight(one.labels(), balance);
                learned.add(one.source().item(input).of(label, weight));
                variants(input, one, i).forEach(variant -> learned.add(variant.of(label, weight)));
            }
        }
        List<Item> validating = parts.validating().stream()
                .map(one ->
                        one.source().item(input).of(labels.indexOf(one.labels()), counts.weight(one.labels(), balance)))
                .toList();
        note("learning " + learned.size() + " examples of " + labels.size() + " labels, " + input + "; "
                + validating.size() + " validate");
        counts.oddities(parts.learned()).forEach(this::note);
        Model start = start(ClassifierKind.CLASSIFY, input, labels, 0, readOut::above);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("read_out", readOut.label());
        settings.put("balance", balance);
        putVariants(input, settings);
        return learn(
                TrainingPlan.of(
                        start,
                        new ItemExamples(input.network(), false, learned),
                        () -> Objective.of(new SoftmaxCrossEntropy()),
                        validating.isEmpty()
                                ? null
                                : new LabelLoss(start.network(), new ItemExamples(input.network(), false, validating)),
                        settings,
                        now -> answers(new Classifier(name, now), TrainingPlan.some(parts.validating(), all))),
                name);
    }

    private static List<Sample.Answer> answers(Classifier now, List<LabelledInput> some) {
        List<Item> items =
                some.stream().map(one -> one.source().item(now.input)).toList();
        List<Sample.Answer> answers = new ArrayList<>();
        for (List<LabelProbability> said : now.likeliest(items, 1)) {
            LabelledInput one = some.get(answers.size());
            answers.add(new Sample.Answer(one.name(), one.labels(), said.get(0).label()));
        }
        return answers;
    }
}
