/**
 * Models of Keras 2 and 3, in. For users: {@link dev.namaskar.exchange.keras.Keras}. A configuration becomes a chain of
 * layers ({@code KerasChain}), each layer a part of a network's specification ({@code KerasLayer}), and the weights are
 * found where the file's layout has them ({@code KerasWeights}).
 */
@NullMarked
package dev.namaskar.exchange.keras;

import org.jspecify.annotations.NullMarked;
