package dev.namaskar.params;

/**
 * Each block a random orthogonal matrix times a scale (Saxe, McClelland and Ganguli 2014): {@code W W' = scale^2 I} if
 * it is no taller than wide, else {@code W' W = scale^2 I}.
 *
 * <p>A matrix of normal numbers is factored {@code A = R Q} with a positive diagonal of R, which makes Q uniform over
 * all orthogonal matrices (Mezzadri 2007). Gram and Schmidt's procedure gives just that sign, and run twice on each
 * row it is orthogonal to the last bit ("twice is enough", Kahan and Parlett).
 *
 * @param scale what every singular value becomes
 */
public record Orthogonal(double scale) implements Initializer {
    private static final double DEPENDENT = 1e-6;

    @Override
    public void fill(float[] values, Slot slot, SplitMix64 random) {
        boolean tall = slot.rows() > slot.columns();
        int count = tall ? slot.columns() : slot.rows();
        int length = tall ? slot.rows() : slot.columns();
        for (int block = 0; block < slot.blocks(); block++) {
            double[][] basis = orthonormalRows(count, length, random);
            for (int i = 0; i < slot.rows(); i++) {
                for (int j = 0; j < slot.columns(); j++) {
                    double entry = tall ? basis[j][i] : basis[i][j];
                    values[slot.block(block) + i * slot.columns() + j] = (float) (scale * entry);
                }
            }
        }
    }

    @Override
    public String spec() {
        return scale == 1 ? "orthogonal" : new Call("orthogonal", scale).toString();
    }

    private static double[][] orthonormalRows(int count, int length, SplitMix64 random) {
        double[][] rows = new double[count][length];
        for (int i = 0; i < count; ) {
            for (int j = 0; j < length; j++) {
                rows[i][j] = random.nextGaussian();
            }
            double before = Math.sqrt(dot(rows[i], rows[i]));
            removeEarlier(rows, i);
            double first = Math.sqrt(dot(rows[i], rows[i]));
            removeEarlier(rows, i);
            double norm = Math.sqrt(dot(rows[i], rows[i]));
            // A row that nearly lies in the span of the others is drawn again; it would keep only rounding errors.
            if (first > DEPENDENT * before && norm > 0) {
                for (int j = 0; j < length; j++) {
                    rows[i][j] /= norm;
                }
                i++;
            }
        }
        return rows;
    }

    private static void removeEarlier(double[][] rows, int i) {
        double[] row = rows[i];
        for (int earlier = 0; earlier < i; earlier++) {
            double along = dot(row, rows[earlier]);
            double[] other = rows[earlier];
            for (int j = 0; j < row.length; j++) {
                row[j] -= along * other[j];
            }
        }
    }

    // Four sums side by side: one alone would wait for each addition.
    private static double dot(double[] x, double[] y) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }
}
