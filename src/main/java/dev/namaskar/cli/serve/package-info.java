/** The commands of the server and its page. */
@NullMarked
package dev.namaskar.cli.serve;

import org.jspecify.annotations.NullMarked;
