/** Character language models from end to end: vocabulary, corpus, training, sampling, evaluation. */
@NullMarked
package dev.namaskar.text;

import org.jspecify.annotations.NullMarked;
