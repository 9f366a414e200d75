/** The commands for {@code spark-submit}; not for programs. */
@NullMarked
package dev.namaskar.cli.spark;

import org.jspecify.annotations.NullMarked;
