package dev.namaskar.train.check;

import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.SequenceLoss;
import dev.namaskar.net.NetworkWeights;
import dev.namaskar.net.Pass;
import dev.namaskar.net.Sequences;
import dev.namaskar.net.layers.Frames;
import dev.namaskar.net.layers.State;
import dev.namaskar.net.layers.StateLayout;
import dev.namaskar.params.Slot;
import dev.namaskar.params.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Holds back-propagation to differences of the loss, on the float32 path that training uses, for all parameters,
 * input values and initial states of any network:
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
    private final NetworkWeights weights;
    private final Pass pass;
    private final SequenceLoss loss;
    private final float[] params;
    private final float[] values;
    private final Sequences input;
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
        weights = at.network().weights(library);
        pass = new Pass(at.network(), weights, library.open()).withInputGradients();
        loss = new SequenceLoss(at.loss());
        params = at.params().values().clone();
        Sequences x = at.input();
        float[] given = x.values();
        values = given == null ? new float[0] : given.clone();
        input = given == null ? x : new Sequences(x.steps(), x.batch(), null, values, x.lengths());
        initial = at.initial().copy();
        end = at.network().zeroState(x.batch());
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
        loss.compute(out, at.targets(), stepWeight(out));
        float[] gradient = pass.backward();
        float[] byInput = values.length == 0
                ? values
                : Arrays.copyOf(
                        pass.inputGradient(),
                        input.steps() * input.batch() * at.network().spec().inputWidth());
        return new Gradients(
                Arrays.copyOf(gradient, params.length),
                byInput,
                pass.initialStateGradient().copy());
    }

    private Frames forward() {
        return pass.forward(input, initial, end, true, at.dropoutKey(), 0);
    }

    private double stepWeight(Frames out) {
        return at.reduction().weight(SequenceLoss.realSteps(out));
    }

    private double lossWithNewParams() {
        weights.load(params, false);
        return lossNow();
    }

    private double lossNow() {
        Frames out = forward();
        double weight = stepWeight(out);
        return weight * loss.compute(out, at.targets(), weight);
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
        for (Slot slot : at.network().params().slots()) {
            List<Integer> shape = slot.blocks() == 1
                    ? List.of(slot.rows(), slot.columns())
                    : List.of(slot.blocks(), slot.rows(), slot.columns());
            tensors.add(measure(
                    slot.name(), shape, this::lossWithNewParams, here, params, slot.offset(), analytic.params()));
        }
        weights.load(params, true);
        if (values.length > 0) {
            List<Integer> shape =
                    List.of(input.steps(), input.batch(), at.network().spec().inputWidth());
            tensors.add(measure("input", shape, this::lossNow, here, values, 0, analytic.input()));
        }
        for (StateLayout.Part part : initial.layout().parts()) {
            List<Integer> shape = List.of(input.batch(), part.width());
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
                tensors.stream().map(tensor -> tensor.judge(largest)).toList());
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
