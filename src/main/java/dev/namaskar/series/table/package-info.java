/** From a file of rows to series: columns, times, frequencies, and what is to be done about gaps. */
@NullMarked
package dev.namaskar.series.table;

import org.jspecify.annotations.NullMarked;
