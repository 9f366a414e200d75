package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.Objective;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tagger's training: a vector for each symbol, then recurrent layers that read both ways, and at every token's last
 * step a logit for each tag.
 */
public final class TaggerTraining extends LabelTraining<Tagger, TaggerTraining> {
    private Lexicon.Cut unit = Lexicon.Cut.CODEPOINT;

    TaggerTraining() {}

    @Override
    protected TaggerTraining self() {
        return this;
    }

    @Override
    protected Tagger model(String name, Model stored) throws IOException {
        return Tagger.of(name, stored);
    }

    @Override
    List<String> known(Tagger earlier) {
        return earlier.tags();
    }

    /** What one symbol is: a code point, the usual, or a whole token. */
    public TaggerTraining unit(Lexicon.Cut symbol) {
        unit = symbol;
        return this;
    }

    /**
     * Learns a file of tagged sentences.
     *
     * @throws IOException if it cannot be read, or has fewer than two tags
     */
    public Tagger on(Path file) throws IOException {
        return fit(file).model();
    }

    /** Learns tagged sentences. */
    public Tagger on(List<TaggedSentence> sentences) {
        try {
            return fit("sentences", sentences, null).model();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Learns a file and reports on it. */
    public Trained<Tagger> fit(Path file) throws IOException {
        Path other = validation();
        try {
            return fit(
                    String.valueOf(file.getFileName()),
                    TaggedSentence.read(file, encoding()),
                    other == null ? null : TaggedSentence.read(other, encoding()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private Trained<Tagger> fit(String name, List<TaggedSentence> sentences, @Nullable List<TaggedSentence> others)
            throws IOException {
        List<TaggedSentence> learned = new ArrayList<>();
        List<TaggedSentence> validating = new ArrayList<>();
        divide(sentences, others, learned, validating);
        LabelNames tags = names(
                learned.stream().flatMap(sentence -> sentence.tags().stream()).toList());
        if (tags.size() < 2) {
            throw new IllegalArgumentException("expected sentences of at least two tags, found " + tags.names());
        }
        Earlier<Tagger> before = earlier();
        InputForm.OfText input = before != null ? before.model().input() : new InputForm.OfText(lexicon(learned));
        note("learning " + learned.size() + " sentences of " + tags.size() + " tags, " + input + "; "
                + validating.size() + " validate");
        Model start = Tagger.stored(start(input, tags, layers -> layers), input, tags);
        return learn(
                TrainingPlan.of(
                        start,
                        examples(input, tags, learned),
                        () -> Objective.of(new SoftmaxCrossEntropy()),
                        validating.isEmpty()
                                ? null
                                : new LabelScores(start.network(), examples(input, tags, validating)),
                        Map.of()),
                name);
    }

    /** Parts sentences into those that are learned and those that validate. */
    private void divide(
            List<TaggedSentence> all,
            @Nullable List<TaggedSentence> others,
            List<TaggedSentence> learned,
            List<TaggedSentence> validating) {
        if (others != null) {
            learned.addAll(all);
            validating.addAll(others);
            return;
        }
        boolean[] aside = heldOut(all.size(), i -> String.join(" ", all.get(i).tokens()));
        for (int i = 0; i < aside.length; i++) {
            (aside[i] ? validating : learned).add(all.get(i));
        }
        TreeSet<String> known = new TreeSet<>();
        learned.forEach(sentence -> known.addAll(sentence.tags()));
        // A sentence with a tag that would not be learned without it is learned.
        List<TaggedSentence> needed = validating.stream()
                .filter(sentence -> !known.containsAll(sentence.tags()))
                .toList();
        validating.removeAll(needed);
        learned.addAll(needed);
        if (validating.size() < FEWEST_HELD_OUT || learned.isEmpty()) {
            learned.clear();
            learned.addAll(all);
            validating.clear();
        }
    }

    private Lexicon lexicon(List<TaggedSentence> sentences) {
        return Lexicon.of(
                unit,
                sentences.stream()
                        .map(sentence -> String.join(" ", sentence.tokens()))
                        .toList());
    }

    private static ItemExamples examples(InputForm.OfText input, LabelNames tags, List<TaggedSentence> sentences) {
        List<Item> items = new ArrayList<>();
        for (TaggedSentence sentence : sentences) {
            Item item = Tagger.item(input.lexicon(), sentence.tokens());
            int[] ends = Tagger.ends(input.lexicon(), sentence.tokens());
            for (int n = 0; n < ends.length; n++) {
                item.classes()[ends[n]] = tags.require(sentence.tags().get(n), sentence.place());
            }
            items.add(item);
        }
        return new ItemExamples(input.network(), true, items);
    }
}
