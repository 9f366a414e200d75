/** State dicts of PyTorch modules, in and out. */
@NullMarked
package dev.namaskar.exchange.pytorch;

import org.jspecify.annotations.NullMarked;
