/**
 * Files: models and checkpoints as safetensors, and what comes from or goes to PyTorch, ONNX, Keras, Deeplearning4j
 * and ND4J arrays. Readers trust nothing they read; writers never leave a half-written file.
 */
@NullMarked
package dev.namaskar.io;

import org.jspecify.annotations.NullMarked;
