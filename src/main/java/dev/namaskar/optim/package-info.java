/**
 * Gradient transforms over a flat buffer, and optimizers as chains of them. For users: {@link
 * dev.namaskar.optim.Optimizers} makes them, {@link dev.namaskar.optim.Optimizer} runs them, {@link
 * dev.namaskar.optim.GradientTransform} is a link of one's own, and {@link dev.namaskar.optim.NamedOptimizer} the
 * service by which an optimizer of one's own goes by a name.
 */
@NullMarked
package dev.namaskar.optim;

import org.jspecify.annotations.NullMarked;
