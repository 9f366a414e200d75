/** Models over HTTP, and the page that asks them: {@link dev.namaskar.serve.Server} and what it is made of. */
@NullMarked
package dev.namaskar.serve;

import org.jspecify.annotations.NullMarked;
