/** The rows of each series, brought into order and onto a regular grid; what is wrong with them is counted. */
@NullMarked
package dev.namaskar.series.table.rows;

import org.jspecify.annotations.NullMarked;
