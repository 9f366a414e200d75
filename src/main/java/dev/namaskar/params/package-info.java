/** One flat buffer for all parameters, its layout of named slots, and how slots are first filled. */
@NullMarked
package dev.namaskar.params;

import org.jspecify.annotations.NullMarked;
