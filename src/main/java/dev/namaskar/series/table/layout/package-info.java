/** How a table of each shape becomes series: a row a time, a row a series, a calendar, the Monash archive's files. */
@NullMarked
package dev.namaskar.series.table.layout;

import org.jspecify.annotations.NullMarked;
