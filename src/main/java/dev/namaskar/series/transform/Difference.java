package dev.namaskar.series.transform;

/**
 * Inputs {@code (y(t) - y(t-1)) / d}, target {@code (y - y(T)) / d}: differences, accumulated from the origin {@code T};
 * {@code d} is the root mean square of the window's differences.
 */
final class Difference implements Transform {
    @Override
    public String name() {
        return "difference";
    }

    @Override
    public int lead() {
        return 1;
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            double step = values[i] - values[i - 1];
            squares += step * step;
        }
        return new Fit(values, Affine.of(values, values[to - 1], Math.sqrt(squares / (to - from))));
    }

    private record Fit(double[] values, Affine fromOrigin) implements Fitted {
        @Override
        public double input(int index) {
            return (values[index] - values[index - 1]) / fromOrigin.scale();
        }

        @Override
        public double target(double y) {
            return fromOrigin.target(y);
        }

        @Override
        public double invert(double z) {
            return fromOrigin.invert(z);
        }
    }
}
