package dev.namaskar.plot;

import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.ml.distance.DistanceMeasure;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.ml.neuralnet.FeatureInitializer;
import org.apache.commons.math3.ml.neuralnet.MapUtils;
import org.apache.commons.math3.ml.neuralnet.Neuron;
import org.apache.commons.math3.ml.neuralnet.SquareNeighbourhood;
import org.apache.commons.math3.ml.neuralnet.sofm.KohonenTrainingTask;
import org.apache.commons.math3.ml.neuralnet.sofm.KohonenUpdateAction;
import org.apache.commons.math3.ml.neuralnet.sofm.LearningFactorFunctionFactory;
import org.apache.commons.math3.ml.neuralnet.sofm.NeighbourhoodSizeFunctionFactory;
import org.apache.commons.math3.ml.neuralnet.twod.NeuronSquareMesh2D;
import org.apache.commons.math3.ml.neuralnet.twod.util.UnifiedDistanceMatrix;

/**
 * Kohonen's self-organising map (1982) of vectors, a square of cells, each with a vector of its own: the cell that is
 * nearest to a vector moves towards it, and with it those around, fewer and fewer. Neighbouring cells end alike. The
 * arithmetic is that of Commons Math; the same vectors and seed give the same map.
 */
public final class SelfOrganizingMap {
    /** How often every vector is shown, at the least; few are shown more often. */
    private static final int EPOCHS = 20;

    private static final int LEAST_SHOWN = 10_000;
    private static final DistanceMeasure DISTANCE = new EuclideanDistance();

    private final int side;
    private final int[] cells;
    private final double[][] heights;
    private final double quantizationError;
    private final double topographicError;

    /**
     * Learns the map of these vectors.
     *
     * @param vectors one or more, of the same length
     * @param side cells along each side, 2 or more
     */
    public SelfOrganizingMap(float[][] vectors, int side, long seed) {
        Settings.require(vectors.length >= 1, "vectors", "1 or more", vectors.length);
        Settings.require(side >= 2, "side", "2 or more cells", side);
        this.side = side;
        List<double[]> data = Arrays.stream(vectors)
                .map(vector -> IntStream.range(0, vector.length)
                        .mapToDouble(i -> vector[i])
                        .toArray())
                .toList();
        SplitMix64 random = new SplitMix64(seed);
        // each cell begins at a vector; a cell asks for its numbers one after the other
        FeatureInitializer[] begin = new FeatureInitializer[vectors[0].length];
        int[] drawn = new int[1];
        for (int i = 0; i < begin.length; i++) {
            int at = i;
            begin[i] = () -> {
                drawn[0] = at == 0 ? random.nextInt(data.size()) : drawn[0];
                return data.get(drawn[0])[at];
            };
        }
        NeuronSquareMesh2D mesh = new NeuronSquareMesh2D(side, false, side, false, SquareNeighbourhood.MOORE, begin);
        long shown = Math.max(LEAST_SHOWN, (long) EPOCHS * data.size());
        KohonenUpdateAction update = new KohonenUpdateAction(
                DISTANCE,
                LearningFactorFunctionFactory.exponentialDecay(0.5, 0.02, shown),
                NeighbourhoodSizeFunctionFactory.exponentialDecay(Math.max(2, side / 2.0), 1, shown));
        Iterator<double[]> order = LongStream.range(0, shown)
                .mapToObj(i -> data.get(random.nextInt(data.size())))
                .iterator();
        new KohonenTrainingTask(mesh.getNetwork(), order, update).run();

        Map<Neuron, Integer> places = new HashMap<>();
        for (int i = 0; i < side * side; i++) {
            places.put(mesh.getNeuron(i / side, i % side), i);
        }
        cells = data.stream()
                .mapToInt(vector -> places.get(MapUtils.findBest(vector, mesh, DISTANCE)))
                .toArray();
        heights = new UnifiedDistanceMatrix(false, DISTANCE).computeImage(mesh);
        quantizationError = MapUtils.computeQuantizationError(data, mesh, DISTANCE);
        topographicError = MapUtils.computeTopographicError(data, mesh.getNetwork(), DISTANCE);
    }

    /** Cells along each side, by the rule of thumb of Vesanto and Alhoniemi (2000): five times the root of the vectors in all. */
    public static int usualSide(int vectors) {
        return (int) Math.max(3, Math.min(14, Math.round(Math.sqrt(5 * Math.sqrt(vectors)))));
    }

    /** Cells along each side. */
    public int side() {
        return side;
    }

    /** The cell in which each vector lands, {@code row * side + column}. */
    public int[] cells() {
        return cells.clone();
    }

    /** Mean distance of a cell's vector from those of its neighbours (the U-matrix of Ultsch and Siemon 1990). */
    public double height(int cell) {
        return heights[cell / side][cell % side];
    }

    /** Mean distance of a vector from that of its cell. */
    public double quantizationError() {
        return quantizationError;
    }

    /** The part of the vectors whose nearest and second nearest cells are no neighbours. */
    public double topographicError() {
        return topographicError;
    }
}
