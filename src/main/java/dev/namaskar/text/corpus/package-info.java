/**
 * What a character model reads: a corpus in memory or on disk, how it is read (as streams or as words), and the batches
 * and the part held out that follow.
 *
 * <p>For users: {@link dev.namaskar.text.corpus.Corpus}, {@link dev.namaskar.text.corpus.TextData} and
 * {@link dev.namaskar.text.corpus.TextUnit}.
 */
@NullMarked
package dev.namaskar.text.corpus;

import org.jspecify.annotations.NullMarked;
