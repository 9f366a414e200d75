package dev.namaskar.cli.options;

import dev.namaskar.cells.Cell;
import dev.namaskar.cells.Cells;
import java.util.Iterator;

/** The names of the cells that come with the library, for help texts. */
public final class CellNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Cells.all().stream().map(Cell::name).iterator();
    }
}
