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
        return mixed(background, forecast, share);
    }

    /** The colour of actual values: far from the forecast's for colour-blind eyes too. */
    Color actual() {
        return this == LIGHT ? new Color(0xb54708) : new Color(0xffb067);
    }

    /**
     * The colour of a number between two extremes: blue at -1, orange at 1, at 0 next to the background. The two differ
     * in hue for colour-blind eyes too, and in the dark they glow instead of darkening.
     */
    Color diverging(double value) {
        double part = Math.min(1, Math.abs(value));
        return mixed(zero(), value < 0 ? forecast : actual(), part);
    }

    /** The colour of a number from 0 to 1: from next to the background to ink. */
    Color sequential(double value) {
        return mixed(zero(), ink, Math.max(0, Math.min(1, value)));
    }

    private Color zero() {
        return this == LIGHT ? new Color(0xf1f3f5) : new Color(0x23282f);
    }

    private static Color mixed(Color from, Color to, double part) {
        return new Color(
                (int) Math.round(from.getRed() + part * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + part * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + part * (to.getBlue() - from.getBlue())));
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
