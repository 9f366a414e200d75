/** Models of Deeplearning4j, in. */
@NullMarked
package dev.namaskar.exchange.dl4j;

import org.jspecify.annotations.NullMarked;
