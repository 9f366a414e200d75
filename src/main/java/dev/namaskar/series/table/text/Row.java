package dev.namaskar.series.table.text;

import java.util.List;

/**
 * A row of a table.
 *
 * @param cells its cells, without spaces around them
 * @param line its line in the file, counted from one
 */
public record Row(List<String> cells, long line) {
    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        for (String cell : cells) {
            if (!cell.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** How many cells there are up to the last that holds something. */
    public int width() {
        int width = cells.size();
        while (width > 0 && cells.get(width - 1).isEmpty()) {
            width--;
        }
        return width;
    }

    /** A cell, or nothing behind the row's end. */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    /** All of it in one text, as long as fits a message. */
    public String shortened() {
        return shortened(String.join(",", cells));
    }

    /** A cell, as long as fits a message. */
    public static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "...";
    }
}
