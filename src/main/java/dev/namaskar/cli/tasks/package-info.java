/** Commands for models that learn from examples: training, asking, measuring; not for programs. */
@NullMarked
package dev.namaskar.cli.tasks;

import org.jspecify.annotations.NullMarked;
