package dev.namaskar.labelling;

/**
 * An input and the labels that are to be read out of it.
 *
 * @param item what is read
 * @param labels in their order; at no certain steps
 * @param place where it stands, for messages
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle on its way into a batch, never compared
record Utterance(Item item, int[] labels, String place) {}
