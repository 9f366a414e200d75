package dev.namaskar.params;

/**
 * A named window of the flat parameter buffer: a row-major matrix {@code [rows, cols]}.
 *
 * <p>Weights stand as {@code [in, out]}, so that a product reads {@code x W} and a token's input product is a row.
 * Several gates stand side by side as {@code blocks} equal groups of columns.
 *
 * @param name the name that model files use, PyTorch's where it has one ({@code rnn.weight_hh_l0})
 * @param role what the slot is for
 * @param offset index of the first value in the flat buffer
 * @param rows rows of the matrix; 1 for a bias
 * @param cols columns of the matrix
 * @param blocks how many gates share the columns; divides {@code cols}
 */
public record Slot(String name, Role role, int offset, int rows, int cols, int blocks) {
    /** Checks the shape. */
    public Slot {
        if (rows < 1 || cols < 1 || blocks < 1 || cols % blocks != 0) {
            throw new IllegalArgumentException(
                    "expected positive rows and columns and blocks that divide the columns, found [" + rows + "," + cols
                            + "] in " + blocks + " blocks for slot \"" + name + "\"");
        }
    }

    /** Number of values. */
    public int size() {
        return Math.multiplyExact(rows, cols);
    }

    /** Index after the last value in the flat buffer. */
    public int end() {
        return Math.addExact(offset, size());
    }
}
