/**
 * Networks over sequences: what a network is, what it makes of a batch, and the pass forward and back. Its layers are in
 * {@code net.layers}, the one loop over time in {@code net.recurrent}.
 */
@NullMarked
package dev.namaskar.net;

import org.jspecify.annotations.NullMarked;
