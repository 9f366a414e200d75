/** Attention: layers that read a memory beside their input, without recurrence. */
@NullMarked
package dev.namaskar.net.attention;

import org.jspecify.annotations.NullMarked;
