/**
 * Search without gradients: {@link dev.namaskar.optim.search.Evolution} over numbers, such as weights, by {@link
 * dev.namaskar.optim.search.CmaEs} or {@link dev.namaskar.optim.search.GeneticAlgorithm}; {@link
 * dev.namaskar.optim.search.SearchSpace} for named settings.
 */
@NullMarked
package dev.namaskar.optim.search;

import org.jspecify.annotations.NullMarked;
