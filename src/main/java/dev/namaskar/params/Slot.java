package dev.namaskar.params;

/**
 * A named window of the flat parameter buffer: {@code blocks} row-major matrices {@code [rows, columns]}, one after
 * another.
 *
 * <p>A matrix stands as {@code [in, out]}, so that a product reads {@code x W} and a token's input product is a row.
 * Each gate of a cell has a block of its own: {@code [gates, in, units]} where PyTorch stacks {@code [gates * units,
 * in]}.
 *
 * @param name the name that model files use, PyTorch's where it has one ({@code rnn.weight_hh_l0})
 * @param role what the slot is for
 * @param offset index of the first value in the flat buffer
 * @param blocks how many matrices; the number of gates for a recurrent layer's weights and biases, else 1
 * @param rows rows of each matrix; 1 for a bias
 * @param columns columns of each matrix
 */
public record Slot(String name, Role role, int offset, int blocks, int rows, int columns) {
    /** Checks the shape. */
    public Slot {
        if (blocks < 1 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException("expected positive sizes, found [" + blocks + "," + rows + "," + columns
                    + "] for slot \"" + name + "\"");
        }
    }

    /** Number of values of one block. */
    public int blockSize() {
        return Math.multiplyExact(rows, columns);
    }

    /** Number of values. */
    public int size() {
        return Math.multiplyExact(blocks, blockSize());
    }

    /** Index of a block's first value in the flat buffer. */
    public int block(int index) {
        return offset + index * blockSize();
    }

    /** Index after the last value in the flat buffer. */
    public int end() {
        return Math.addExact(offset, size());
    }

    /** The shape for people: {@code [4,65,256]}. */
    public String shape() {
        return "[" + (blocks == 1 ? "" : blocks + ",") + rows + "," + columns + "]";
    }
}
