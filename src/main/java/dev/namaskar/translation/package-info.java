/** Sequence to sequence, as in translation, and vector to sequence, as in description. */
@NullMarked
package dev.namaskar.translation;

import org.jspecify.annotations.NullMarked;
