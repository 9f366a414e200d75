/** Models as stages of Spark's pipelines. */
@NullMarked
package dev.namaskar.spark.stages;

import org.jspecify.annotations.NullMarked;
