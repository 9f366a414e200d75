/** What labels are learned from and what answers are made of: labelled texts, tagged sentences, files of channels, spans. For users. */
@NullMarked
package dev.namaskar.labelling.data;

import org.jspecify.annotations.NullMarked;
