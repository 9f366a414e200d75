/** Apache Spark: what goes wrong in its jobs, in one sentence; the rooms inside train, score, test and tune on a cluster. */
@NullMarked
package dev.namaskar.spark;

import org.jspecify.annotations.NullMarked;
