/** Models of Keras, in. */
@NullMarked
package dev.namaskar.exchange.keras;

import org.jspecify.annotations.NullMarked;
