package dev.namaskar.tasks;

/**
 * A model and the run that it comes from.
 *
 * @param model the best by validation
 * @param report how the run went
 */
public record Trained<M>(M model, RunReport report) {}
