/** Which columns make up the time of a row, how their cells are written, and what step lies between two. */
@NullMarked
package dev.namaskar.series.table.time;

import org.jspecify.annotations.NullMarked;
