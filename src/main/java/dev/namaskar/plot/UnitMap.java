package dev.namaskar.plot;

import dev.namaskar.text.Candidate;
import dev.namaskar.text.Trace;
import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * A model reading a text, as a heat map: a column for each character, a row for each unit, and below them how
 * surprised the model was by the character and what it predicted behind it.
 */
public final class UnitMap {
    private static final int MOST_COLUMNS = 120;
    private static final int MOST_ROWS = 64;
    private static final int PREDICTED = 3;
    private static final int COLUMN = 15;
    private static final int LEFT = 130;
    private static final int RIGHT = 30;
    private static final int TOP = 86;
    private static final int LINE = 20;
    /** Surprise that is drawn in full ink, in nats: one in a thousand. */
    private static final double FULL_SURPRISE = Math.log(1000);

    private UnitMap() {}

    /**
     * Draws one part of the state over the text's beginning: the units that vary most, from the one that peaks first to
     * the one that peaks last.
     *
     * @param part {@code h_l0} and the like
     * @param title the headline
     * @return the bytes of a PNG file
     */
    public static byte[] png(Trace trace, String part, String title, Appearance appearance) {
        float[][] values = UnitValues.squashed(trace, part);
        int columns = Math.min(MOST_COLUMNS, values.length);
        int[] units = UnitValues.mostVarying(values, columns, MOST_ROWS);
        int row = Math.max(7, Math.min(16, 640 / units.length));
        int foot = TOP + units.length * row + 14;
        Drawing drawing = new Drawing(
                Math.max(760, LEFT + columns * COLUMN + RIGHT), foot + (PREDICTED + 1) * LINE + 46, appearance);
        drawing.text(title, 16, 30, Drawing.TITLE);
        drawing.text(subtitle(trace, part, values[0].length, units.length, columns), 16, 52, Drawing.SMALL);
        for (int t = 0; t < columns; t++) {
            int x = LEFT + t * COLUMN;
            drawing.symbol(trace.symbols().get(t), x, COLUMN, TOP - 8, appearance.background);
            for (int i = 0; i < units.length; i++) {
                drawing.cell(x, TOP + i * row, COLUMN, row, appearance.diverging(values[t][units[i]]));
            }
            drawFoot(drawing, trace, t, x, foot, appearance);
        }
        int every = row >= 12 ? 1 : 2;
        for (int i = 0; i < units.length; i += every) {
            drawing.textBefore("unit " + units[i], LEFT - 8, TOP + i * row + Math.max(row, 10) - 1, Drawing.SMALL);
        }
        drawing.textBefore("surprise", LEFT - 8, foot + 15, Drawing.SMALL);
        drawing.textBefore("predicted next", LEFT - 8, foot + LINE + 15, Drawing.SMALL);
        drawing.legend(LEFT + 20, foot + (PREDICTED + 1) * LINE + 18, "-1", "1");
        return drawing.png();
    }

    private static void drawFoot(Drawing drawing, Trace trace, int t, int x, int foot, Appearance appearance) {
        double nats = trace.surprise()[t];
        drawing.cell(x, foot, COLUMN, LINE - 2, appearance.sequential(Double.isNaN(nats) ? 0 : nats / FULL_SURPRISE));
        List<Candidate> next = trace.next().get(t);
        for (int k = 0; k < Math.min(PREDICTED, next.size()); k++) {
            int y = foot + (k + 1) * LINE;
            Color colour = appearance.diverging(next.get(k).probability());
            drawing.cell(x, y, COLUMN, LINE - 1, colour);
            drawing.symbol(next.get(k).symbol(), x, COLUMN, y + 15, colour);
        }
    }

    private static String subtitle(Trace trace, String part, int all, int shown, int columns) {
        String units = shown < all ? "the " + shown + " of " + all + " units" : "all " + all + " units";
        String length = columns < trace.symbols().size()
                ? String.format(
                        Locale.ROOT,
                        ", first %d of %d characters",
                        columns,
                        trace.symbols().size())
                : "";
        return part + ": " + units + (shown < all ? " that vary most" : "") + ", by where they peak" + length
                + ". Surprise: none at p = 1, full ink at p = 0.001.";
    }
}
