/** What several importers share; not for users. */
@NullMarked
package dev.namaskar.exchange.internal;

import org.jspecify.annotations.NullMarked;
