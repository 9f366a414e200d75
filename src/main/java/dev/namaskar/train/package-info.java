/** Training: batches, the trainer, checkpoints, stopping rules and those who listen. */
@NullMarked
package dev.namaskar.train;

import org.jspecify.annotations.NullMarked;
