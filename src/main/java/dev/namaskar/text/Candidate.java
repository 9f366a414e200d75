package dev.namaskar.text;

/**
 * A symbol that may come next.
 *
 * @param index its index in the vocabulary
 * @param symbol the symbol as people read it
 * @param probability of it coming next
 */
public record Candidate(int index, String symbol, double probability) {}
