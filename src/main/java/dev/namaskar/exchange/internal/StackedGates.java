package dev.namaskar.exchange.internal;

import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;

/**
 * A matrix {@code [rows, gates * units]} with the gates side by side, as Keras and Deeplearning4j keep them.
 *
 * @param values the numbers
 * @param columnMajor whether a column's numbers stand together, else a row's
 * @param order which of the matrix's gates is the slot's first, second, ...
 */
public record StackedGates(float[] values, boolean columnMajor, int... order) {
    /** Fills the slot, gate by gate; modifies {@code params}. */
    public void fill(Params params, Slot slot) {
        if (values.length != slot.size() || order.length != slot.blocks()) {
            throw new IllegalArgumentException(
                    "expected " + slot.shape() + " values for slot \"" + slot.name() + "\", found " + values.length);
        }
        int width = slot.blocks() * slot.columns();
        for (int gate = 0; gate < slot.blocks(); gate++) {
            for (int row = 0; row < slot.rows(); row++) {
                for (int unit = 0; unit < slot.columns(); unit++) {
                    int column = order[gate] * slot.columns() + unit;
                    params.values()[slot.block(gate) + row * slot.columns() + unit] =
                            values[columnMajor ? column * slot.rows() + row : row * width + column];
                }
            }
        }
    }
}
