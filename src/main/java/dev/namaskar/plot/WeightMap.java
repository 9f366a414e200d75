package dev.namaskar.plot;

import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All parameters as heat maps, slot by slot: a block for each gate, {@code [in, units]}, and in colour how many of the
 * slot's standard deviations a weight is from zero. A layer that learnt nothing is even noise; dead rows, saturated
 * gates and columns that agree are seen at once.
 */
public final class WeightMap {
    /** Weights that are drawn in full colour, in root mean squares of their slot. */
    private static final double FULL = 3;

    private static final int WIDTH = 1200;
    private static final int MARGIN = 16;
    private static final int GAP = 4;
    private static final int MOST_WIDE = 1168;
    private static final int MOST_HIGH = 260;
    private static final int MOST_ZOOM = 8;

    private WeightMap() {}

    /** One slot's place in the picture. */
    private record Place(Slot slot, int width, int height, int y) {}

    /**
     * Draws the parameters.
     *
     * @param title the headline
     * @return the bytes of a PNG file
     */
    public static byte[] png(Params params, String title, Appearance appearance) {
        List<Place> places = new ArrayList<>();
        int y = 92;
        for (Slot slot : params.layout().slots()) {
            int room = (MOST_WIDE - GAP * (slot.blocks() - 1)) / slot.blocks();
            int width = fitted(slot.columns(), Math.max(1, room));
            int height = fitted(slot.rows(), MOST_HIGH);
            places.add(new Place(slot, width, Math.max(8, height), y));
            y += Math.max(8, height) + 34;
        }
        Drawing drawing = new Drawing(WIDTH, y, appearance);
        drawing.text(title, MARGIN, 30, Drawing.TITLE);
        drawing.legend(WIDTH - 200, 46, "-3 rms", "3 rms");
        drawing.text("a block a gate, inputs downwards, units to the right", MARGIN, 57, Drawing.SMALL);
        for (Place place : places) {
            draw(drawing, params, place, appearance);
        }
        return drawing.png();
    }

    /** Pixels for so many numbers: a few each where there is room, several to a pixel where there is not. */
    private static int fitted(int count, int room) {
        return count > room ? room : count * Math.min(MOST_ZOOM, room / count);
    }

    private static void draw(Drawing drawing, Params params, Place place, Appearance appearance) {
        Slot slot = place.slot();
        double rms = rms(params.values(), slot);
        drawing.text(
                String.format(Locale.ROOT, "%s  %s  rms %.3g", slot.name(), slot.shape(), rms),
                MARGIN,
                place.y() - 5,
                Drawing.SMALL);
        for (int block = 0; block < slot.blocks(); block++) {
            int left = MARGIN + block * (place.width() + GAP);
            for (int py = 0; py < place.height(); py++) {
                for (int px = 0; px < place.width(); px++) {
                    double value = extreme(params.values(), slot, block, place, px, py);
                    drawing.cell(
                            left + px, place.y() + py, 1, 1, appearance.diverging(rms == 0 ? 0 : value / rms / FULL));
                }
            }
        }
    }

    /** Of the weights that share a pixel the one farthest from zero: averages would hide it. */
    private static double extreme(float[] values, Slot slot, int block, Place place, int px, int py) {
        int row = py * slot.rows() / place.height();
        int rowEnd = Math.max(row + 1, (py + 1) * slot.rows() / place.height());
        int column = px * slot.columns() / place.width();
        int columnEnd = Math.max(column + 1, (px + 1) * slot.columns() / place.width());
        double most = 0;
        for (int i = row; i < rowEnd; i++) {
            for (int j = column; j < columnEnd; j++) {
                double value = values[slot.block(block) + i * slot.columns() + j];
                most = Math.abs(value) > Math.abs(most) ? value : most;
            }
        }
        return most;
    }

    private static double rms(float[] values, Slot slot) {
        double squares = 0;
        for (int i = slot.offset(); i < slot.end(); i++) {
            squares += (double) values[i] * values[i];
        }
        return Math.sqrt(squares / slot.size());
    }
}
