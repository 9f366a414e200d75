/** Apache Spark: training by rounds of many replicas, and models as stages of Spark's pipelines. */
@NullMarked
package dev.namaskar.spark;

import org.jspecify.annotations.NullMarked;
