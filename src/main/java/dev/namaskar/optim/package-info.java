/** Gradient transforms over a flat buffer, optimizers as chains of them, schedules, and search without gradients. */
@NullMarked
package dev.namaskar.optim;

import org.jspecify.annotations.NullMarked;
