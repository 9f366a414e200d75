/** State dicts of PyTorch modules, in and out. For users: {@link dev.namaskar.exchange.pytorch.PyTorch}. */
@NullMarked
package dev.namaskar.exchange.pytorch;

import org.jspecify.annotations.NullMarked;
