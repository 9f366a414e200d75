/** The Open Inference Protocol, version 2, over HTTP: every model as something that takes and gives tensors. */
@NullMarked
package dev.namaskar.serve.inference;

import org.jspecify.annotations.NullMarked;
