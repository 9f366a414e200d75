/** Scales of series, each fitted inside its own window and undone behind the forecast. */
@NullMarked
package dev.namaskar.series.transform;

import org.jspecify.annotations.NullMarked;
