/** The commands about texts. */
@NullMarked
package dev.namaskar.cli.text;

import org.jspecify.annotations.NullMarked;
