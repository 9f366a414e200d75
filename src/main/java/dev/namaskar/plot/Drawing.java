package dev.namaskar.plot;

import dev.namaskar.symbols.SymbolDisplay;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A picture of cells and texts under construction, in the colours of one appearance. */
final class Drawing {
    static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TITLE = PLAIN.deriveFont(Font.BOLD, 20f);
    static final Font SMALL = PLAIN.deriveFont(12f);
    static final Font SYMBOL = new Font(Font.MONOSPACED, Font.PLAIN, 14);

    private final BufferedImage image;
    private final Graphics2D pen;
    private final Appearance appearance;

    Drawing(int width, int height, Appearance appearance) {
        this.appearance = appearance;
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(appearance.background);
        pen.fillRect(0, 0, width, height);
    }

    /** A filled rectangle. */
    void cell(int x, int y, int width, int height, Color colour) {
        pen.setColor(colour);
        pen.fillRect(x, y, width, height);
    }

    /** A thin line between two points. */
    void line(int x, int y, int toX, int toY, Color colour) {
        pen.setColor(colour);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.drawLine(x, y, toX, toY);
    }

    /** A text that begins at x, on this base line. */
    void text(String text, int x, int baseline, Font font) {
        pen.setFont(font);
        pen.setColor(appearance.ink);
        pen.drawString(text, x, baseline);
    }

    /** A text that ends at x. */
    void textBefore(String text, int x, int baseline, Font font) {
        text(text, x - pen.getFontMetrics(font).stringWidth(text), baseline, font);
    }

    /** A symbol in the middle of a cell of this colour. */
    void symbol(String symbol, int x, int width, int baseline, Color on) {
        String shown = shown(symbol);
        pen.setFont(SYMBOL);
        pen.setColor(readableOn(on));
        pen.drawString(shown, x + (width - pen.getFontMetrics().stringWidth(shown)) / 2, baseline);
    }

    /** Blanks and line ends by signs that can be seen; what the font lacks as a box. */
    static String shown(String symbol) {
        return switch (symbol) {
            case " " -> "\u00b7";
            case "\n" -> "\u21b5";
            case "\t" -> "\u21e5";
            default ->
                SymbolDisplay.isInvisible(symbol.codePointAt(0)) || SYMBOL.canDisplayUpTo(symbol) >= 0
                        ? "\u25a1"
                        : SymbolDisplay.of(symbol);
        };
    }

    /** A bar from -most to most, with its ends named. */
    void legend(int x, int y, String least, String most) {
        int width = 120;
        for (int i = 0; i < width; i++) {
            cell(x + i, y, 1, 12, appearance.diverging(2.0 * i / (width - 1) - 1));
        }
        textBefore(least, x - 8, y + 11, SMALL);
        text(most, x + width + 8, y + 11, SMALL);
    }

    /** Black or white, whichever stands out more: at least 4.5 to 1 on any colour. */
    static Color readableOn(Color colour) {
        double luminance = 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
        return luminance > 0.179 ? Color.BLACK : Color.WHITE;
    }

    /** Light of an sRGB channel. */
    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    /** The finished picture as the bytes of a PNG file. */
    byte[] png() {
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PictureFile.signedPng(bytes.toByteArray());
    }
}
