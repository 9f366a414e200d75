/** Back-tests and searches for settings, spread over a cluster. */
@NullMarked
package dev.namaskar.spark.evaluate;

import org.jspecify.annotations.NullMarked;
