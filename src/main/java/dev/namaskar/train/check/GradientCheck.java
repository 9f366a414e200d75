package dev.namaskar.train.check;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.Reduction;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.SharedWeights;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.train.TrainingPass;
import dev.namaskar.train.batch.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Holds back-propagation to differences of the loss, on the float32 path that training uses, for all parameters,
 * input values and initial states of any model and any objective:
 *
 * <pre>{@code
 * error = |analytic - numeric| / max(|analytic|, |numeric|, tensor's largest entry / 10, all tensors' largest / 100)
 * }</pre>
 *
 * <p>The floors are there because rounding in float32 leaves every entry an error of about the same absolute size: an
 * entry far below its neighbours has no correct digits, whoever computes it. Right code stays below
 * {@link #TOLERANCE}; a wrong sign or a missing term shows an error near 1. The loss is summed in double. Numeric
 * derivatives extrapolate central differences over a range of steps (see {@code NumericDerivative}); an entry
 * that does not agree where they do not settle, as beside a kink of ReLU or of the absolute error, counts as unresolved.
 */
public final class GradientCheck {
    /** What the relative error of right code stays below. */
    public static final double TOLERANCE = 1e-3;

    private final GradientCase at;
    private final GemmLibrary library;
    private final int sample;
    private final SharedWeights weights;
    private final TrainingPass pass;
    private final float[] params;
    private final Batch batch;
    private final State initial;
    private final State end;

    /**
     * A check at this point.
     *
     * @param library whose products to use
     * @param sample how many entries of each tensor to look at, drawn at random where there are more
     */
    public GradientCheck(GradientCase at, GemmLibrary library, int sample) {
        if (sample < 1) {
            throw new IllegalArgumentException("expected a sample of at least 1 entry a tensor, found " + sample);
        }
        this.at = at;
        this.library = library;
        this.sample = sample;
        weights = at.model().weights(library.open());
        pass = at.model().pass(weights, library.open());
        pass.wantInputGradients();
        params = at.params().values().clone();
        batch = new Batch(at.batch().shape(), at.batch().rows());
        at.batch().copyRows(0, batch);
        initial = at.initial().copy();
        end = new State(at.model().state(), batch.rows());
    }

    /** A check of every entry, with the fastest library. */
    public GradientCheck(GradientCase at) {
        this(at, GemmLibrary.best(), Integer.MAX_VALUE);
    }

    /** Compares back-propagation's gradients with numeric ones. */
    public GradientReport run() {
        return compare(backPropagated());
    }

    /** The gradients that back-propagation gives. */
    public Gradients backPropagated() {
        weights.load(params, true);
        Frames out = forward();
        at.objective().compute(out, batch, targetWeight());
        float[] gradient = pass.backward();
        return new Gradients(
                Arrays.copyOf(gradient, params.length),
                cut(pass.inputGradient(), batch.steps(), batch),
                batch.shape().source() == null
                        ? new float[0]
                        : cut(pass.sourceGradient(), batch.source().steps(), batch.source()),
                pass.initialStateGradient().copy());
    }

    /** A copy of a gradient of values, which may stand in a larger array. */
    private static float[] cut(float[] gradient, int steps, Batch of) {
        return gradient.length == 0
                ? gradient
                : Arrays.copyOf(gradient, steps * of.rows() * of.shape().input().width());
    }

    private Frames forward() {
        return pass.forward(batch, initial, end, true, at.dropoutKey(), 0);
    }

    private double targetWeight() {
        double counted = at.objective().count(batch);
        return at.reduction() == Reduction.SUM || counted == 0 ? 1 : 1 / counted;
    }

    private double lossWithNewParams() {
        weights.load(params, false);
        return lossNow();
    }

    private double lossNow() {
        double weight = targetWeight();
        return weight * at.objective().compute(forward(), batch, weight);
    }

    /**
     * Compares the given gradients with numeric ones.
     *
     * @throws IllegalArgumentException if the loss at the point itself is not finite
     */
    public GradientReport compare(Gradients analytic) {
        double here = lossWithNewParams();
        if (!Double.isFinite(here)) {
            throw new IllegalArgumentException(
                    "expected a finite loss where gradients are checked, found " + here + "; use smaller values");
        }
        List<TensorComparison> tensors = new ArrayList<>();
        for (Slot slot : at.model().params().slots()) {
            List<Integer> shape = slot.blocks() == 1
                    ? List.of(slot.rows(), slot.columns())
                    : List.of(slot.blocks(), slot.rows(), slot.columns());
            tensors.add(measure(
                    slot.name(), shape, this::lossWithNewParams, here, params, slot.offset(), analytic.params()));
        }
        weights.load(params, true);
        if (analytic.input().length > 0) {
            tensors.add(measure("input", shape(batch), this::lossNow, here, batch.values, 0, analytic.input()));
        }
        if (analytic.source().length > 0) {
            Batch source = batch.source();
            tensors.add(measure("source", shape(source), this::lossNow, here, source.values, 0, analytic.source()));
        }
        for (StateLayout.Part part : initial.layout().parts()) {
            List<Integer> shape = List.of(batch.rows(), part.width());
            tensors.add(measure(
                    "initial " + part.name(),
                    shape,
                    this::lossNow,
                    here,
                    initial.values(),
                    initial.at(part),
                    analytic.initial().values()));
        }
        double largest =
                tensors.stream().mapToDouble(TensorComparison::largest).max().orElse(0);
        return new GradientReport(
                tensors.stream().map(tensor -> tensor.compare(largest)).toList());
    }

    private static List<Integer> shape(Batch batch) {
        return List.of(batch.steps(), batch.rows(), batch.shape().input().width());
    }

    private TensorComparison measure(
            String name, List<Integer> shape, DoubleSupplier f, double here, float[] x, int offset, float[] analytic) {
        int size = shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        TensorComparison tensor = new TensorComparison(name, shape);
        NumericDerivative derivative = new NumericDerivative();
        for (int entry : entries(size, name)) {
            derivative.compute(f, here, x, offset + entry);
            tensor.add(entry, analytic[offset + entry], derivative);
        }
        return tensor;
    }

    /** All entries, or a sample without repetition that depends on the tensor's name alone. */
    private int[] entries(int size, String name) {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            all[i] = i;
        }
        if (sample >= size) {
            return all;
        }
        SplitMix64 random = new SplitMix64(name.hashCode());
        for (int i = 0; i < sample; i++) {
            int j = i + random.nextInt(size - i);
            int swap = all[i];
            all[i] = all[j];
            all[j] = swap;
        }
        return Arrays.copyOf(all, sample);
    }

    /** The library whose products are used. */
    public GemmLibrary library() {
        return library;
    }
}
