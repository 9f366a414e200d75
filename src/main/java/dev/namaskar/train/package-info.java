/** Training: batches, the trainer, checkpoints, stopping rules and those who listen. */
@NullMarked
package dev.namaskar.train;

import dev.namaskar.train.run.Training;
import org.jspecify.annotations.NullMarked;
