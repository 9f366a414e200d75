package dev.namaskar.text.corpus;

import dev.namaskar.params.Setting;
import dev.namaskar.symbols.Unit;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.symbols.Vocabulary;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A corpus made ready for training.
 *
 * <pre>{@code
 * TextData data = TextData.of(Corpus.read(List.of(Path.of("play.txt")), Unit.CODEPOINT));
 * }</pre>
 *
 * @param choice how the corpus is read, and why
 * @param vocabulary the symbols
 * @param valFraction the part at the end that is held out
 * @param train the training part, as indices
 * @param heldOut the validation part, as indices; empty if nothing is held out
 * @param batches the training batches
 */
public record TextData(
        Reading.Choice choice,
        Vocabulary vocabulary,
        double valFraction,
        Tokens train,
        Tokens heldOut,
        TextBatches batches) {
    /**
     * What is asked for; null is what suits the corpus.
     *
     * @param reading how to read
     * @param valFraction the part to hold out, at least 0 and below 1
     * @param rows B
     * @param steps T
     * @param seed of whatever order is drawn
     */
    public record Wish(
            @Nullable Reading reading,
            @Nullable Double valFraction,
            @Nullable Integer rows,
            @Nullable Integer steps,
            long seed) {
        /** All as it suits the corpus. */
        public static final Wish NONE = new Wish(null, null, null, null, 1);

        /** With this reading. */
        public Wish withReading(@Nullable Reading how) {
            return new Wish(how, valFraction, rows, steps, seed);
        }

        /** With this part held out. */
        public Wish withValFraction(double part) {
            return new Wish(reading, part, rows, steps, seed);
        }

        /** With so many streams side by side, or words in a batch. */
        public Wish withRows(int count) {
            return new Wish(reading, valFraction, count, steps, seed);
        }

        /** With so many steps between updates. */
        public Wish withSteps(int count) {
            return new Wish(reading, valFraction, rows, count, seed);
        }

        /** With this start of whatever order is drawn. */
        public Wish withSeed(long start) {
            return new Wish(reading, valFraction, rows, steps, start);
        }
    }

    /** Without a part held out no more than so many symbols of the training text are scored. */
    private static final long MOST_SCORED = 1 << 20;

    /** How the corpus is read. */
    public Reading reading() {
        return choice.reading();
    }

    /** What a model of this text is measured on: what is held out or, where nothing is, the training text's beginning. */
    public Tokens scored() {
        return heldOut.length() > 0 ? heldOut : train.slice(0, Math.min(MOST_SCORED, train.length()));
    }

    /** The data in a line. */
    public String describe(Corpus corpus) {
        String held = heldOut.length() == 0 ? "nothing held out" : "the last " + percent(valFraction) + " % held out";
        String how = reading() == Reading.WORDS ? "a list of words" : "a stream";
        return String.format(
                Locale.ROOT,
                "%s: %d characters, %d symbols, read as %s, %s, batch %d, sequence length %d; %s, as %s",
                corpus.name(),
                corpus.characters(),
                vocabulary.size(),
                how,
                held,
                batches.rows(),
                batches.steps(),
                how,
                choice.why());
    }

    private static String percent(double fraction) {
        double percent = Math.round(fraction * 1e4) / 1e2;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    /** A corpus with its own vocabulary, all else as it suits it; it must stay open as long as there is training. */
    public static TextData of(Corpus corpus) {
        return of(corpus, corpus.vocabulary(), Wish.NONE);
    }

    /**
     * A corpus read by a vocabulary that knows all of it.
     *
     * @throws IllegalArgumentException if the corpus is too short for what is asked for, or has unknown symbols
     */
    public static TextData of(Corpus corpus, Vocabulary vocabulary, Wish wish) {
        Reading.Choice choice = choice(corpus, vocabulary, wish.reading());
        requireText(corpus, choice.reading());
        Integer steps = wish.steps();
        if (wish.reading() == null && steps != null && choice.reading() == Reading.WORDS) {
            int needed = WordStarts.of(corpus.encode(vocabulary), vocabulary).longestReach();
            choice = steps >= needed
                    ? choice
                    : new Reading.Choice(
                            Reading.STREAM,
                            "a sequence length of " + steps + " is asked for, and its longest word takes " + needed);
        }
        Reading reading = choice.reading();
        double fraction = wish.valFraction() == null ? reading.defaultValFraction() : wish.valFraction();
        long length = corpus.symbols().length();
        long cut = corpus.cut(fraction);
        if (wish.valFraction() == null && length - cut < 2) {
            fraction = 0;
            cut = length;
        }
        Tokens train = corpus.encode(vocabulary, new UnknownPolicy.Refuse(), 0, cut);
        Tokens heldOut = corpus.encode(vocabulary, new UnknownPolicy.Refuse(), cut, length);
        long held = heldOut.length();
        if (held == 1) {
            throw new IllegalArgumentException("expected at least 2 characters in the part held out by `val-fraction` "
                    + fraction + ", found " + held + "; hold out more, or nothing with `val-fraction` 0");
        }
        TextBatches batches = reading.batches(train, vocabulary, wish.rows(), wish.steps(), wish.seed());
        return new TextData(choice, vocabulary, fraction, train, heldOut, batches);
    }

    private static Reading.Choice choice(Corpus corpus, Vocabulary vocabulary, @Nullable Reading asked) {
        if (vocabulary.pieces() != null) {
            Setting.require(asked != Reading.WORDS, "read", "stream with symbols of several characters", "words");
            return new Reading.Choice(Reading.STREAM, "its symbols are learnt pieces");
        }
        return asked == null ? Reading.choose(corpus) : new Reading.Choice(asked, "that was asked for");
    }

    private static void requireText(Corpus corpus, Reading reading) {
        if (corpus.characters() < 2) {
            throw new IllegalArgumentException(corpus.name() + " has one character alone; expected at least two, one to"
                    + " read and one to predict");
        }
        Vocabulary symbols = corpus.vocabulary();
        boolean blank = corpus.unit() == Unit.CODEPOINT
                && IntStream.range(0, symbols.size())
                        .allMatch(index -> WordStarts.isBlank(symbols.symbol(index), Unit.CODEPOINT));
        if (blank && reading == Reading.WORDS) {
            throw new IllegalArgumentException(corpus.name() + " has nothing but blanks and line ends ("
                    + corpus.characters() + " of them); expected words");
        }
    }
}
