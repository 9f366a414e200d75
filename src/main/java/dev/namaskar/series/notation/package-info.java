/** How the numbers and times of a table may be written, and what steps times make. */
@NullMarked
package dev.namaskar.series.notation;

import org.jspecify.annotations.NullMarked;
