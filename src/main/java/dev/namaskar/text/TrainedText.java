package dev.namaskar.text;

/**
 * What came of training.
 *
 * @param model the best by validation, with where its knowledge is from
 * @param report on the run
 */
public record TrainedText(CharacterModel model, TextReport report) {}
