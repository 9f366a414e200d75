/** One step of gate mathematics and its derivative: no matrix product and no time. */
@NullMarked
package dev.namaskar.cells;

import org.jspecify.annotations.NullMarked;
