package dev.namaskar.plot;

import java.awt.Color;
import java.util.Locale;

/** Colours of a picture. Every text stands at a contrast of at least 7 to 1 on its own, opaque background. */
public enum Appearance {
    /** Dark ink on white. */
    LIGHT(new Color(0xffffff), new Color(0x1f2328), new Color(0xe3e6ea), new Color(0x3d444d), new Color(0x0b57d0)),
    /** Light ink on near black. */
    DARK(new Color(0x15181d), new Color(0xe9ecf0), new Color(0x30363d), new Color(0xc3cad2), new Color(0x6cb6ff));

    /** How much of the forecast's colour the widest interval has, and the narrowest: its line stands out from both. */
    private static final double PALEST = 0.16;

    private static final double DEEPEST = 0.45;

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

    /**
     * The colour of an interval: between the background's and the forecast's, and opaque, so that the legend shows the
     * same.
     *
     * @param fromWidest its place, counted from the widest, which is 0
     * @param intervals how many there are
     */
    Color band(int fromWidest, int intervals) {
        double depth = intervals == 1 ? 0.5 : fromWidest / (double) (intervals - 1);
        double share = PALEST + (DEEPEST - PALEST) * depth;
        return new Color(
                mix(background.getRed(), forecast.getRed(), share),
                mix(background.getGreen(), forecast.getGreen(), share),
                mix(background.getBlue(), forecast.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
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
