package dev.namaskar.cells;

import dev.namaskar.params.Catalog;
import dev.namaskar.params.RecordCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells by name, and how they stand in stored specifications. A cell that comes with the library is one file and one
 * line here; one's own is a service, see {@link Cell}.
 */
public final class Cells {
    private static final Catalog<Cell> CATALOG = new Catalog<>(
            "cell",
            Cell.class,
            Cell::name,
            List.of(
                    new Tanh(1),
                    new Relu(1),
                    new Gru(),
                    new Lstm(),
                    new MinGru(),
                    new MinLstm(),
                    new Sru(),
                    new RgLru(),
                    new Slstm()));

    private Cells() {}

    /** One of each that comes with the library, of order 1. */
    public static List<Cell> all() {
        return CATALOG.builtIn();
    }

    /**
     * The cell of this name with its usual settings.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Cell named(String name) {
        return CATALOG.get(name);
    }

    /**
     * The cell of this name with this memory order.
     *
     * @throws IllegalArgumentException if there is none of that name, or it has no such order
     */
    public static Cell named(String name, int order) {
        Cell cell = named(name);
        if (cell instanceof Tanh) {
            return new Tanh(order);
        }
        if (cell instanceof Relu) {
            return new Relu(order);
        }
        if (order != cell.order()) {
            throw new IllegalArgumentException("`order`: expected order 1 for " + name + ", found " + order
                    + "; only simple cells, rnn and rnn-relu, have a memory order");
        }
        return cell;
    }

    /**
     * A cell as stored specifications keep it: {@code cell} and {@code order}, and {@code cell_settings} where it is a
     * record of settings, other than the order, that are not the usual ones.
     *
     * @throws IllegalArgumentException if nobody could read it back, as it is no service
     */
    public static Map<String, Object> toMap(Cell cell) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cell", cell.name());
        map.put("order", cell.order());
        Map<String, Object> settings = settings(cell);
        if (!settings.isEmpty()) {
            map.put("cell_settings", settings);
        }
        if (named(cell.name()).getClass() != cell.getClass()) {
            throw new IllegalArgumentException("expected the cell \"" + cell.name() + "\" to be a "
                    + named(cell.name()).getClass().getName() + ", found a "
                    + cell.getClass().getName());
        }
        return map;
    }

    private static Map<String, Object> settings(Cell cell) {
        boolean usual = cell instanceof Tanh || cell instanceof Relu || cell.equals(named(cell.name()));
        if (usual || !(cell instanceof Record record)) {
            return Map.of();
        }
        return RecordCodec.PLAIN.write(record);
    }

    /**
     * The cell that {@link #toMap} wrote.
     *
     * @param map modified: the cell's entries are taken out
     */
    public static Cell takeFromMap(Map<String, Object> map) {
        Object name = map.remove("cell");
        if (!(name instanceof String text)) {
            throw new IllegalArgumentException("expected a text for \"cell\", found " + name);
        }
        Cell usual = named(text);
        Object order = map.remove("order");
        if (!(order instanceof Number number) || number.doubleValue() != number.intValue()) {
            throw new IllegalArgumentException("expected a whole number for \"order\", found " + order);
        }
        Object settings = map.remove("cell_settings");
        if (settings == null) {
            return named(text, number.intValue());
        }
        if (!(settings instanceof Map<?, ?> given) || !(usual instanceof Record record)) {
            throw new IllegalArgumentException(
                    "expected no \"cell_settings\" for the cell \"" + text + "\", found " + settings);
        }
        Map<String, Object> own = new LinkedHashMap<>();
        given.forEach((key, value) -> own.put(String.valueOf(key), value));
        return (Cell) RecordCodec.PLAIN.read("cell \"" + text + "\"", record.getClass(), own);
    }
}
