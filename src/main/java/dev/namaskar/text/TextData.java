package dev.namaskar.text;

import org.jspecify.annotations.Nullable;

/**
 * A corpus made ready for training.
 *
 * <pre>{@code
 * TextData data = TextData.of(Corpus.read(List.of(Path.of("play.txt")), Unit.CODEPOINT));
 * }</pre>
 *
 * @param reading how the corpus is read
 * @param vocabulary the symbols
 * @param valFraction the part at the end that is held out
 * @param train the training part, as indices
 * @param heldOut the validation part, as indices; empty if nothing is held out
 * @param batches the training batches
 */
public record TextData(
        Reading reading, Vocabulary vocabulary, double valFraction, Tokens train, Tokens heldOut, TextBatches batches) {
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
        Reading reading = wish.reading() == null ? Reading.of(corpus) : wish.reading();
        double fraction = wish.valFraction() == null ? reading.defaultValFraction() : wish.valFraction();
        Tokens all = corpus.encode(vocabulary);
        long cut = corpus.cut(fraction);
        if (wish.valFraction() == null && all.length() - cut < 2) {
            fraction = 0;
            cut = all.length();
        }
        Tokens train = all.slice(0, cut);
        Tokens heldOut = all.slice(cut, all.length());
        long foreseen = heldOut.length();
        if (foreseen > 0 && foreseen < 2) {
            throw new IllegalArgumentException("expected at least 2 characters in the part held out by --val-fraction "
                    + fraction + ", found " + foreseen + "; hold out more, or nothing with --val-fraction 0");
        }
        TextBatches batches = reading.batches(train, vocabulary, wish.rows(), wish.steps(), wish.seed());
        return new TextData(reading, vocabulary, fraction, train, heldOut, batches);
    }
}
