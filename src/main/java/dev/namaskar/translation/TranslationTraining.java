package dev.namaskar.translation;

import dev.namaskar.files.Model;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.symbols.Lexicon.Cut;
import dev.namaskar.tasks.Parts;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.run.DataFile;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A translation model's training: an embedding of every symbol of a source and recurrent layers that read both ways, to
 * whose steps the decoder of {@link TargetTraining} attends.
 *
 * <pre>{@code
 * TranslationModel model = TranslationModel.training().hidden(256).minutes(40).on(Path.of("pronunciations.tsv"));
 * }</pre>
 */
public final class TranslationTraining extends TargetTraining<TranslationModel, TranslationTraining> {
    /** Words of at most so many characters on average are symbols rather than words. */
    private static final double SYMBOL_LENGTH = 3;

    private @Nullable Cut sourceUnit;
    private @Nullable Cut targetUnit;

    TranslationTraining() {}

    @Override
    protected TranslationTraining self() {
        return this;
    }

    @Override
    protected TranslationModel model(String name, Model stored) throws IOException {
        return TranslationModel.of(name, stored);
    }

    /** What one symbol of a source is; usually what {@link #unitOf} says of the sources. */
    public TranslationTraining sourceUnit(@Nullable Cut symbol) {
        sourceUnit = symbol;
        return this;
    }

    /** What one symbol of a target is; usually what {@link #unitOf} says of the targets. */
    public TranslationTraining targetUnit(@Nullable Cut symbol) {
        targetUnit = symbol;
        return this;
    }

    /**
     * What one symbol of texts is where nobody says: where more than half of them have blanks and what stands between
     * these is at most three characters long on average, as phonemes are, that; else a code point.
     */
    static Cut unitOf(List<String> texts) {
        long apart =
                texts.stream().filter(text -> Cut.WORD.symbols(text).size() > 1).count();
        long words = 0;
        long characters = 0;
        for (String text : texts) {
            for (String word : Cut.WORD.symbols(text)) {
                words++;
                characters += word.codePointCount(0, word.length());
            }
        }
        return 2 * apart > texts.size() && characters <= SYMBOL_LENGTH * words ? Cut.WORD : Cut.CODEPOINT;
    }

    /** Learns pairs. */
    public TranslationModel on(List<TextPair> pairs) {
        return plainly(() -> fit("pairs", pairs));
    }

    /**
     * Learns a file of pairs.
     *
     * @throws IOException if it cannot be read: it names the line
     */
    @Override
    public Trained<TranslationModel> fit(Path file) throws IOException {
        List<TextPair> pairs = TextPair.read(file, encoding());
        try {
            return fit(String.valueOf(file.getFileName()), pairs);
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    private Trained<TranslationModel> fit(String name, List<TextPair> pairs) throws IOException {
        Parts<TextPair> parts = divide(pairs, validating(file -> TextPair.read(file, encoding())), TextPair::source);
        List<TextPair> learned = parts.learned();
        List<TextPair> validating = parts.validating();
        Earlier<TranslationModel> before = earlier();
        Lexicon sources = before == null
                ? lexicon(sourceUnit, learned, TextPair::source)
                : before.model().sources();
        Lexicon targets = before == null
                ? lexicon(targetUnit, learned, TextPair::target)
                : before.model().targets();
        note("learning " + learned.size() + " pairs, sources of " + sources + ", targets of " + targets + "; "
                + validating.size() + " validate");
        Start start = start(sources, new TargetSymbols(targets), before);
        List<TextPair> some = TrainingPlan.some(validating, learned);
        return fit(
                name,
                start,
                placed(sources, start.targets(), learned),
                placed(sources, start.targets(), validating),
                now -> answers(TranslationModel.of(name, now), some));
    }

    private static List<Sample.Answer> answers(TranslationModel now, List<TextPair> some) {
        List<String> inputs = some.stream().map(TextPair::source).toList();
        return answers(inputs, some.stream().map(TextPair::target).toList(), now.translate(inputs, GREEDY));
    }

    private static Lexicon lexicon(@Nullable Cut unit, List<TextPair> pairs, Function<TextPair, String> side) {
        List<String> texts = pairs.stream().map(side).toList();
        return Lexicon.of(unit == null ? unitOf(texts) : unit, texts);
    }

    private Start start(Lexicon sources, TargetSymbols targets, @Nullable Earlier<TranslationModel> before) {
        EncoderDecoder model = before == null
                ? fresh(encoder(sources), targets)
                : agreed(
                        before.model().network(),
                        before.model().network().encoder().spec());
        Model plain = begin(model.networks(), model.initialize(settings().seed()));
        return new Start(model, TranslationModel.stored(plain, sources), targets);
    }

    private NetworkSpec encoder(Lexicon sources) {
        NetworkSpec symbols =
                NetworkSpec.tokens(sources.size()).embedding(embedding()).dropout(dropout());
        return recurrent().bothWaysAbove(symbols);
    }

    private static List<Placed> placed(Lexicon sources, TargetSymbols targets, List<TextPair> pairs) {
        return pairs.stream()
                .map(pair -> new Placed(
                        new TargetExamples.Item(
                                Source.of(sources.encode(pair.source())), targets.encode(pair.target())),
                        pair.place()))
                .toList();
    }
}
