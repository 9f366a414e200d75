package dev.namaskar.series.table.layout;

import java.util.List;

/**
 * A row that is a series.
 *
 * @param cells what names it: the cells before its values and behind them
 * @param values its values, NaN for blanks
 * @param line where it stands
 */
record NamedRow(List<String> cells, double[] values, long line) {
    /** One cell and no value. */
    boolean isRemark() {
        return values.length == 0
                && !cells.isEmpty()
                && !cells.get(0).isEmpty()
                && cells.stream().skip(1).allMatch(String::isEmpty);
    }

    /** A cell, or nothing behind the last. */
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }
}
