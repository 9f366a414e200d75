/**
 * Networks and whole forecasters as ONNX graphs, out. For users: {@link dev.namaskar.exchange.onnx.OnnxModel} and {@link
 * dev.namaskar.exchange.onnx.OnnxForecaster}.
 */
@NullMarked
package dev.namaskar.exchange.onnx;

import org.jspecify.annotations.NullMarked;
