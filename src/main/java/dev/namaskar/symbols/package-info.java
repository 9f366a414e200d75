/**
 * From bytes to symbols: files of text in whatever encoding they have, and the vocabularies in which models know their
 * symbols. For users, and for every task that reads text.
 */
@NullMarked
package dev.namaskar.symbols;

import org.jspecify.annotations.NullMarked;
