/** What a date says of itself: hour, weekday, month, and the holidays of countries. For users. */
@NullMarked
package dev.namaskar.series.calendar;

import org.jspecify.annotations.NullMarked;
