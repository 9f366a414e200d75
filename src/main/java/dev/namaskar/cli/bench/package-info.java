/** The commands that measure and prove. */
@NullMarked
package dev.namaskar.cli.bench;

import org.jspecify.annotations.NullMarked;
