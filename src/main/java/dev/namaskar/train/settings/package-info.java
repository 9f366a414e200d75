/** How a run is trained: its length, when it stops, what is averaged. For users. */
@NullMarked
package dev.namaskar.train.settings;

import org.jspecify.annotations.NullMarked;
