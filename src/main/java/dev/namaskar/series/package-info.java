/** Time-series forecasts from end to end: tables, scalers, windows, forecaster, baselines, back-tests, metrics. */
@NullMarked
package dev.namaskar.series;

import org.jspecify.annotations.NullMarked;
