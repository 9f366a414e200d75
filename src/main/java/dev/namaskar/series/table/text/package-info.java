/** From bytes to rows of cells: how a table's text is encoded, and what divides its cells. */
@NullMarked
package dev.namaskar.series.table.text;

import org.jspecify.annotations.NullMarked;
