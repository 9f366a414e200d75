package dev.namaskar.series.transform;

/** The function that a transform begins with. */
public enum Curve {
    /** {@code f(y) = y}. */
    IDENTITY {
        @Override
        public double of(double y) {
            return y;
        }

        @Override
        public double inverse(double f) {
            return f;
        }
    },
    /** {@code f(y) = ln y}, for positive values. */
    LOG {
        @Override
        public double of(double y) {
            return Math.log(y);
        }

        @Override
        public double inverse(double f) {
            return Math.exp(f);
        }
    };

    /** The function's value. */
    public abstract double of(double y);

    /** The value whose function this is. */
    public abstract double inverse(double f);

    /** Whether a value has a place on the curve; one that is missing has. */
    boolean takes(double y) {
        return this == IDENTITY || !(y <= 0);
    }
}
