/** Labels of sequences: one for a whole text or series of channels, or a tag for each token; how they are learned, and how well they are given. For users. */
@NullMarked
package dev.namaskar.labelling;

import org.jspecify.annotations.NullMarked;
