/** Which column plays which part: time, names of series, targets, and what accompanies them. */
@NullMarked
package dev.namaskar.series.table.roles;

import org.jspecify.annotations.NullMarked;
