/** Completions as OpenAI's clients speak them. */
@NullMarked
package dev.namaskar.serve.openai;

import org.jspecify.annotations.NullMarked;
