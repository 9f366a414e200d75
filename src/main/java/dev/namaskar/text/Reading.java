package dev.namaskar.text;

import dev.namaskar.optim.OptimizerSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a corpus is read, and the sizes that follow from it.
 *
 * <p>A long text is there to be generalised from: it is read as contiguous streams ({@link CorpusBatches}), and its last
 * tenth is held out to tell how well that went. A list of words is there to be remembered, every word from its first
 * letter on and without a text before it, which is how {@code next PREFIX} asks. So of a list nothing is held out, as a
 * word the network never saw cannot be completed, and every batch starts at the start of words from a zero state
 * ({@link WordBatches}).
 *
 * <p>A corpus of fewer than {@value #LONG} characters is a list of words if no line has more than one; and one of fewer
 * than {@value #TINY} characters, of which a tenth would be too little to measure a loss on, if it names each thing
 * once: no line comes twice, or, in a text of one line, no word. {@code --read} and {@code --val-fraction} overrule both
 * halves of the rule.
 */
public enum Reading {
    /** Contiguous streams with carried state; the last tenth held out. */
    STREAM,
    /** Batches that start at word starts from a zero state; nothing held out. */
    WORDS;

    private static final Set<String> ADAMS = Set.of("adam", "adamw", "amsgrad");

    static final int TINY = 1_000;
    static final int LONG = 50_000;

    /** The name on the command line and in model files. */
    public String label() {
        return this == STREAM ? "stream" : "words";
    }

    /** The reading that suits a corpus. */
    public static Reading of(Corpus corpus) {
        if (corpus.characters() >= LONG) {
            return STREAM;
        }
        int[] symbols = new int[(int) corpus.symbols().length()];
        corpus.symbols().read(0, symbols, 0, symbols.length);
        Vocabulary vocabulary = corpus.vocabulary();
        String text = vocabulary.decode(
                Arrays.stream(symbols).map(vocabulary::indexOf).toArray());
        List<List<String>> lines = text.lines()
                .map(Reading::words)
                .filter(words -> !words.isEmpty())
                .toList();
        boolean oneWordPerLine = lines.stream().allMatch(words -> words.size() == 1);
        List<?> named = lines.size() == 1 ? lines.get(0) : lines;
        boolean eachOnce = new HashSet<>(named).size() == named.size();
        return oneWordPerLine || (corpus.characters() < TINY && eachOnce) ? WORDS : STREAM;
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.split("(?U)\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * The reading of this name, {@code auto} deciding by the corpus.
     *
     * @throws IllegalArgumentException naming the three there are
     */
    public static Reading of(String name, Corpus corpus) {
        return switch (name) {
            case "auto" -> of(corpus);
            case "stream" -> STREAM;
            case "words" -> WORDS;
            default -> throw new IllegalArgumentException("--read: expected auto, stream or words, found " + name);
        };
    }

    /** What is held out where nothing is asked for. */
    public double defaultValFraction() {
        return this == STREAM ? 0.1 : 0;
    }

    /**
     * The optimizer with the learning rate that suits the reading, where none is asked for: the one of the optimizer's
     * table, but for Adam and a list of words 0.01. Remembering wants large weights, and a step of Adam is about its
     * learning rate long: with the rate that suits a long text, 2000 steps leave prefixes of 96 greetings unsure that
     * with five times the rate stand above 0.9.
     */
    public OptimizerSpec withUsualRate(OptimizerSpec asked) {
        return this == WORDS && ADAMS.contains(asked.name()) ? asked.orElse("lr", 1e-2) : asked.forRecurrent();
    }

    /** How many steps where nothing is asked for; a list of words is gone through at least 400 times. */
    public long defaultSteps(TextBatches batches) {
        return this == STREAM ? 2_000 : Math.max(2_000, 400 * batches.perEpoch());
    }

    /**
     * The batches of a training text. Sizes that are not asked for shrink until one batch fits; for words T is the
     * longest line and B at most the number of words.
     *
     * @param tokens the training part, as indices
     * @param vocabulary what they are indices of
     * @param streams B, or null
     * @param steps T, or null
     * @param seed of the order of words
     * @throws IllegalArgumentException if the text is shorter than one batch of what was asked for
     */
    public TextBatches batches(
            Tokens tokens, Vocabulary vocabulary, @Nullable Integer streams, @Nullable Integer steps, long seed) {
        int leastStreams = streams == null ? 1 : streams;
        int leastSteps = steps == null ? 1 : steps;
        BatchSize.of(leastStreams, leastSteps).requireFits(tokens.length());
        int fittingSteps = (int) Math.min(BatchSize.DEFAULT.steps(), (tokens.length() - 1) / leastStreams);
        if (this == WORDS) {
            WordStarts words = WordStarts.of(tokens, vocabulary);
            return new WordBatches(
                    words,
                    streams == null ? Math.min(BatchSize.DEFAULT.streams(), words.count()) : streams,
                    steps == null ? Math.min(fittingSteps, words.longestLine()) : steps,
                    seed);
        }
        int t = steps == null ? fittingSteps : steps;
        int b = streams == null ? (int) Math.min(BatchSize.DEFAULT.streams(), (tokens.length() - 1) / t) : streams;
        return new CorpusBatches(tokens, b, t);
    }
}
