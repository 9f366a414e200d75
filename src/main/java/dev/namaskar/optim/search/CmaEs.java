package dev.namaskar.optim.search;

import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Evolution by a normal distribution that learns its covariance (Hansen, The CMA Evolution Strategy: A Tutorial, 2016):
 * points are {@code x = m + sigma B D z}, {@code C = B D^2 B'}; the mean moves to the weighted mean of the better half,
 * two paths of its moves lengthen or shorten sigma and stretch C along them.
 *
 * <p>With more than {@value #MOST_FULL} numbers C is kept diagonal, which costs n instead of n^2 and learns
 * {@code (n + 2) / 3} times as fast (Ros and Hansen 2008).
 */
public final class CmaEs implements SearchStrategy {
    private static final int MOST_FULL = 200;

    private final int n;
    private final boolean diagonal;
    private final int population;
    private final double[] weights;
    private final double effective;
    private final double pathLearning;
    private final double sigmaLearning;
    private final double damping;
    private final double rankOne;
    private final double rankMany;
    private final double expectedLength;

    private final double[] mean;
    private double sigma;
    private final double[] path;
    private final double[] sigmaPath;
    private final double[][] covariance;
    private double[][] axes;
    private final double[] lengths;
    private double[][] moves = new double[0][];
    private int generation;
    private int decomposed;
    private boolean stalled;

    /** With the tutorial's number of points, {@code 4 + 3 ln n}. */
    public CmaEs(float[] start, double spread) {
        this(start, spread, 4 + (int) (3 * Math.log(start.length)));
    }

    /**
     * A distribution about a point.
     *
     * @param start m, of n numbers
     * @param spread sigma, above 0: about a third of how far away the best may lie
     * @param population points in a generation, 4 or more
     */
    public CmaEs(float[] start, double spread, int population) {
        Settings.require(start.length >= 1, "start", "of 1 or more numbers", start.length);
        Settings.require(spread > 0 && Double.isFinite(spread), "spread", "above 0", spread);
        Settings.require(population >= 4, "population", "4 or more", population);
        n = start.length;
        diagonal = n > MOST_FULL;
        this.population = population;
        weights = new double[population / 2];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.log((population + 1) / 2.0) - Math.log(k + 1);
        }
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, k -> weights[k] / sum);
        effective = 1 / Arrays.stream(weights).map(w -> w * w).sum();
        pathLearning = (4 + effective / n) / (n + 4 + 2 * effective / n);
        sigmaLearning = (effective + 2) / (n + effective + 5);
        damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + sigmaLearning;
        double faster = diagonal ? (n + 2) / 3.0 : 1;
        double one = 2 / ((n + 1.3) * (n + 1.3) + effective);
        double many = 2 * (effective - 2 + 1 / effective) / ((n + 2.0) * (n + 2) + effective);
        rankOne = Math.min(0.5, faster * one);
        rankMany = Math.min(1 - rankOne, faster * many);
        expectedLength = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));

        mean = new double[n];
        Arrays.setAll(mean, i -> start[i]);
        sigma = spread;
        path = new double[n];
        sigmaPath = new double[n];
        int columns = diagonal ? 1 : n;
        covariance = new double[n][columns];
        axes = new double[n][columns];
        for (int i = 0; i < n; i++) {
            covariance[i][diagonal ? 0 : i] = 1;
            axes[i][diagonal ? 0 : i] = 1;
        }
        lengths = new double[n];
        Arrays.fill(lengths, 1);
    }

    @Override
    public float[][] ask(SplitMix64 random) {
        decompose();
        float[][] points = new float[population][n];
        moves = new double[population][];
        for (int k = 0; k < population; k++) {
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                z[i] = lengths[i] * random.nextGaussian();
            }
            moves[k] = turned(z);
            for (int i = 0; i < n; i++) {
                points[k][i] = (float) (mean[i] + sigma * moves[k][i]);
            }
        }
        return points;
    }

    @Override
    public void tell(double[] losses) {
        Integer[] order = new Integer[population];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, Comparator.comparingDouble(k -> losses[k]));
        double[] move = new double[n];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < n; i++) {
                move[i] += weights[k] * moves[order[k]][i];
            }
        }
        generation++;
        for (int i = 0; i < n; i++) {
            mean[i] += sigma * move[i];
        }
        lengthenPaths(move);
        learn(order);
        sigma *= StrictMath.exp(Math.min(1, sigmaLearning / damping * (length(sigmaPath) / expectedLength - 1)));
    }

    private void lengthenPaths(double[] move) {
        double[] white = whitened(move);
        double gain = Math.sqrt(sigmaLearning * (2 - sigmaLearning) * effective);
        for (int i = 0; i < n; i++) {
            sigmaPath[i] = (1 - sigmaLearning) * sigmaPath[i] + gain * white[i];
        }
        double bias = Math.sqrt(1 - StrictMath.pow(1 - sigmaLearning, 2.0 * generation));
        // A path that is too long says that sigma is too short: C waits until sigma has caught up.
        stalled = length(sigmaPath) / bias >= (1.4 + 2 / (n + 1.0)) * expectedLength;
        double along = stalled ? 0 : Math.sqrt(pathLearning * (2 - pathLearning) * effective);
        for (int i = 0; i < n; i++) {
            path[i] = (1 - pathLearning) * path[i] + along * move[i];
        }
    }

    private void learn(Integer[] order) {
        double kept = 1 - rankOne - rankMany + (stalled ? rankOne * pathLearning * (2 - pathLearning) : 0);
        for (int i = 0; i < n; i++) {
            for (int j = diagonal ? i : 0; j <= i; j++) {
                double outer = rankOne * path[i] * path[j];
                for (int k = 0; k < weights.length; k++) {
                    double[] each = moves[order[k]];
                    outer += rankMany * weights[k] * each[i] * each[j];
                }
                int column = diagonal ? 0 : j;
                covariance[i][column] = kept * covariance[i][column] + outer;
                if (!diagonal) {
                    covariance[j][i] = covariance[i][j];
                }
            }
        }
    }

    /** Axes and lengths of C anew, as seldom as its learning allows. */
    private void decompose() {
        if (diagonal) {
            Arrays.setAll(lengths, i -> Math.sqrt(covariance[i][0]));
            return;
        }
        if (generation == 0 || generation - decomposed < 0.1 / ((rankOne + rankMany) * n)) {
            return;
        }
        decomposed = generation;
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        axes = eigen.getV().getData();
        double[] squares = eigen.getRealEigenvalues();
        Arrays.setAll(lengths, i -> Math.sqrt(Math.max(squares[i], 1e-30)));
    }

    /** {@code B z}. */
    private double[] turned(double[] z) {
        if (diagonal) {
            return z;
        }
        double[] turned = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                turned[i] += axes[i][j] * z[j];
            }
        }
        return turned;
    }

    /** {@code C^(-1/2) y = B D^-1 B' y}. */
    private double[] whitened(double[] y) {
        double[] along = diagonal ? y.clone() : new double[n];
        if (!diagonal) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    along[j] += axes[i][j] * y[i];
                }
            }
        }
        for (int j = 0; j < n; j++) {
            along[j] /= lengths[j];
        }
        return turned(along);
    }

    private static double length(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
    }
}
