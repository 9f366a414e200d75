package dev.namaskar.text;

import dev.namaskar.decoding.Categorical;
import dev.namaskar.decoding.Sampler;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.net.readouts.LastStep;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network that predicts a text symbol by symbol: {@code p(x_t | x_1 .. x_{t-1})} for every symbol of its vocabulary.
 * With a window of W symbols its memory is bounded: it reads the last W of them, from a zero state each time, {@code
 * p(x_t | x_{t-W} .. x_{t-1})}, as a network does that was trained on windows to give its last step.
 * It never changes, and any number of threads may ask it at once. Asking needs no native library.
 */
public final class CharacterModel {
    private final Network network;
    private final Params params;
    private final Vocabulary vocabulary;
    private final Map<String, String> origin;
    private final int window;
    private @Nullable NetworkWeights weights;

    /**
     * A model of these parameters, which must not change any more.
     *
     * @throws IllegalArgumentException if the network does not read and predict this vocabulary, or looks ahead
     */
    public CharacterModel(Network network, Params params, Vocabulary vocabulary) {
        this(network, params, vocabulary, 0);
    }

    /**
     * The same with a bounded memory.
     *
     * @param window how many symbols are read for the next, fewer at a text's beginning; 0 for all of them
     */
    public CharacterModel(Network network, Params params, Vocabulary vocabulary, int window) {
        this(network, params, vocabulary, window, Map.of());
    }

    private CharacterModel(
            Network network, Params params, Vocabulary vocabulary, int window, Map<String, String> origin) {
        requireReads(network.spec(), vocabulary);
        if (window < 0) {
            throw new IllegalArgumentException("expected a window of 0 or more symbols, found " + window);
        }
        if (looksAhead(network.spec())) {
            throw new IllegalArgumentException(
                    "expected layers that predict every step from those before it, found a bidirectional one");
        }
        this.network = network;
        this.params = params;
        this.vocabulary = vocabulary;
        this.window = window;
        this.origin = Map.copyOf(origin);
    }

    /**
     * Learns files, one after the other, with all that is usual for such a text.
     *
     * @throws IllegalArgumentException if a file is no text, or they are too short
     */
    public static CharacterModel train(Path first, Path... more) throws IOException {
        return training().on(first, more);
    }

    /** Learns a text with all that is usual for it. */
    public static CharacterModel train(String text) {
        return training().on(text);
    }

    /** A training whose settings may be other than the usual ones. */
    public static TextTraining training() {
        return new TextTraining();
    }

    /** These layers, with dropout behind each, between so many symbols and their logits. */
    static NetworkSpec spec(RecurrentLayers layers, int embedding, int symbols) {
        NetworkSpec input = NetworkSpec.tokens(symbols);
        return layers.above(embedding > 0 ? input.embedding(embedding) : input).dense(symbols);
    }

    /** A model of fresh parameters. */
    static CharacterModel fresh(NetworkSpec spec, Vocabulary symbols, long seed) {
        Network network = spec.build();
        return new CharacterModel(network, network.initialize(seed), symbols);
    }

    /**
     * Reads a model from a file.
     *
     * @throws dev.namaskar.files.MalformedFileException if the file is no model, or not one of text
     */
    public static CharacterModel read(Path file) throws IOException {
        return TextModelFile.read(file);
    }

    /**
     * One model of several that are alike but for their parameters, such as those of trainings with other seeds: its logits
     * are the mean of theirs.
     *
     * @param members at least one
     * @throws IllegalArgumentException if their networks or symbols differ
     */
    public static CharacterModel ensemble(List<CharacterModel> members) {
        return TextEnsemble.of(members);
    }

    /** The models whose logits this one averages; this one itself where it is a single network. */
    public List<CharacterModel> members() {
        return TextEnsemble.members(this);
    }

    /** Writes the model to a file; what was there before stays until the new file is complete. */
    public void write(Path file) throws IOException {
        TextModelFile.write(file, this);
    }

    /** The same model with where its knowledge is from. */
    CharacterModel withOrigin(Map<String, String> texts) {
        return new CharacterModel(network, params, vocabulary, window, texts);
    }

    /**
     * Where the model's knowledge is from, as JSON: {@code corpus} names what it was trained on, {@code run} has the
     * settings and results. Empty for a model that was made otherwise.
     */
    public Map<String, String> origin() {
        return origin;
    }

    static void requireReads(NetworkSpec spec, Vocabulary vocabulary) {
        int size = vocabulary.size();
        if (!spec.tokens() || spec.inputWidth() != size || spec.outputWidth() != size) {
            throw new IllegalArgumentException("expected a network that reads " + size + " symbols and gives " + size
                    + " logits, found one that reads " + spec.inputWidth() + (spec.tokens() ? " symbols" : " values")
                    + " and gives " + spec.outputWidth());
        }
    }

    static void requireEveryStep(NetworkSpec spec) {
        if (spec.everyLayer().anyMatch(LastStep.class::isInstance)) {
            throw new IllegalArgumentException("expected layers that predict every step from those before it,"
                    + " found one that reads out the last step alone");
        }
    }

    /** Whether a layer reads both ways. */
    public static boolean looksAhead(NetworkSpec spec) {
        return spec.everyLayer().anyMatch(layer -> layer instanceof Recurrent recurrent && recurrent.bidirectional());
    }

    /** The network's layout. */
    public Network network() {
        return network;
    }

    /** The parameters; not to be changed. */
    public Params params() {
        return params;
    }

    /** The symbols. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** How many symbols are read for the next; 0 for all of a text. */
    public int window() {
        return window;
    }

