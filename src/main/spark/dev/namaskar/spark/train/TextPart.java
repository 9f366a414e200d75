package dev.namaskar.spark.train;

import java.io.Serializable;

/**
 * A replica's part of a training text.
 *
 * @param blocks that hold it
 * @param from first symbol
 * @param to behind the last
 * @param trained symbols that are trained on in all
 */
record TextPart(TextBlocks blocks, long from, long to, long trained) implements Serializable {}
