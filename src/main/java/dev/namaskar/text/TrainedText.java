package dev.namaskar.text;

/**
 * A trained model and the report on its run.
 *
 * @param model the best by validation, with where its knowledge is from
 * @param report on the run
 */
public record TrainedText(CharacterModel model, TextReport report) {}
