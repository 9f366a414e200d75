/** One answer to one question: predictions of tasks, forecasts of series. */
@NullMarked
package dev.namaskar.serve.predict;

import org.jspecify.annotations.NullMarked;
