/** Layers, and what flows between them: frames, state, and what a layer of one's own is made of. */
@NullMarked
package dev.namaskar.net.layers;

import org.jspecify.annotations.NullMarked;
