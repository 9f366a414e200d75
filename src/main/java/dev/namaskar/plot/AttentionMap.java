package dev.namaskar.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention as a picture: a row for each symbol that was written and one for the end, a column for each symbol that was
 * read, the weight in the cell's shade.
 */
public final class AttentionMap {
    private static final int CELL = 34;
    private static final int LEFT = 110;
    private static final int TOP = 96;
    private static final int MARGIN = 16;
    private static final int LEAST_WIDTH = 420;
    /** Symbols above this many get no picture: it could not be read. */
    private static final int MOST_SYMBOLS = 200;

    private AttentionMap() {}

    /**
     * Draws weights.
     *
     * @param source symbols that were read
     * @param target symbols that were written
     * @param weights {@code [target + 1][source]}, the last row of the end
     * @param title the headline
     * @return the bytes of a PNG file
     * @throws IllegalArgumentException if the weights have another shape, or there are more than 200 symbols on a side
     */
    public static byte[] png(
            List<String> source, List<String> target, float[][] weights, String title, Appearance appearance) {
        if (weights.length != target.size() + 1) {
            throw new IllegalArgumentException(
                    "expected weights of " + target.size() + " symbols and an end, found weights of " + weights.length);
        }
        if (source.size() > MOST_SYMBOLS || target.size() > MOST_SYMBOLS) {
            throw new IllegalArgumentException("expected at most " + MOST_SYMBOLS
                    + " symbols on each side to draw attention of, found " + source.size() + " and " + target.size());
        }
        List<String> rows = new ArrayList<>(target);
        rows.add("end");
        int width = Math.max(LEAST_WIDTH, LEFT + source.size() * CELL + MARGIN);
        Drawing drawing = new Drawing(width, TOP + rows.size() * CELL + MARGIN, appearance);
        drawing.text(title, MARGIN, 30, Drawing.TITLE);
        drawing.text("a column a symbol that was read, a row one that was written", MARGIN, 54, Drawing.SMALL);
        for (int s = 0; s < source.size(); s++) {
            drawing.text(shown(source.get(s)), LEFT + s * CELL + CELL / 3, TOP - 10, Drawing.SYMBOL);
        }
        for (int t = 0; t < rows.size(); t++) {
            int y = TOP + t * CELL;
            drawing.textBefore(shown(rows.get(t)), LEFT - 12, y + CELL - 11, Drawing.SYMBOL);
            row(drawing, weights[t], source.size(), y, appearance);
        }
        return drawing.png();
    }

    private static void row(Drawing drawing, float[] weights, int size, int y, Appearance appearance) {
        if (weights.length != size) {
            throw new IllegalArgumentException(
                    "expected weights for " + size + " symbols that were read, found " + weights.length);
        }
        for (int s = 0; s < size; s++) {
            Color colour = appearance.sequential(weights[s]);
            drawing.cell(LEFT + s * CELL, y, CELL - 2, CELL - 2, colour);
        }
    }

    private static String shown(String symbol) {
        return symbol.codePointCount(0, symbol.length()) == 1 ? Drawing.shown(symbol) : symbol;
    }
}
