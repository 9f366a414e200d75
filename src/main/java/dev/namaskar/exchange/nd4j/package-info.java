/** Sequences, parameters and predictions as ND4J arrays. For users: {@link dev.namaskar.exchange.nd4j.Nd4jArrays}. */
@NullMarked
package dev.namaskar.exchange.nd4j;

import org.jspecify.annotations.NullMarked;
