/** Pictures of runs, forecasts and hidden states. */
@NullMarked
package dev.namaskar.plot;

import org.jspecify.annotations.NullMarked;
