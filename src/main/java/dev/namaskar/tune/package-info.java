/**
 * Settings found by trials: random search and successive halving over the settings of any training, chosen by what is
 * held out of the training data, with every trial in a log that a search can be taken up from.
 */
@NullMarked
package dev.namaskar.tune;

import org.jspecify.annotations.NullMarked;
