package dev.namaskar.translation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Vectors as people write them: numbers, and colours as {@code #c93f38}, which are three numbers of 0 to 1 each. */
final class VectorText {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    private VectorText() {}

    /** These numbers. */
    static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /**
     * The numbers of a cell.
     *
     * @param place names the cell in errors
     * @throws IOException if it is neither a number nor a colour
     */
    static float[] cell(String place, String cell) throws IOException {
        if (COLOUR.matcher(cell).matches()) {
            int rgb = Integer.parseInt(cell.substring(1), 16);
            return new float[] {(rgb >> 16) / 255f, (rgb >> 8 & 255) / 255f, (rgb & 255) / 255f};
        }
        try {
            float value = Float.parseFloat(cell);
            if (Float.isFinite(value)) {
                return new float[] {value};
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw new IOException(place + ": expected a finite number or a colour as #c93f38, found \"" + cell + "\"");
    }

    /**
     * A vector as it stands on a command line: numbers and colours with blanks or commas between.
     *
     * @throws IllegalArgumentException if it is none
     */
    static float[] parse(String text) {
        List<Float> values = new ArrayList<>();
        try {
            for (String cell : text.strip().split("[\\s,]+", -1)) {
                for (float value : cell("\"" + text + "\"", cell)) {
                    values.add(value);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return array(values);
    }
}
