/** Networks over sequences: layers, the one loop over time, read-out, and the state that is carried. */
@NullMarked
package dev.namaskar.net;

import org.jspecify.annotations.NullMarked;
