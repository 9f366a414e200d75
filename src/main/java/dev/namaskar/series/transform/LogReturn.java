package dev.namaskar.series.transform;

/**
 * Inputs {@code log(y(t) / y(t-1)) / d}, target {@code log(y / y(T)) / d}: log returns, accumulated from the origin
 * {@code T}; {@code d} is the root mean square of the window's returns. Needs positive values.
 */
final class LogReturn implements Transform {
    @Override
    public String name() {
        return "logreturn";
    }

    @Override
    public int lead() {
        return 1;
    }

    @Override
    public boolean isAffine() {
        return false;
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double[] returns = new double[to - from];
        double before = Log.log(values, from - 1, name());
        double squares = 0;
        for (int i = from; i < to; i++) {
            double now = Log.log(values, i, name());
            returns[i - from] = now - before;
            squares += returns[i - from] * returns[i - from];
            before = now;
        }
        return new Fit(returns, from, Affine.of(returns, before, Math.sqrt(squares / returns.length)));
    }

    @Override
    public void check(double[] values, int from, int to, int season) {
        for (int i = from; i < to; i++) {
            Log.log(values, i, name());
        }
    }

    private record Fit(double[] returns, int from, Affine fromOrigin) implements Fitted {
        @Override
        public double input(int index) {
            return returns[index - from] / fromOrigin.scale();
        }

        @Override
        public double target(double y) {
            if (!(y > 0)) {
                throw new IllegalArgumentException("transform logreturn needs positive values, found " + y
                        + "; use transform difference or standard");
            }
            return fromOrigin.target(Math.log(y));
        }

        @Override
        public double invert(double z) {
            return Math.exp(fromOrigin.invert(z));
        }
    }
}
