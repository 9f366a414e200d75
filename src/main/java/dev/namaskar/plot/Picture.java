package dev.namaskar.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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
        return PictureFile.ending(fileName, List.of("png", "svg"));
    }

    /**
     * The file's content.
     *
     * @param fileName decides the format by its ending, {@code .png} or {@code .svg}
     * @throws IllegalArgumentException for any other ending
     */
    public byte[] bytes(String fileName) {
        try {
            String format = format(fileName);
            byte[] bytes = ChartEncoder.getBytes(chart, format);
            return format.equals("png") ? PictureFile.signedPng(bytes) : PictureFile.signedSvg(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
