package dev.namaskar.text;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.losses.Targets;
import dev.namaskar.net.Network;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.Utf8Rule;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.text.corpus.Reading;
import dev.namaskar.text.corpus.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Scores texts: one stream from a zero state, every character but the first predicted. A network that reads both ways
 * reads the whole text at once; it has then seen every character that it is asked for, and its score compares it with
 * the same network elsewhere, not with others. Belongs to one thread.
 */
public final class TextScorer {
    private static final int LONGEST_BLOCK = 4096;
    /** Room for so many logits at a time: 4 MB. */
    private static final int LOGITS = 1 << 20;

    private final Network network;
    private final Vocabulary vocabulary;
    private final Unit unit;
    private final Pass pass;
    private final @Nullable AdaptingWeights adapting;
    private final SequenceLoss loss = new SequenceLoss(new SoftmaxCrossEntropy());

    TextScorer(Network network, Vocabulary vocabulary, Pass pass) {
        this(network, vocabulary, pass, null);
    }

    private TextScorer(Network network, Vocabulary vocabulary, Pass pass, @Nullable AdaptingWeights adapting) {
        this.adapting = adapting;
        this.network = network;
        this.vocabulary = vocabulary;
        unit = vocabulary.unit();
        this.pass = pass;
    }

    /**
     * A scorer by any network that reads and predicts this vocabulary.
     *
     * @param library whose products to use
     * @throws IllegalArgumentException if the network reads or predicts something else
     */
    public static TextScorer of(Network network, Params params, Vocabulary vocabulary, GemmLibrary library) {
        CharacterModel.requireReads(network.spec(), vocabulary);
        CharacterModel.requireEveryStep(network.spec());
        return new TextScorer(network, vocabulary, Pass.of(network, params.values(), library, false));
    }

    /**
     * A scorer that learns from what it has scored, and so belongs to one text; the parameters given stay what they are.
     *
     * @throws IllegalArgumentException if the network reads or predicts something else, or looks ahead
     */
    public static TextScorer adapting(
            Network network, Params params, Vocabulary vocabulary, GemmLibrary library, Adaptation how) {
        CharacterModel.requireReads(network.spec(), vocabulary);
        CharacterModel.requireEveryStep(network.spec());
        if (CharacterModel.looksAhead(network.spec())) {
            throw new IllegalArgumentException("`adapt`: expected a network that reads forward, for what it learns from"
                    + " is what it has predicted; found one that reads both ways");
        }
        AdaptingWeights weights = new AdaptingWeights(network, params, library, how);
        return new TextScorer(network, vocabulary, weights.pass(), weights);
    }

    /**
     * Scores a text.
     *
     * @throws IllegalArgumentException if it has fewer than two characters
     */
    public Score score(Tokens tokens) {
        State state = network.zeroState(1);
        int first = firstCharacter(tokens);
        if (tokens.length() <= first) {
            throw new IllegalArgumentException(
                    "expected a text of at least 2 characters to score, found " + (tokens.length() > 0 ? 1 : 0));
        }
        int block = block(tokens);
        int[] span = new int[block + 1];
        if (first > 1) {
            tokens.read(0, span, 0, first - 1);
            pass.predict(Sequences.ofTokens(first - 1, 1, span), state);
        }
        double nats = 0;
        long characters = 0;
        for (long at = first - 1L; at < tokens.length() - 1; at += block) {
            int n = (int) Math.min(block, tokens.length() - 1 - at);
            tokens.read(at, span, 0, n + 1);
            int[] targets = new int[n];
            System.arraycopy(span, 1, targets, 0, n);
            Frames out = pass.predict(Sequences.ofTokens(n, 1, span), state);
            nats += loss.compute(out, Targets.classes(targets), 1.0 / n);
            if (adapting != null) {
                adapting.learn();
            }
            for (int target : targets) {
                characters += vocabulary.characters(target);
            }
        }
        return new Score(nats, characters);
    }

    /** Scores a text as it was read for training: as one stream, or line by line. */
    public Score score(Tokens tokens, Reading reading) {
        return reading == Reading.WORDS ? scoreLines(tokens) : score(tokens);
    }

    /**
     * Scores a list of words ({@link Reading#WORDS}): every line from a zero state, as it was learnt and is asked for, so
     * that no line is predicted from the one before it.
     *
     * @throws IllegalArgumentException if no line has a word
     */
    public Score scoreLines(Tokens tokens) {
        double nats = 0;
        long characters = 0;
        for (Tokens line : Reading.lines(tokens, vocabulary)) {
            Score score = score(line);
            nats += score.nats();
            characters += score.characters();
        }
        return new Score(nats, characters);
    }

    private int block(Tokens tokens) {
        if (adapting != null) {
            return adapting.steps();
        }
        int widest = network.spec().outputWidth();
        if (!CharacterModel.looksAhead(network.spec())) {
            return Math.max(16, Math.min(LONGEST_BLOCK, LOGITS / widest));
        }
        for (Layer layer : network.spec().layers()) {
            widest = Math.max(widest, layer instanceof Recurrent recurrent ? 2 * recurrent.hidden() : 0);
        }
        if (tokens.length() * widest > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a network that reads both ways reads a text at once: expected at most "
                    + Integer.MAX_VALUE / widest + " characters, found " + tokens.length() + "; give it less");
        }
        return (int) tokens.length();
    }

    /** Symbols of the first character, which nothing predicts. */
    private int firstCharacter(Tokens tokens) {
        if (unit == Unit.CODEPOINT) {
            return 1;
        }
        int[] head = new int[(int) Math.min(4, tokens.length())];
        tokens.read(0, head, 0, head.length);
        int n = 1;
        while (n < head.length && !Utf8Rule.startsCharacter(vocabulary.symbol(head[n]))) {
            n++;
        }
        return n;
    }
}
