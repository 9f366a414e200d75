/** What commands are made of: results and errors, the order of a training's steps, and who watches it; not for programs. */
@NullMarked
package dev.namaskar.cli.command;

import org.jspecify.annotations.NullMarked;
