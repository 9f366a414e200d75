/** Networks and whole forecasters as ONNX graphs, out. */
@NullMarked
package dev.namaskar.exchange.onnx;

import org.jspecify.annotations.NullMarked;
