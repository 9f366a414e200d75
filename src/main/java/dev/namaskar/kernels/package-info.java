/** Matrix products and fused loops over {@code float[]}; the only room that knows a native library. */
@NullMarked
package dev.namaskar.kernels;

import org.jspecify.annotations.NullMarked;
