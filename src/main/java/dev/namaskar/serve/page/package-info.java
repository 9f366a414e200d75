/** The page for people: its files, and what of it a server has. */
@NullMarked
package dev.namaskar.serve.page;

import org.jspecify.annotations.NullMarked;
