/** Gradient checks: back-propagation held to differences of the loss. */
@NullMarked
package dev.namaskar.train.check;

import org.jspecify.annotations.NullMarked;
