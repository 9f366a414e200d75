package dev.namaskar.serve.stepping;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A character of a text, read or written; in a model of pieces, several.
 *
 * @param text the characters
 * @param logProbability {@code ln p} of it after all before it; null for the first of all, of which nothing is known
 * @param alternatives the likeliest characters at its place with their log probabilities, itself among them; null where
 *     they were not asked for, or nothing is known
 */
public record Piece(
        String text,
        @Nullable Double logProbability,
        @Nullable Map<String, Double> alternatives) {}
