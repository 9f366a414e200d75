package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.labelling.data.SequenceFile;
import dev.namaskar.labelling.data.TaggedSentence;
import dev.namaskar.labelling.data.TaggedSeries;
import dev.namaskar.labelling.data.TokenTag;
import dev.namaskar.labelling.internal.Channels;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.ItemExamples;
import dev.namaskar.labelling.internal.LabelLoss;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.losses.SoftmaxCrossEntropy;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A tagger's training: of texts a vector for each symbol, then recurrent layers that read both ways, and at every token's
 * last step, or at every step of a series, a logit for each tag.
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
     * Learns a file: tagged sentences, or a long table with a tag in each row where its columns are named.
     *
     * @throws IOException if it cannot be read, or has fewer than two tags
     */
    public Tagger on(Path file) throws IOException {
        return fit(file).model();
    }

    /** Learns tagged sentences. */
    public Tagger on(List<TaggedSentence> sentences) {
        return plainly(() -> fitSentences("sentences", sentences, null).model());
    }

    /** Learns series of channels with a tag for each step. */
    public Tagger onChannels(List<TaggedSeries> series) {
        return plainly(() -> fitSeries("series", series, null).model());
    }

    private interface Fit {
        Tagger get() throws IOException;
    }

    private static Tagger plainly(Fit fit) {
        try {
            return fit.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Learns a file and reports on it. */
    public Trained<Tagger> fit(Path file) throws IOException {
        Path other = validation();
        String name = String.valueOf(file.getFileName());
        SequenceFile.Columns named = columns();
        try {
            return named == null
                    ? fitSentences(
                            name,
                            TaggedSentence.read(file, encoding()),
                            other == null ? null : TaggedSentence.read(other, encoding()))
                    : fitSeries(
                            name,
                            SequenceFile.tagged(file, named, encoding()),
                            other == null ? null : SequenceFile.tagged(other, named, encoding()));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    private Trained<Tagger> fitSentences(
            String name, List<TaggedSentence> sentences, @Nullable List<TaggedSentence> others) throws IOException {
        Parts<TaggedSentence> parts =
                divide(sentences, others, sentence -> String.join(" ", sentence.tokens()), TaggedSentence::tags);
        InputForm input = inputOr(() -> new InputForm.OfText(Lexicon.of(
                unit,
                parts.learned().stream()
                        .map(sentence -> String.join(" ", sentence.tokens()))
                        .toList())));
        if (!(input instanceof InputForm.OfText text)) {
            throw new IllegalArgumentException("expected a tagger of sentences to go on with, found one of " + input);
        }
        return fit(
                name,
                input,
                parts,
                (sentence, tags) -> Tagger.item(text.lexicon(), sentence, tags),
                (now, sentence) -> answer(
                        String.join(" ", sentence.tokens()), sentence.tags(), now.tag(List.of(sentence.tokens()), 1)));
    }

    private Trained<Tagger> fitSeries(String name, List<TaggedSeries> series, @Nullable List<TaggedSeries> others)
            throws IOException {
        Parts<TaggedSeries> parts =
                divide(series, others, one -> Arrays.toString(one.series().values()), TaggedSeries::tags);
        InputForm input = inputOr(() -> new InputForm.OfChannels(
                Channels.of(parts.learned().stream().map(TaggedSeries::series).toList())));
        if (!(input instanceof InputForm.OfChannels form)) {
            throw new IllegalArgumentException("expected a tagger of channels to go on with, found one of " + input);
        }
        return fit(
                name,
                input,
                parts,
                (one, tags) ->
                        Tagger.everyStep(form.channels().item(one.series()), tags.require(one.tags(), "a sequence")),
                (now, one) -> answer(
                        "sequence of " + one.series().steps() + " steps",
                        one.tags(),
                        now.tagChannels(List.of(one.series()), 1)));
    }

    private InputForm inputOr(java.util.function.Supplier<InputForm> fresh) {
        Earlier<Tagger> before = earlier();
        return before == null ? fresh.get() : before.model().input();
    }

    /** Makes an item of an example. */
    private interface Reading<T> {
        Item item(T example, LabelNames tags);
    }

    private static Sample.Answer answer(String input, List<String> right, List<List<TokenTag>> said) {
        List<String> tags =
                said.get(0).stream().map(token -> token.tags().get(0).label()).toList();
        return new Sample.Answer(input, String.join(" ", right), String.join(" ", tags));
    }

    private <T> Trained<Tagger> fit(
            String name,
            InputForm input,
            Parts<T> parts,
            Reading<T> reading,
            BiFunction<Tagger, T, Sample.Answer> answering)
            throws IOException {
        LabelNames tags = names(parts.tags());
        if (tags.size() < 2) {
            throw new IllegalArgumentException("expected at least two tags, found " + tags.names());
        }
        note("learning " + parts.learned().size() + " sequences of " + tags.size() + " tags, " + input + "; "
                + parts.validating().size() + " validate");
        Model start = Tagger.stored(start(input, tags.size(), layers -> layers), input, tags, columns());
        return learn(
                TrainingPlan.of(
                        start,
                        examples(input, parts.learned(), tags, reading),
                        () -> Objective.of(new SoftmaxCrossEntropy()),
                        parts.validating().isEmpty()
                                ? null
                                : new LabelLoss(start.network(), examples(input, parts.validating(), tags, reading)),
                        Map.of(),
                        now -> {
                            Tagger tagger = Tagger.of(name, now);
                            return TrainingPlan.some(parts.validating(), parts.learned()).stream()
                                    .map(one -> answering.apply(tagger, one))
                                    .toList();
                        }),
                name);
    }

    private static <T> ItemExamples examples(InputForm input, List<T> all, LabelNames tags, Reading<T> reading) {
        return new ItemExamples(
                input.network(),
                true,
                all.stream().map(one -> reading.item(one, tags)).toList());
    }

    /**
     * Examples in two parts.
     *
     * @param tags all that are learned
     */
    private record Parts<T>(List<T> learned, List<T> validating, Collection<String> tags) {}

    /** Parts examples into those that are learned and those that validate. */
    private <T> Parts<T> divide(
            List<T> all, @Nullable List<T> others, Function<T, String> content, Function<T, List<String>> tags) {
        List<T> learned = new ArrayList<>();
        List<T> validating = new ArrayList<>();
        boolean[] aside =
                others == null ? heldOut(all.size(), i -> content.apply(all.get(i))) : new boolean[all.size()];
        TreeSet<String> known = new TreeSet<>();
        for (int i = 0; i < aside.length; i++) {
            (aside[i] ? validating : learned).add(all.get(i));
            if (!aside[i]) {
                known.addAll(tags.apply(all.get(i)));
            }
        }
        // One with a tag that would not be learned without it is learned.
        List<T> needed = validating.stream()
                .filter(one -> !known.containsAll(tags.apply(one)))
                .toList();
        validating.removeAll(needed);
        learned.addAll(needed);
        needed.forEach(one -> known.addAll(tags.apply(one)));
        if (others != null) {
            validating.addAll(known(others, tags, known));
        } else if (validating.size() < FEWEST_HELD_OUT || learned.isEmpty()) {
            validating.forEach(one -> known.addAll(tags.apply(one)));
            return new Parts<>(all, List.of(), known);
        }
        return new Parts<>(learned, validating, known);
    }
}
