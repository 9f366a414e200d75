/** What one step of training reads: its shape, its rows, where they come from. For users who write a source of their own. */
@NullMarked
package dev.namaskar.train.batch;

import org.jspecify.annotations.NullMarked;
