/**
 * The front end of networks that listen: recordings from WAV files, and what networks read of them, logarithms of the
 * power in mel bands. Knows no model; for users.
 */
@NullMarked
package dev.namaskar.speech;

import org.jspecify.annotations.NullMarked;
