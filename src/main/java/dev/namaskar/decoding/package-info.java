/**
 * From scores of symbols to sequences: samplers, beam search, and the readings of a network trained by CTC. Knows no
 * model; for users.
 */
@NullMarked
package dev.namaskar.decoding;

import org.jspecify.annotations.NullMarked;
