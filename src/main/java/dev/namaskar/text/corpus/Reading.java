package dev.namaskar.text.corpus;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.symbols.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * once: no line comes twice, or, in a text of one line, no word. A word ends at a blank or at a mark of an East Asian
 * sentence, and has at most {@value #LONGEST_WORD} characters, {@value #LONGEST_UNSPACED} in a script that puts no blanks
 * between words, where more are a sentence. Asking for a reading and for a part to hold out overrules both halves of the
 * rule.
 */
public enum Reading {
    /** Contiguous streams with carried state; the last tenth held out. */
    STREAM,
    /** Batches that start at word starts from a zero state; nothing held out. */
    WORDS;

    static final int TINY = 1_000;
    static final int LONG = 50_000;
    static final int LONGEST_WORD = 256;
    static final int LONGEST_UNSPACED = 64;
    /** Steps of an unroll beyond which no word is learnt. */
    private static final int MOST_STEPS = 4096;

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("(?U)[\\s\\u3001\\u3002\\uff0c\\uff0e\\uff01\\uff1f\\uff1b\\uff1a]+");
    private static final Pattern UNSPACED = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}\\p{IsTibetan}]");

    /**
     * A reading, and why it was taken.
     *
     * @param why in words that go behind "read as a stream, as"
     */
    public record Choice(Reading reading, String why) {}

    /** The name on the command line and in model files. */
    public String label() {
        return this == STREAM ? "stream" : "words";
    }

    /** The reading that suits a corpus. */
    public static Reading of(Corpus corpus) {
        return choose(corpus).reading();
    }

    /** The reading that suits a corpus, and why. */
    public static Choice choose(Corpus corpus) {
        if (corpus.characters() >= LONG) {
            return new Choice(STREAM, "it has " + LONG + " characters or more");
        }
        List<String> lines =
                text(corpus).lines().filter(line -> !words(line).isEmpty()).toList();
        Optional<String> longest = lines.stream()
                .flatMap(line -> words(line).stream())
                .filter(word -> characters(word) > (isUnspaced(word) ? LONGEST_UNSPACED : LONGEST_WORD))
                .max(Comparator.comparing(Reading::characters));
        boolean oneWordPerLine = lines.stream().allMatch(line -> words(line).size() == 1);
        if (oneWordPerLine && longest.isEmpty()) {
            return new Choice(WORDS, "no line has more than one word");
        }
        List<?> named = lines.size() == 1 ? words(lines.get(0)) : lines;
        boolean eachOnce = new HashSet<>(named).size() == named.size();
        String things = lines.size() == 1 ? "word" : "line";
        if (corpus.characters() < TINY && eachOnce && longest.isEmpty()) {
            return new Choice(WORDS, "it is short and has each " + things + " once");
        }
        boolean listed = oneWordPerLine || (corpus.characters() < TINY && eachOnce);
        return new Choice(
                STREAM,
                listed
                        ? "it runs on for " + characters(longest.orElse(""))
                                + " characters without a blank, longer than a word"
                        : corpus.characters() < TINY
                                ? "it has a " + things + " more than once"
                                : "its lines have several words");
    }

    private static String text(Corpus corpus) {
        int[] symbols = new int[(int) corpus.symbols().length()];
        corpus.symbols().read(0, symbols, 0, symbols.length);
        Vocabulary vocabulary = corpus.vocabulary();
        return vocabulary.decode(Arrays.stream(symbols).map(vocabulary::indexOf).toArray());
    }

    private static int characters(String word) {
        return word.codePointCount(0, word.length());
    }

    private static boolean isUnspaced(String word) {
        return UNSPACED.matcher(word).find();
    }

    private static List<String> words(String line) {
        return BETWEEN_WORDS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
    }

    /**
     * The reading of this name; null for {@code auto}, which is to look at the corpus.
     *
     * @throws IllegalArgumentException naming the three there are
     */
    public static @Nullable Reading named(String name) {
        return switch (name) {
            case "auto" -> null;
            case "stream" -> STREAM;
            case "words" -> WORDS;
            default -> throw new IllegalArgumentException("expected auto, stream or words, found " + name);
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
        return this == WORDS && asked.isAdam() ? asked.orElse("lr", 1e-2) : asked.forRecurrent();
    }

    /** How many steps where nothing is asked for; a list of words is gone through at least 400 times. */
    public long defaultSteps(TextBatches batches) {
        return this == STREAM ? 2_000 : Math.max(2_000, 400 * batches.perEpoch());
    }

    /**
     * The batches of a training text. Sizes that are not asked for shrink until one batch fits; for words T is the
     * longest line, or {@value BatchSize#USUAL_STEPS} where that is more and no single word needs it, and B at most the
     * number of words.
     *
     * @param tokens the training part, as indices
     * @param vocabulary what they are indices of
     * @param streams B, or null
     * @param steps T, or null
     * @param seed of the order of words
     * @throws IllegalArgumentException if the text is shorter than one batch of what was asked for, or a word is longer
     *     than T, so that its end would never be learnt
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
                    wordSteps(words, steps, fittingSteps),
                    seed);
        }
        int t = steps == null ? fittingSteps : steps;
        int b = streams == null ? (int) Math.min(BatchSize.DEFAULT.streams(), (tokens.length() - 1) / t) : streams;
        return new CorpusBatches(tokens, b, t);
    }

    /**
     * The lines of a list of words, each with its line feed; blank ones are left out.
     *
     * @param tokens indices into the vocabulary
     * @throws IllegalArgumentException if no line has a word
     */
    public static List<Tokens> lines(Tokens tokens, Vocabulary vocabulary) {
        return WordStarts.of(tokens, vocabulary).lines();
    }

    private static int wordSteps(WordStarts words, @Nullable Integer asked, int fitting) {
        int needed = Math.max(1, words.longestReach());
        if (needed > MOST_STEPS || (asked != null && asked < needed)) {
            throw new IllegalArgumentException("the longest word of the list takes a sequence length of " + needed
                    + ", expected at " + (needed > MOST_STEPS ? "most " + MOST_STEPS : "least that, found " + asked)
                    + "; its end would never be learnt: read the text as a stream"
                    + (needed > MOST_STEPS ? "" : ", or leave the length to the text"));
        }
        return asked == null ? Math.max(needed, Math.min(fitting, words.longestLine())) : asked;
    }
}
