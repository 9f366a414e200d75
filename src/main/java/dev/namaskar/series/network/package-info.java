/** What the network of a forecaster reads of a series before an origin, and what its outputs say of the steps after it. */
@NullMarked
package dev.namaskar.series.network;

import org.jspecify.annotations.NullMarked;
