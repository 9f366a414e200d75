package dev.namaskar.series.transform;

/** {@code z = (log y - mean) / deviation}, both of the window's logarithms; needs positive values. */
final class Log implements Transform {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public boolean isAffine() {
        return false;
    }

    @Override
    public Fitted fit(double[] values, int from, int to, int season) {
        double[] logs = new double[to - from];
        for (int i = from; i < to; i++) {
            logs[i - from] = log(values, i, name());
        }
        double mean = Moments.mean(logs, 0, logs.length);
        return new Fit(values, Affine.of(logs, mean, Moments.deviation(logs, mean, 0, logs.length)));
    }

    @Override
    public void check(double[] values, int from, int to, int season) {
        for (int i = from; i < to; i++) {
            log(values, i, name());
        }
    }

    /** The logarithm of a value, or an error that says whose domain it left. */
    static double log(double[] values, int index, String transform) {
        if (!(values[index] > 0)) {
            throw new OutOfDomainException(
                    index,
                    "transform " + transform + " needs positive values, found " + values[index],
                    "use transform difference or standard");
        }
        return Math.log(values[index]);
    }

    private record Fit(double[] values, Affine scaled) implements Fitted {
        @Override
        public double input(int index) {
            return target(values[index]);
        }

        @Override
        public double target(double y) {
            if (!(y > 0)) {
                throw new IllegalArgumentException(
                        "transform log needs positive values, found " + y + "; use transform difference or standard");
            }
            return scaled.target(Math.log(y));
        }

        @Override
        public double invert(double z) {
            return Math.exp(scaled.invert(z));
        }
    }
}
