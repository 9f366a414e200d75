package dev.namaskar.text;

import dev.namaskar.files.Checkpoints;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.params.Setting;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Corpus;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.text.corpus.TextData;
import dev.namaskar.text.corpus.TextUnit;
import dev.namaskar.train.Rounds;
import dev.namaskar.train.run.TrainingListener;
import dev.namaskar.train.run.TrainingSettings;
import dev.namaskar.train.settings.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A character model's training, from a text to a model: what is not said is chosen from the text, by the same code for
 * the command line and for programs, which therefore make the same bits of the same settings.
 *
 * <pre>{@code
 * CharacterModel model = CharacterModel.training().cell("gru").hidden(256).minutes(1).listen(progress).on(Path.of("play.txt"));
 * }</pre>
 */
public final class TextTraining implements TrainingSettings<TextTraining> {
    /**
     * What is usual: Adam along a cosine, gradients clipped, 32 streams side by side (fewer for a short text), and the
     * last tenth held out (nothing of a list of words).
     */
    public static final RunSettings USUAL = RunSettings.usual("cosine", 5, 32, 0.1);

    private final List<TrainingListener> listeners = new ArrayList<>();
    private TextSettings asked = TextSettings.NONE;
    private @Nullable EarlierModel earlier;
    private Consumer<String> notes = note -> {};
    private @Nullable Checkpoints checkpoints;
    private Function<TextRecipe, Rounds> rounds = recipe -> Rounds.SINGLE;

    TextTraining() {}

    @Override
    public TextTraining layers(UnaryOperator<RecurrentLayers> change) {
        asked = asked.withLayers(change.apply(asked.layers()));
        return this;
    }

    /** Learns a vector of this length for each symbol; 0, the usual but where {@link #minutes} choose, feeds symbols one-hot. */
    public TextTraining embedding(int width) {
        Setting.atLeast("embedding", 0, width);
        asked = asked.withEmbedding(width);
        return this;
    }

    /** The length of a symbol's vector that is asked for; null where none is. */
    public @Nullable Integer askedEmbedding() {
        return asked.embedding();
    }

    /** Dropout whose masks are held over the steps of a sequence, at rates of its own for each place. */
    public TextTraining dropout(VariationalDropout rates) {
        asked = asked.withVariational(rates);
        return this;
    }

    /** Drops this part of the recurrent weights in each update (DropConnect, Wan et al. 2013). */
    public TextTraining dropConnect(double rate) {
        return run(r -> r.withDropConnect(rate));
    }

    /** The part of a right symbol that all symbols share in the loss that is trained on; usually 0. */
    public TextTraining smoothing(double part) {
        Setting.fraction("smoothing", part);
        asked = asked.withSmoothing(part);
        return this;
    }

    /**
     * So many networks, alike but for their fresh parameters and what is dropped of them, trained one after the other, whose
     * logits are averaged ({@link CharacterModel#ensemble}); usually 1, and where {@link #minutes} choose as many as suit.
     */
    public TextTraining ensemble(int networks) {
        Setting.atLeast("ensemble", 1, networks);
        asked = asked.withMembers(networks);
        return this;
    }

    /** What one symbol is; usually a code point. */
    public TextTraining unit(Unit symbol) {
        return unit(TextUnit.of(symbol));
    }

    /** What one symbol is, a code point, a byte, or a piece that is learnt from the text. */
    public TextTraining unit(TextUnit symbol) {
        asked = asked.withUnit(symbol);
        return this;
    }

    /** As a stream or as a list of words; null, the usual, for what suits the text. */
    public TextTraining reading(@Nullable Reading how) {
        asked = asked.withReading(how);
        return this;
    }

    /** So many steps between updates; null, the usual, for 64, and fewer for a short text. */
    public TextTraining seqLen(@Nullable Integer count) {
        Setting.atLeast("seq-len", 1, count);
        asked = asked.withSeqLen(count);
        return this;
    }

    /** The steps between updates that are asked for; null where none are. */
    public @Nullable Integer askedSeqLen() {
        return asked.seqLen();
    }

    @Override
    public TextTraining run(UnaryOperator<RunSettings> change) {
        asked = asked.withRun(change.apply(asked.run()));
        return this;
    }

    /**
     * Goes on with a trained model: a new run, whose network is the model's, and whose vocabulary grows by the symbols
     * that are new.
     */
    public TextTraining from(CharacterModel trained) {
        earlier = new EarlierModel(trained, "the model given", "a model");
        return this;
    }

    /** Goes on with the model in a file. */
    public TextTraining from(Path model) throws IOException {
        earlier = new EarlierModel(CharacterModel.read(model), model.toString(), String.valueOf(model.getFileName()));
        return this;
    }

    @Override
    public TextTraining listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public TextTraining notes(Consumer<String> to) {
        notes = to;
        return this;
    }

    /** Stores all that a run needs to go on; null, the usual, for nothing. */
    public TextTraining checkpoints(@Nullable Checkpoints kept) {
        checkpoints = kept;
        return this;
    }

