/** What several commands take, say and refuse alike; not for programs. */
@NullMarked
package dev.namaskar.cli.options;

import org.jspecify.annotations.NullMarked;
