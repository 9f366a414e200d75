/** The commands about series. */
@NullMarked
package dev.namaskar.cli.series;

import org.jspecify.annotations.NullMarked;