    /** Takes the steps in another way, which may want to know what is trained. */
    public TextTraining rounds(Function<TextRecipe, Rounds> how) {
        rounds = how;
        return this;
    }

    /** What one symbol of the text will be: as asked for, or as the earlier model has it. */
    public Unit unit() {
        TextUnit unit = asked.unit();
        return earlier == null ? (unit == null ? TextUnit.CODEPOINT : unit).read() : earlier.unit(unit);
    }

    /**
     * Checks that what is asked for agrees with the model that the run goes on with.
     *
     * @throws IllegalArgumentException naming the setting that does not
     */
    public TextTraining check() {
        if (earlier != null) {
            earlier.unit(asked.unit());
            earlier.members(asked.members());
            asked.variational().in(earlier.agreeing(asked.layers(), asked.embedding()));
        }
        if (earlier == null) {
            boolean chosen = asked.byTimeAlone() && asked.embedding() == null;
            TextSettings settled = chosen ? asked.withEmbedding(BudgetRule.EMBEDDING) : asked;
            asked.run().trainer(1).requireEffect(settled.network(1).build().params());
        }
        return this;
    }

    /** Learns files, one after the other. */
    public CharacterModel on(Path first, Path... more) throws IOException {
        try (Corpus corpus =
                Corpus.read(Stream.concat(Stream.of(first), Stream.of(more)).toList(), unit())) {
            return fit(corpus).model();
        }
    }

    /** Learns a text. */
    public CharacterModel on(String text) {
        try (Corpus corpus = Corpus.of(text, unit())) {
            return fit(corpus).model();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Learns a corpus, which must have been read by {@link #unit()}. */
    public CharacterModel on(Corpus corpus) throws IOException {
        return fit(corpus).model();
    }

    /**
     * Learns a corpus and reports on it.
     *
     * @throws IllegalArgumentException if the corpus is too short for what is asked for, or settings disagree
     * @throws IOException if a checkpoint cannot be read or written
     * @throws dev.namaskar.train.run.RunStoppedException if a listener asked to stop, and checkpoints are kept
     */
    public TrainedText fit(Corpus corpus) throws IOException {
        long begun = System.nanoTime();
        Vocabulary symbols = symbols(corpus);
        TextPlan plan = plan(corpus, symbols, begun);
        TextSettings all = plan == null ? asked : plan.over(asked);
        List<CharacterModel> starts = starts(all, symbols);
        CharacterModel start = starts.get(0);
        TextData ready = TextData.of(corpus, start.vocabulary(), all.wish());
        corpus.notes().forEach(notes);
        if (earlier != null) {
            notes.accept(earlier.describe(start));
        }
        notes.accept(ready.describe(corpus));
        if (plan != null) {
            notes.accept(plan.describe());
        }
        TextReport.Outcome outcome =
                new TextRun(all, plan, begun, starts, ready, corpus, notes).carryOut(listeners, checkpoints, rounds);
        Map<String, @Nullable Object> from = earlier == null ? Map.of() : earlier.figures(start);
        TextReport report = new TextReport(corpus, ready, outcome, plan, from);
        return new TrainedText(outcome.model().withOrigin(report.texts()), report);
    }

    /** The symbols of a corpus; pieces are learnt from what is trained on. */
    private Vocabulary symbols(Corpus corpus) throws IOException {
        if (earlier != null) {
            return earlier.symbols(corpus);
        }
        Double asideAsked = asked.run().data().valFraction();
        double aside = asideAsked == null ? Reading.STREAM.defaultValFraction() : asideAsked;
        TextUnit unit = asked.unit();
        return (unit == null ? TextUnit.CODEPOINT : unit).of(corpus, aside);
    }

    /** What suits the time, or what a checkpoint that is gone on with has of it; null where the time is not all. */
    private @Nullable TextPlan plan(Corpus corpus, Vocabulary symbols, long begun) throws IOException {
        if (!asked.byTimeAlone() || earlier != null) {
            return null;
        }
        TextPlan stored = checkpoints == null ? null : TextRun.storedPlan(checkpoints);
        if (stored != null) {
            return stored;
        }
        TextData data = TextData.of(corpus, symbols, asked.wish());
        return data.reading() == Reading.WORDS ? null : new TextPlanner(asked, symbols, begun).plan(data);
    }

    /** The models that training begins with, one for each network; they know all these symbols. */
    private List<CharacterModel> starts(TextSettings all, Vocabulary symbols) {
        if (earlier != null) {
            earlier.members(all.members());
            return earlier.starts(all.variational().in(earlier.agreeing(all.layers(), all.embedding())), symbols);
        }
        NetworkSpec network = all.network(symbols.size());
        return IntStream.range(0, all.members() == null ? 1 : all.members())
                .mapToObj(member ->
                        CharacterModel.fresh(network, symbols, all.run().memberSeed(member)))
                .toList();
    }
}
