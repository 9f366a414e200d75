/** Examples as batches take them, and what the models of labels share. Public only because rooms were divided: not for users. */
@NullMarked
package dev.namaskar.labelling.internal;

import org.jspecify.annotations.NullMarked;
