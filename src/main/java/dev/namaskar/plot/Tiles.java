package dev.namaskar.plot;

import dev.namaskar.params.Settings;

/**
 * Images side by side, each in full colour at its own largest value: what every unit of a first layer looks for in images
 * of that size.
 */
public final class Tiles {
    private static final int MARGIN = 16;
    private static final int GAP = 6;
    private static final int TOP = 72;
    private static final int ACROSS = 16;
    private static final int SIDE = 56;

    private Tiles() {}

    /**
     * Draws the columns of a matrix as images.
     *
     * @param weights {@code [pixels, units]}, pixels row by row
     * @param width of an image, in pixels
     * @param title the headline
     * @return the bytes of a PNG file
     */
    public static byte[] png(float[] weights, int units, int width, String title, Appearance appearance) {
        int pixels = weights.length / Math.max(1, units);
        Settings.require(
                units >= 1 && weights.length == pixels * units && width >= 1 && pixels > 0 && pixels % width == 0,
                "weights",
                "[pixels, " + units + "], pixels a multiple of " + width,
                weights.length);
        int high = pixels / width;
        int zoom = Math.max(1, SIDE / Math.max(width, high));
        int across = Math.min(ACROSS, units);
        int down = (units + across - 1) / across;
        int right = 2 * MARGIN + across * (width * zoom + GAP);
        Drawing drawing = new Drawing(Math.max(480, right), TOP + MARGIN + down * (high * zoom + GAP), appearance);
        drawing.text(title, MARGIN, 30, Drawing.TITLE);
        drawing.text("an image a unit, each at its own largest weight", MARGIN, 54, Drawing.SMALL);
        for (int unit = 0; unit < units; unit++) {
            float largest = 0;
            for (int i = 0; i < pixels; i++) {
                largest = Math.max(largest, Math.abs(weights[i * units + unit]));
            }
            int left = MARGIN + unit % across * (width * zoom + GAP);
            int top = TOP + unit / across * (high * zoom + GAP);
            for (int i = 0; i < pixels; i++) {
                double value = largest == 0 ? 0 : weights[i * units + unit] / largest;
                drawing.cell(left + i % width * zoom, top + i / width * zoom, zoom, zoom, appearance.diverging(value));
            }
        }
        return drawing.png();
    }
}
