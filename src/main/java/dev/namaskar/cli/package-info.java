/** The commands of the program {@code namaskar}, and nothing else. */
@NullMarked
package dev.namaskar.cli;

import org.jspecify.annotations.NullMarked;
