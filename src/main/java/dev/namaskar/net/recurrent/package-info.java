/** The recurrent layer: the one loop over time, forward and back, in one direction or both. */
@NullMarked
package dev.namaskar.net.recurrent;

import org.jspecify.annotations.NullMarked;
