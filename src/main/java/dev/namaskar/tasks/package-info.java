/**
 * What all tasks that learn from examples have in common: examples of their own lengths in batches, one training run with
 * validation, checkpoints and a report, models that know their kind, and what is asked of them.
 */
@NullMarked
package dev.namaskar.tasks;

import org.jspecify.annotations.NullMarked;
