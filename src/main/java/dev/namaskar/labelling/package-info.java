/** One label for a whole sequence: texts that carry labels, a classifier of them, and how well it does. For users. */
@NullMarked
package dev.namaskar.labelling;

import org.jspecify.annotations.NullMarked;
