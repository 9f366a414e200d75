package dev.namaskar.text;

/**
 * How well a model predicts a text: every character but the first, from all before it.
 *
 * @param nats the sum of {@code -ln p} of the actual characters
 * @param characters how many characters were predicted
 */
public record Score(double nats, long characters) {
    /** Mean nats per character. */
    public double natsPerChar() {
        return nats / characters;
    }

    /** Mean bits per character. */
    public double bitsPerChar() {
        return natsPerChar() / Math.log(2);
    }

    /** {@code e} to the mean nats: as many equally likely characters would be as hard to predict. */
    public double perplexity() {
        return Math.exp(natsPerChar());
    }
}
