/**
 * Time series, the whole story of one task: tables, transforms, windows, forecasters, back-tests and metrics.
 *
 * <p>One rule stands above the rest: nothing that is known only after a forecast's origin may touch the forecast.
 */
@NullMarked
package dev.namaskar.series;

import org.jspecify.annotations.NullMarked;
