/** Intervals from what forecasts have missed by. */
@NullMarked
package dev.namaskar.series.interval;

import org.jspecify.annotations.NullMarked;
