/** Tables of series as Spark data sets: which column plays which part, and how rows become series. */
@NullMarked
package dev.namaskar.spark.table;

import org.jspecify.annotations.NullMarked;
