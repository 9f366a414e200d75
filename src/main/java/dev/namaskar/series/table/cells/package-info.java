/** What a cell looks like, what all cells of a column say together, and what the names of columns say of them. */
@NullMarked
package dev.namaskar.series.table.cells;

import org.jspecify.annotations.NullMarked;
