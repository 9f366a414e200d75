package dev.namaskar.decoding;

/**
 * Where a label stands in time.
 *
 * @param symbol the label
 * @param first its first frame
 * @param end the frame behind its last
 * @param logProbability mean log probability of the label over its frames, in nats
 */
public record Span(int symbol, int first, int end, double logProbability) {}
