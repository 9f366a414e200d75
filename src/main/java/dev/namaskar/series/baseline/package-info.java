/** Forecasts of one series from itself alone: what every network has to beat. */
@NullMarked
package dev.namaskar.series.baseline;

import org.jspecify.annotations.NullMarked;
