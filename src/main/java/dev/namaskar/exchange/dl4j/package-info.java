/** Models of Deeplearning4j, in. For users: {@link dev.namaskar.exchange.dl4j.Dl4j}. */
@NullMarked
package dev.namaskar.exchange.dl4j;

import org.jspecify.annotations.NullMarked;
