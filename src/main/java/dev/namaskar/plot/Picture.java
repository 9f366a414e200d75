package dev.namaskar.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** A finished chart, to be had as the bytes of a PNG or an SVG file. */
public final class Picture {
    private final XYChart chart;

    Picture(XYChart chart) {
        this.chart = chart;
    }

    /**
     * The format that a file's name asks for, {@code png} or {@code svg}.
     *
     * @throws IllegalArgumentException for any other ending
     */
    public static String format(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new IllegalArgumentException("expected a picture ending in .png or .svg, found '" + fileName + "'");
        }
        return name.substring(name.length() - 3);
    }

    /**
     * The file's content.
     *
     * @param fileName decides the format by its ending, {@code .png} or {@code .svg}
     * @throws IllegalArgumentException for any other ending
     */
    public byte[] bytes(String fileName) {
        try {
            return ChartEncoder.getBytes(chart, format(fileName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
