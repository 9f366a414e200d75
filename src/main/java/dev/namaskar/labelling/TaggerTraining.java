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
import dev.namaskar.tasks.Parts;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.Objective;
import dev.namaskar.train.run.DataFile;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

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
        return new Tagger(name, stored);
    }

    /** What one symbol is: a code point, the usual, or a whole token. */
    public TaggerTraining unit(Lexicon.Cut symbol) {
        unit = symbol;
        return this;
    }

    /** Learns tagged sentences. */
    public Tagger on(List<TaggedSentence> sentences) {
        return plainly(() -> fitSentences("sentences", sentences));
    }

    /** Learns series of channels with a tag for each step. */
    public Tagger onChannels(List<TaggedSeries> series) {
        return plainly(() -> fitSeries("series", series));
    }

    /**
     * Learns a file: tagged sentences, or a long table with a tag in each row where its columns are named.
     *
     * @throws IOException if it cannot be read, or has fewer than two tags
     */
    @Override
    public Trained<Tagger> fit(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            return columns() == null ? fitSentences(name, sentences(file)) : fitSeries(name, series(file));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    private List<TaggedSentence> sentences(Path file) throws IOException {
        return TaggedSentence.read(file, encoding());
    }

    private List<TaggedSeries> series(Path file) throws IOException {
        SequenceFile.Columns named = columns();
        if (named == null) {
            throw new IllegalArgumentException(file + ": expected the columns of a table to be named, found none");
        }
        return SequenceFile.tagged(file, named, encoding());
    }

    private Trained<Tagger> fitSentences(String name, List<TaggedSentence> sentences) throws IOException {
        Parts<TaggedSentence> parts = divide(
                sentences,
                validating(this::sentences),
                sentence -> String.join(" ", sentence.tokens()),
                TaggedSentence::tags);
        InputForm.OfText input = inputOr(
                InputForm.OfText.class,
                "sentences",
                () -> new InputForm.OfText(Lexicon.of(
                        unit,
                        parts.learned().stream()
                                .map(sentence -> String.join(" ", sentence.tokens()))
                                .toList())));
        return fit(
                name,
                input,
                parts,
                TaggedSentence::tags,
                (sentence, tags) -> Tagger.item(input.lexicon(), sentence, tags),
                (now, sentence) -> answer(
                        String.join(" ", sentence.tokens()), sentence.tags(), now.tag(List.of(sentence.tokens()), 1)));
    }

    private Trained<Tagger> fitSeries(String name, List<TaggedSeries> series) throws IOException {
        Parts<TaggedSeries> parts = divide(
                series,
                validating(this::series),
                one -> Arrays.toString(one.series().values()),
                TaggedSeries::tags);
        InputForm.OfChannels input = inputOr(
                InputForm.OfChannels.class,
                "series of channels",
                () -> new InputForm.OfChannels(Channels.of(
                        parts.learned().stream().map(TaggedSeries::series).toList())));
        return fit(
                name,
                input,
                parts,
                TaggedSeries::tags,
                (one, tags) ->
                        Tagger.everyStep(input.channels().item(one.series()), tags.require(one.tags(), "a sequence")),
                (now, one) -> answer(
                        "sequence of " + one.series().steps() + " steps",
                        one.tags(),
                        now.tagChannels(List.of(one.series()), 1)));
    }

    /** Makes an item of an example. */
    private interface Made<T> {
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
            Function<T, List<String>> said,
            Made<T> made,
            BiFunction<Tagger, T, Sample.Answer> answering)
            throws IOException {
        List<T> learned = parts.learned();
        List<T> validating = parts.validating();
        LabelNames tags =
                names(learned.stream().flatMap(one -> said.apply(one).stream()).toList());
        if (tags.size() < 2) {
            throw new IllegalArgumentException("expected at least two tags, found " + tags.names());
        }
        note("learning " + learned.size() + " sequences of " + tags.size() + " tags, " + input + "; "
                + validating.size() + " validate");
        Model start = start(TaggerKind.TAG, input, tags, 0, layers -> layers);
        return learn(
                TrainingPlan.of(
                        start,
                        examples(input, learned, tags, made),
                        () -> Objective.of(new SoftmaxCrossEntropy()),
                        validating.isEmpty()
                                ? null
                                : new LabelLoss(start.network(), examples(input, validating, tags, made)),
                        Map.of(),
                        now -> {
                            Tagger tagger = new Tagger(name, now);
                            return TrainingPlan.some(validating, learned).stream()
                                    .map(one -> answering.apply(tagger, one))
                                    .toList();
                        }),
                name);
    }

    private static <T> ItemExamples examples(InputForm input, List<T> all, LabelNames tags, Made<T> made) {
        return new ItemExamples(
                input.network(),
                true,
                all.stream().map(one -> made.item(one, tags)).toList());
    }
}
