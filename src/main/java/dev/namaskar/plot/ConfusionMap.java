package dev.namaskar.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/** What was taken for what: a row for each actual label, a column for each predicted one, in ink its part of the row. */
public final class ConfusionMap {
    private static final int CELL = 38;
    private static final int TOP = 108;
    private static final int LETTER = 8;

    private ConfusionMap() {}

    /**
     * Draws a confusion matrix.
     *
     * @param confusion how often, {@code [actual][predicted]}
     * @param title the headline
     * @return the bytes of a PNG file
     */
    public static byte[] png(List<String> labels, int[][] confusion, String title, Appearance appearance) {
        int longest = labels.stream().mapToInt(String::length).max().orElse(1);
        int left = Math.max(90, 30 + LETTER * longest);
        int cell = Math.max(CELL, 10 + LETTER * longest);
        Drawing drawing =
                new Drawing(Math.max(420, left + 20 + labels.size() * cell), TOP + 20 + labels.size() * CELL, appearance);
        drawing.text(title, 16, 30, Drawing.TITLE);
        drawing.text("actual downwards, predicted to the right; ink: part of the row", 16, 54, Drawing.SMALL);
        for (int i = 0; i < labels.size(); i++) {
            drawing.textBefore(labels.get(i), left - 10, TOP + i * CELL + 25, Drawing.SMALL);
            drawing.symbol(labels.get(i), left + i * cell, cell, TOP - 10, appearance.background);
            int total = Arrays.stream(confusion[i]).sum();
            for (int j = 0; j < labels.size(); j++) {
                Color colour = appearance.sequential(total == 0 ? 0 : confusion[i][j] / (double) total);
                drawing.cell(left + j * cell, TOP + i * CELL, cell - 1, CELL - 1, colour);
                if (confusion[i][j] > 0) {
                    drawing.symbol(
                            String.valueOf(confusion[i][j]), left + j * cell, cell, TOP + i * CELL + 24, colour);
                }
            }
        }
        return drawing.png();
    }
}
