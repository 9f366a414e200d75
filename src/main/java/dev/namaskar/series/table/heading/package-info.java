/** What stands above and below the values of a table, and what shape the names of its columns give it. */
@NullMarked
package dev.namaskar.series.table.heading;

import org.jspecify.annotations.NullMarked;
