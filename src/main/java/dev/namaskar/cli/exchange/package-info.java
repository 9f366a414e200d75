/** The commands that take models in and out, and look into them. */
@NullMarked
package dev.namaskar.cli.exchange;

import org.jspecify.annotations.NullMarked;
