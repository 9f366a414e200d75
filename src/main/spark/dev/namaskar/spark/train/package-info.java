/** Training by rounds of replicas on a cluster. */
@NullMarked
package dev.namaskar.spark.train;

import org.jspecify.annotations.NullMarked;
