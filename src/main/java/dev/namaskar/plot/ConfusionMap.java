package dev.namaskar.plot;

import java.awt.Color;
import java.util.List;

/**
 * A confusion as a picture: a row for each label that examples have, a column for each that they were given, the number
 * in the cell and in its shade the share of the row. Right answers lie on the diagonal; what is off it in a row was
 * taken for something else, what is off it in a column was taken for this.
 */
public final class ConfusionMap {
    private static final int CELL = 44;
    private static final int LEFT = 190;
    private static final int TOP = 120;
    private static final int MARGIN = 16;
    private static final int MOST_LETTERS = 22;
    /** Labels above this many get no picture: its numbers could not be read. */
    private static final int MOST_LABELS = 100;

    private ConfusionMap() {}

    /**
     * Draws a confusion.
     *
     * @param labels names of rows and columns
     * @param counts how often an example of the row's label was given the column's
     * @param title the headline
     * @return the bytes of a PNG file
     * @throws IllegalArgumentException if there are more than 100 labels
     */
    public static byte[] png(List<String> labels, int[][] counts, String title, Appearance appearance) {
        int size = labels.size();
        if (size > MOST_LABELS) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST_LABELS + " labels to draw a confusion of, found " + size);
        }
        int width = Math.max(520, LEFT + size * CELL + MARGIN);
        Drawing drawing = new Drawing(width, TOP + size * CELL + 60, appearance);
        drawing.text(title, MARGIN, 30, Drawing.TITLE);
        drawing.text("a row an actual label, a column a predicted one, by number", MARGIN, 57, Drawing.SMALL);
        for (int row = 0; row < size; row++) {
            int y = TOP + row * CELL;
            drawing.textBefore((row + 1) + "  " + shortened(labels.get(row)), LEFT - 10, y + 28, Drawing.SMALL);
            drawing.textBefore(String.valueOf(row + 1), LEFT + row * CELL + CELL / 2 + 6, TOP - 10, Drawing.SMALL);
            long sum = 0;
            for (int count : counts[row]) {
                sum += count;
            }
            for (int column = 0; column < size; column++) {
                int count = counts[row][column];
                double share = sum == 0 ? 0 : count / (double) sum;
                Color colour = row == column ? appearance.diverging(-share) : appearance.diverging(share);
                int x = LEFT + column * CELL;
                drawing.cell(x, y, CELL - 2, CELL - 2, colour);
                if (count > 0) {
                    drawing.symbol(String.valueOf(count), x, CELL - 2, y + 27, colour);
                }
            }
        }
        return drawing.png();
    }

    private static String shortened(String label) {
        return label.codePointCount(0, label.length()) <= MOST_LETTERS
                ? label
                : label.substring(0, label.offsetByCodePoints(0, MOST_LETTERS - 1)) + "\u2026";
    }
}
