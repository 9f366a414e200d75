/**
 * Many texts of one model that are read and written together: those that wait at the same moment share each matrix
 * product, and each has the same bits as if it were alone.
 */
@NullMarked
package dev.namaskar.serve.stepping;

import org.jspecify.annotations.NullMarked;
