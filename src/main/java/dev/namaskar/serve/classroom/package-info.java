/** A small network unrolled over a word with all its numbers, for people who learn how it works. */
@NullMarked
package dev.namaskar.serve.classroom;

import org.jspecify.annotations.NullMarked;
