/** Sequences, parameters and predictions as ND4J arrays. */
@NullMarked
package dev.namaskar.exchange.nd4j;

import org.jspecify.annotations.NullMarked;
