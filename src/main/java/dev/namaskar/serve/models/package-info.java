/** The models that a server has: read from files of any kind, each under a name. */
@NullMarked
package dev.namaskar.serve.models;

import org.jspecify.annotations.NullMarked;
