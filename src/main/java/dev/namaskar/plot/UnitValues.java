package dev.namaskar.plot;

import dev.namaskar.text.Trace;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What the values of units are drawn as, and which and in which order. */
final class UnitValues {
    private UnitValues() {}

    /** Values from -1 to 1: states as they are, carries through tanh as the cell lets them out. */
    static float[][] squashed(Trace trace, String part) {
        float[][] values = trace.units().get(part);
        if (values == null) {
            throw new IllegalArgumentException(
                    "expected units of " + trace.units().keySet() + ", found \"" + part + "\"");
        }
        if (!part.startsWith("c_")) {
            return values;
        }
        float[][] squashed = new float[values.length][values[0].length];
        for (int t = 0; t < values.length; t++) {
            for (int u = 0; u < values[t].length; u++) {
                squashed[t][u] = (float) Math.tanh(values[t][u]);
            }
        }
        return squashed;
    }

    /** Values from -1 to 1 as signed bytes, {@code [T, units]}. */
    static byte[] bytes(float[][] values) {
        int width = values[0].length;
        byte[] bytes = new byte[values.length * width];
        for (int t = 0; t < values.length; t++) {
            for (int u = 0; u < width; u++) {
                bytes[t * width + u] = (byte) Math.round(127 * values[t][u]);
            }
        }
        return bytes;
    }

    /** The units whose values over the first steps have the largest variance, by the step at which each is largest. */
    static int[] mostVarying(float[][] values, int steps, int most) {
        return IntStream.range(0, values[0].length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer u) -> -variance(values, steps, u)))
                .limit(most)
                .sorted(Comparator.comparingInt((Integer u) -> peak(values, steps, u))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static double variance(float[][] values, int steps, int unit) {
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < steps; t++) {
            sum += values[t][unit];
            squares += (double) values[t][unit] * values[t][unit];
        }
        double mean = sum / steps;
        return squares / steps - mean * mean;
    }

    private static int peak(float[][] values, int steps, int unit) {
        int best = 0;
        for (int t = 1; t < steps; t++) {
            best = values[t][unit] > values[best][unit] ? t : best;
        }
        return best;
    }
}
