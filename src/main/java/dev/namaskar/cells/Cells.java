package dev.namaskar.cells;

import java.util.List;

/** The built-in cells by name: a new cell is one file and one line here. */
public final class Cells {
    private static final List<Cell> ALL = List.of(new Tanh(1), new Gru(), new Lstm());

    private Cells() {}

    /** One of each, of order 1. */
    public static List<Cell> all() {
        return ALL;
    }

    /**
     * The cell of this name with this memory order.
     *
     * @throws IllegalArgumentException if there is none of that name, or it has no such order
     */
    public static Cell named(String name, int order) {
        Cell cell = ALL.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a cell of " + ALL.stream().map(Cell::name).toList() + ", found \"" + name + "\""));
        if (cell instanceof Tanh) {
            return new Tanh(order);
        }
        if (order != 1) {
            throw new IllegalArgumentException(
                    "only the rnn cell has a memory order; expected order 1 for " + name + ", found " + order);
        }
        return cell;
    }
}
