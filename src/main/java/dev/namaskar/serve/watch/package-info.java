/** Runs that can be watched while they train, or afterwards from their logs. */
@NullMarked
package dev.namaskar.serve.watch;

import org.jspecify.annotations.NullMarked;
