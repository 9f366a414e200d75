/** Forecasts beside what was actual: metrics, reports, and whether a difference means anything. */
@NullMarked
package dev.namaskar.series.evaluate;

import org.jspecify.annotations.NullMarked;