    /**
     * The model to go on training with where a text has symbols that this one lacks: they stand behind its own, whose
     * indices and parameters stay. A new symbol begins as the mean of the old ones, read and predicted alike, so that no
     * probability of an old one falls by more than the factor {@code V / (V + k)} for k new ones.
     *
     * @return this model itself if it knows all of them
     * @throws IllegalArgumentException if the units differ, or the network does not end in a dense layer, or gives its
     *     last step alone
     */
    public CharacterModel extendedBy(Vocabulary other) {
        requireEveryStep(network.spec());
        Vocabulary all = vocabulary.extendedBy(other);
        if (all.size() == vocabulary.size()) {
            return this;
        }
        if (TextEnsemble.count(this) > 1) {
            return ensemble(
                    members().stream().map(member -> member.extendedBy(other)).toList());
        }
        Network wider = VocabularyGrowth.network(network.spec(), all.size());
        return new CharacterModel(wider, VocabularyGrowth.params(params, wider), all, window);
    }

    /** A text that starts from a zero state, for reading and writing on plain Java arrays. */
    public OpenText open() {
        return new OpenText(
                vocabulary, new Pass(network, loadedWeights(), GemmLibrary.JAVA.open()), network.zeroState(1), window);
    }

    private synchronized NetworkWeights loadedWeights() {
        if (weights == null) {
            NetworkWeights fresh = network.weights(GemmLibrary.JAVA);
            fresh.load(params.values(), false);
            weights = fresh;
        }
        return weights;
    }

    /** What may come after a text, likeliest first; its characters must all be known. */
    public List<Candidate> next(String prime, int top) {
        return next(prime, top, new UnknownPolicy.Refuse());
    }

    /**
     * What may come after a text, likeliest first, of equals the smaller index first.
     *
     * @param prime at least one known symbol
     * @param top how many candidates at most
     * @throws IllegalArgumentException if nothing is left of the prime, or it holds unknown symbols and the policy is to
     *     refuse them
     */
    public List<Candidate> next(String prime, int top, UnknownPolicy policy) {
        if (top < 1) {
            throw new IllegalArgumentException("`top`: expected >= 1, found " + top);
        }
        int[] indices = vocabulary.encode(prime, policy);
        if (indices.length == 0) {
            throw new IllegalArgumentException("expected at least one character to go on from, found "
                    + (prime.isEmpty() ? "an empty text" : "none that the model knows"));
        }
        OpenText text = open();
        text.read(indices);
        return Candidate.likeliest(text.logits(), vocabulary, top);
    }

    /**
     * A text and what the model writes on, drawn by the probabilities it gives, and each time another.
     *
     * @param prime of any length, may be empty
     * @param length how many characters to write
     * @return the prime and what follows it
     */
    public String generate(String prime, long length) {
        return generate(prime, length, System.nanoTime());
    }

    /** The same with the start of what is drawn at random: the same seed, the same text. */
    public String generate(String prime, long length, long seed) {
        SplitMix64 random = new SplitMix64(SplitMix64.mix(seed));
        return generate(prime, length, new Categorical(random), random);
    }

    /** The same with another way of choosing each symbol. */
    public String generate(String prime, long length, Sampler sampler) {
        return generate(prime, length, sampler, new SplitMix64(SplitMix64.mix(System.nanoTime())));
    }

    private String generate(String prime, long length, Sampler sampler, SplitMix64 random) {
        StringBuilder text = new StringBuilder(prime);
        generate(prime, new UnknownPolicy.Refuse(), length, sampler, random, codePoint -> {
            text.appendCodePoint(codePoint);
            return true;
        });
        return text.toString();
    }

    /**
     * Goes on writing after a text. Without one it starts as after a line feed if the model knows that, else with a
     * symbol drawn evenly, which is the first that is written.
     *
     * @param prime of any length, may be empty
     * @param length how many characters to write
     * @param sampler chooses each symbol
     * @param random draws the first symbol where there is nothing to go on from
     * @param reader takes each code point as soon as it is written; false ends it
     */
    public void generate(
            String prime, UnknownPolicy policy, long length, Sampler sampler, SplitMix64 random, IntPredicate reader) {
        OpenText text = open();
        text.read(prime, policy);
        long written = 0;
        if (!text.started() && length > 0) {
            int lineFeed = vocabulary.indexOf('\n');
            if (lineFeed >= 0) {
                text.read(lineFeed);
            } else {
                int first;
                do {
                    first = random.nextInt(vocabulary.size());
                } while (vocabulary.isMark(first));
                text.read(first);
                written++;
                if (!reader.test(vocabulary.symbol(first))) {
                    return;
                }
            }
        }
        while (written++ < length && reader.test(text.write(sampler))) {}
    }

    /** How well the model predicts a text of its own symbols, read as one stream from a zero state. */
    public Score score(Tokens tokens, GemmLibrary library) {
        return TextScorer.of(network, params, vocabulary, library).score(tokens);
    }

    /**
     * The same by parameters that learn from the text as they go ({@link Adaptation}): a figure of its own kind. The model
     * stays what it is.
     */
    public Score score(Tokens tokens, GemmLibrary library, Adaptation how) {
        return TextScorer.adapting(network, params, vocabulary, library, how).score(tokens);
    }

    /** {@code text model of 41 symbols: gru 256, gru 256; 646697 parameters}. */
    @Override
    public String toString() {
        int members = TextEnsemble.count(this);
        return "text model of " + vocabulary.size() + " symbols: "
                + (members > 1 ? members + " networks of " : "")
                + RecurrentLayers.in(TextEnsemble.each(this)).stream()
                        .map(layer -> layer.cell().name() + " " + layer.hidden())
                        .collect(Collectors.joining(", "))
                + "; "
                + params.values().length + " parameters";
    }
}
