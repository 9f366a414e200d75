package dev.namaskar.plot;

import java.awt.Color;
import java.util.Locale;

/** Colours of a picture. Every text stands at a contrast of at least 7 to 1 on its own, opaque background. */
public enum Appearance {
    /** Dark ink on white. */
    LIGHT(new Color(0xffffff), new Color(0x1f2328), new Color(0xe3e6ea), new Color(0x3d444d), new Color(0x0b57d0)),
    /** Light ink on near black. */
    DARK(new Color(0x15181d), new Color(0xe9ecf0), new Color(0x30363d), new Color(0xc3cad2), new Color(0x6cb6ff));

    private static final int WIDEST_BAND_ALPHA = 46;
    private static final int ALPHA_STEP = 42;
    private static final int MOST_ALPHA = 170;

    final Color background;
    final Color ink;
    final Color grid;
    final Color history;
    final Color forecast;

    Appearance(Color background, Color ink, Color grid, Color history, Color forecast) {
        this.background = background;
        this.ink = ink;
        this.grid = grid;
        this.history = history;
        this.forecast = forecast;
    }

    /** The colour of an interval, counted from the widest; narrower ones lie darker on top. */
    Color band(int fromWidest) {
        int alpha = Math.min(MOST_ALPHA, WIDEST_BAND_ALPHA + ALPHA_STEP * fromWidest);
        return new Color(forecast.getRed(), forecast.getGreen(), forecast.getBlue(), alpha);
    }

    /** The colour of what came: far from the forecast's for colour-blind eyes too. */
    Color actual() {
        return this == LIGHT ? new Color(0xb54708) : new Color(0xffb067);
    }

    /**
     * Reads {@code light} or {@code dark}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Appearance named(String name) {
        for (Appearance appearance : values()) {
            if (appearance.name().toLowerCase(Locale.ROOT).equals(name)) {
                return appearance;
            }
        }
        throw new IllegalArgumentException("expected light or dark, found '" + name + "'");
    }
}
