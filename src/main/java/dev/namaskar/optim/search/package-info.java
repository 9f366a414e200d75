/** Search without gradients: over named settings. */
@NullMarked
package dev.namaskar.optim.search;

import org.jspecify.annotations.NullMarked;
