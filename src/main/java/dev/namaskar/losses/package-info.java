/** Losses: value and gradient together, reduced over the steps that are real. */
@NullMarked
package dev.namaskar.losses;

import org.jspecify.annotations.NullMarked;
