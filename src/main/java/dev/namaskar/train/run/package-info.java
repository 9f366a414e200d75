/**
 * A run from its first step to its last: how long it goes on, what is told of it on the way, when it is validated, what is
 * kept of it, how it ends and how it is taken up again. For users: {@link dev.namaskar.train.run.Training} runs a
 * trainer, and {@link dev.namaskar.train.run.TrainingListener} is told of it.
 */
@NullMarked
package dev.namaskar.train.run;

import org.jspecify.annotations.NullMarked;
