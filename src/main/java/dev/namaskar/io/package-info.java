/** Model files, and what comes from or goes to other libraries. */
@NullMarked
package dev.namaskar.io;

import org.jspecify.annotations.NullMarked;
