/** One frame from a whole sequence: the last real step, both ends, the mean, the maximum. For users. */
@NullMarked
package dev.namaskar.net.readouts;

import org.jspecify.annotations.NullMarked;
