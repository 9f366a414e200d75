package dev.namaskar.serve.classroom;

import dev.namaskar.cells.Cells;
import dev.namaskar.params.Setting;

/**
 * What a lesson is about. The same settings give the same numbers.
 *
 * @param word that is read letter by letter, each letter predicted from those before it
 * @param cell by its name, of those that carry what they return: {@code rnn}, {@code gru}, {@code lstm}
 * @param hidden units
 * @param rate of plain gradient descent
 * @param updates made before the network is looked at
 * @param seed of the fresh parameters
 */
public record LessonSettings(String word, String cell, int hidden, double rate, int updates, long seed) {
    private static final int LONGEST = 16;
    private static final int MOST_UNITS = 16;
    private static final int MOST_UPDATES = 5000;
    private static final double LARGEST_RATE = 10;

    /** The classic one: after seven letters of the word the eighth. */
    public static final LessonSettings USUAL = new LessonSettings("namaskar", "rnn", 6, 0.5, 0, 1);

    /** Checks the settings: small enough for every number to be looked at. */
    public LessonSettings {
        int letters = word.codePointCount(0, word.length());
        Setting.require(letters >= 2 && letters <= LONGEST, "word", "2 to " + LONGEST + " letters", letters);
        Setting.require(hidden >= 1 && hidden <= MOST_UNITS, "hidden", "1 to " + MOST_UNITS, hidden);
        Setting.require(rate >= 0 && rate <= LARGEST_RATE, "rate", "0 to " + LARGEST_RATE, rate);
        Setting.require(updates >= 0 && updates <= MOST_UPDATES, "updates", "0 to " + MOST_UPDATES, updates);
        Cells.named(cell);
    }
}
